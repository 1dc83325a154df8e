import { route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { keepToRetention, retentionDue } from '../application/retention';
import type { PeopleParts } from '../parts';
import { parsedBody } from './parsed-request';

const tag = 'people';

/** Retention periods, and the audit file. */
export function retentionRoutes(parts: () => PeopleParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/retention',
      operationId: 'retentionDue',
      summary: 'The retention periods, and what has passed them',
      tag,
      permission: 'people:erase',
      answers: 'Periods in years, and the ids of people and notes.',
      handle: async ({ response }) => sendJson(response, await retentionDue(parts())),
    }),
    route({
      method: 'post',
      path: '/api/retention',
      operationId: 'keepToRetention',
      summary: 'Take away what has passed its retention period',
      tag,
      permission: 'people:erase',
      body: z.unknown(),
      answers: 'What was taken away.',
      handle: async ({ body, actor, response }) => {
        parsedBody(z.strictObject({}), body);
        sendJson(response, await keepToRetention(parts(), actor.id));
      },
    }),
    route({
      method: 'get',
      path: '/api/audit',
      operationId: 'audit',
      summary: 'The audit file, from the newest entry: reads of people, exports, sign-ins, what was denied',
      tag,
      permission: 'audit:read',
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(5000).optional() }),
      answers: 'The entries.',
      handle: async ({ query, actor, response }) => {
        const { audit } = parts();
        audit.add({ actor: actor.id, what: 'audit-read' });
        sendJson(response, { entries: await audit.newest(query.limit ?? 200) });
      },
    }),
  ];
}
