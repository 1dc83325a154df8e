import { contentType, headers, specversion, watermarkType } from '../ledger-topic/headers';

/** A part of a JSON document. */
export type Json = Readonly<Record<string, unknown>>;

/** Schemas are those of JSON Schema 2020-12, as the schemas of events are. */
const schemaFormat = 'application/schema+json;version=draft-2020-12';

const text = { type: 'string' } as const;
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

function object(required: Json, optional: Json = {}): Json {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

/** What every event says beside its data. */
export const storedBody: Json = object(
  {
    id: text,
    type: text,
    schemaVersion: { type: 'integer', minimum: 1 },
    stream: text,
    recordedAt: { type: 'string', description: 'UTC, fixed width: 2016-04-01T08:00:00.000Z' },
    actor: { type: 'string', description: 'A person’s random id' },
    command: object({ scope: text, key: text, hash: text }),
    correlationId: text,
    causationId: text,
    data: { type: 'object', description: 'What the event says, by its type and version' },
  },
  {
    import: object({ id: text, row: { type: 'integer', minimum: 0 } }),
    warnings: {
      type: 'array',
      items: object({ code: text, noteRef: object({ vault: text, sha256: hash }) }),
    },
    illustrative: { const: true, description: 'Present on what is invented, in a demonstration' },
  },
);

/** What a watermark says. */
export const watermarkBody: Json = object({
  position: { type: 'string', pattern: '^[0-9]{1,18}$' },
  cursor: { type: 'string', description: 'The log’s own address of the event at this position' },
  event: { type: 'string', description: 'The id of the event at this position' },
});

/** A message of the topic. */
export function message(
  name: string,
  {
    summary,
    headers,
    key,
    payload,
  }: { readonly summary: string; readonly headers: Json; readonly key: Json; readonly payload: Json },
): Json {
  return {
    name,
    title: name,
    summary,
    contentType,
    headers: { schemaFormat, schema: headers },
    payload: { schemaFormat, schema: payload },
    bindings: { kafka: { key, bindingVersion: '0.5.0' } },
  };
}

export function watermarkMessage(): Json {
  return message(watermarkType, {
    summary: 'Every event up to a position is in the topic, in whatever partition.',
    headers: object({
      [headers.specversion]: { const: specversion },
      [headers.type]: { const: watermarkType },
      [headers.contentType]: { const: contentType },
      [headers.id]: text,
      [headers.source]: text,
    }),
    key: { type: 'null' },
    payload: { $ref: '#/components/schemas/Watermark' },
  });
}
