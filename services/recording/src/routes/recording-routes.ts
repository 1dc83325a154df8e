import { parseSpanText } from '@ledger/calendar';
import { isRecordContent } from '@ledger/domain';
import { activityContentTypes, eventDefinitions, eventTypes, jsonSchemaOf } from '@ledger/events';
import { route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import type { Recording } from '../application/recording';
import { matcherOf } from '../application/reference';
import { periodCommands } from './period-commands';
import { importRoutes } from './import-routes';
import { recordCommands } from './record-commands';
import { referenceCommands } from './reference-commands';

const eventTypesRoute = route({
  method: 'get',
  path: '/api/event-types',
  operationId: 'eventTypes',
  summary: 'Every event type with its meaning and the JSON Schema of its data',
  tag: 'recording',
  permission: 'reference:read',
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

/** Bodies by the beginning of their names, while somebody types. */
function suggestions(recording: () => Recording): Route {
  return route({
    method: 'get',
    path: '/api/bodies/suggest',
    operationId: 'suggestBodies',
    summary: 'Bodies whose names begin with what was typed, on a day',
    tag: 'recording',
    permission: 'reference:read',
    query: z.strictObject({
      text: z.string().min(1).max(200),
      when: z
        .string()
        .max(100)
        .optional()
        .describe('A day or span as people write it; today where it is none.'),
    }),
    answers: 'At most ten bodies.',
    handle: async ({ query, response }) => {
      const { parts } = recording();
      const { register } = await parts.reference();
      const span = parseSpanText(query.when ?? '');
      const day = 'problem' in span ? parts.today() : span.to;
      sendJson(response, { bodies: matcherOf(register).suggest(query.text, day, 10) });
    },
  });
}

/** Commands over HTTP, and what they can record. */
export function recordingRoutes(recording: () => Recording): readonly Route[] {
  return [
    ...recordCommands(recording),
    ...referenceCommands(recording),
    ...periodCommands(recording),
    ...importRoutes(recording),
    suggestions(recording),
    eventTypesRoute,
  ];
}
