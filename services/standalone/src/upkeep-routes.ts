import { decodeStoredBody } from '@ledger/events';
import { route, sendJson, type Route } from '@ledger/http';
import { checkReadModels } from '@ledger/projections';
import { z } from 'zod';
import type { OpenLedger } from './open-ledger';

/** What keeping a ledger needs: reading its events whole, and checking that everything agrees. */
export function upkeepRoutes(open: () => OpenLedger): readonly Route[] {
  return [
    route({
      method: 'get',
      permission: 'events:read',
      path: '/api/events',
      operationId: 'events',
      summary: 'The stored events, a page at a time, in the order of the log',
      tag: 'upkeep',
      query: z.strictObject({
        after: z
          .string()
          .regex(/^\d{1,15}$/, 'must be a position')
          .optional()
          .describe('Only events after this position.'),
        limit: z.coerce.number().int().min(1).max(2000).optional(),
      }),
      answers: 'Each event’s stored body with its position and revision.',
      handle: async ({ query, actor, response }) => {
        const { log, audit } = open();
        audit.add({ actor: actor.id, what: 'events-read', about: [query.after ?? '0'] });
        const page = await log.readPage({ after: BigInt(query.after ?? 0), limit: query.limit ?? 500 });
        const events = page.map(({ position, revision, bytes }) => ({
          position: String(position),
          revision: String(revision),
          ...decodeStoredBody(bytes),
        }));
        sendJson(response, { events, next: events.at(-1)?.position ?? null });
      },
    }),
    route({
      method: 'get',
      permission: 'ledger:check',
      path: '/api/check',
      operationId: 'check',
      summary: 'Reads the whole log, counts every line anew and compares with the read models',
      tag: 'upkeep',
      answers: 'What was read and compared, and what was found.',
      handle: async ({ response }) => {
        const { log, models } = open();
        sendJson(response, await checkReadModels(log, models.stores));
      },
    }),
  ];
}
