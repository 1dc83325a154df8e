import { eventDefinitions, eventTypes, type EventType } from '@ledger/events';
import { contentType, headers, specversion, watermarkType } from '../ledger-topic/headers';
import { message, storedBody, watermarkBody, watermarkMessage, type Json } from './messages';

/** The name under which the topic stands in the document; its own name is a setting. */
const channel = 'ledger';

/** All that other programs need to know to read a ledger's topic, as an AsyncAPI document. */
export function asyncApiDocument(): Json {
  const names = [...eventTypes, watermarkType];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'The topic of a ledger',
      version: '1',
      description: [
        'Every event of a ledger, in the order of its log, for whoever reads along.',
        `An event is a CloudEvent in binary mode: its value is the stored body, byte for byte, and ${headers.position}, ${headers.cursor} and ${headers.revision} say where it stands.`,
        'A partition holds streams whole and in order: murmur2 of the key, its highest bit left out, modulo the number of partitions.',
        'A record may come again, with the same position; in a partition, what comes for the first time comes in the order of positions.',
        `A ${watermarkType} is in every partition and speaks of all of them: every event up to its position is in the topic.`,
      ].join(' '),
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: contentType,
    channels: {
      [channel]: {
        address: 'ledger',
        title: 'The topic, as LEDGER_KAFKA_TOPIC names it',
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: {
          kafka: {
            topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 },
            bindingVersion: '0.5.0',
          },
        },
      },
    },
    operations: {
      publish: {
        action: 'send',
        channel: { $ref: `#/channels/${channel}` },
        summary: 'The publisher gives on what the log holds',
      },
    },
    components: {
      messages: {
        ...Object.fromEntries(eventTypes.map((type) => [type, eventMessage(type)])),
        [watermarkType]: watermarkMessage(),
      },
      schemas: { StoredBody: storedBody, Watermark: watermarkBody },
    },
  };
}

function eventMessage(type: EventType): Json {
  const { meaning, version, streams } = eventDefinitions[type];
  return message(type, {
    summary: meaning,
    headers: {
      type: 'object',
      required: Object.values(headers),
      properties: {
        [headers.specversion]: { const: specversion },
        [headers.type]: { const: type },
        [headers.contentType]: { const: contentType },
        [headers.id]: { type: 'string', description: 'The id of the event' },
        [headers.source]: { type: 'string', description: 'The ledger: urn:uuid: and its id' },
        [headers.subject]: { type: 'string', description: 'The stream, as the key' },
        [headers.time]: { type: 'string', description: 'When it was recorded, UTC' },
        [headers.position]: digits('Place in the whole log, from 1 without gaps'),
        [headers.cursor]: { type: 'string', description: 'The log’s own address of it' },
        [headers.revision]: digits('Place in its stream, from 0 without gaps'),
      },
    },
    key: {
      type: 'string',
      description: `The stream: ${streams.map((kind) => (kind === 'ledger' ? kind : `${kind}-…`)).join(', ')}`,
    },
    payload: {
      allOf: [
        { $ref: '#/components/schemas/StoredBody' },
        {
          properties: { type: { const: type } },
          oneOf: Array.from({ length: version }, (_, before) => ({
            properties: {
              schemaVersion: { const: before + 1 },
              data: { $ref: `../events/schemas/${type}.v${before + 1}.json` },
            },
          })),
        },
      ],
    },
  });
}

function digits(description: string): Json {
  return { type: 'string', pattern: '^[0-9]{1,18}$', description };
}
