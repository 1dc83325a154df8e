import { isRecordContent } from '@ledger/domain';
import { activityContentTypes, eventDefinitions, eventTypes, jsonSchemaOf } from '@ledger/events';
import { route, sendJson, type Route } from '@ledger/http';
import type { Recording } from '../application/recording';
import { recordCommands } from './record-commands';
import { referenceCommands } from './reference-commands';

const eventTypesRoute = route({
  method: 'get',
  path: '/api/event-types',
  operationId: 'eventTypes',
  summary: 'Every event type with its meaning and the JSON Schema of its data',
  tag: 'recording',
  answers: 'The event types.',
  handle: ({ response }) =>
    sendJson(response, {
      eventTypes: eventTypes.map((type) => ({
        type,
        version: eventDefinitions[type].version,
        meaning: eventDefinitions[type].meaning,
        recordable: isRecordContent(type),
        activity: activityContentTypes.includes(type),
        schema: jsonSchemaOf(type),
      })),
    }),
});

/** Commands over HTTP, and what they can record. */
export function recordingRoutes(recording: () => Recording): readonly Route[] {
  return [...recordCommands(recording), ...referenceCommands(recording), eventTypesRoute];
}
