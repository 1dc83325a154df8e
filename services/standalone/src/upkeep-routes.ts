import { DamagedBodyError, decodeStoredBody } from '@ledger/events';
import type { RecordedEvent } from '@ledger/event-log';
import { route, sendJson, type Route } from '@ledger/http';
import { checkSeals } from '@ledger/notary';
import { checkReadModels } from '@ledger/projections';
import { z } from 'zod';
import type { RecordingLedger } from './served-ledger';

/** A stored event as it is given out: one whose body is damaged with its bytes, so that no event is missing. */
function exported({ position, revision, stream, bytes }: RecordedEvent): { readonly position: string } {
  const place = { position: String(position), revision: String(revision) };
  try {
    return { ...place, ...decodeStoredBody(bytes) };
  } catch (error) {
    if (!(error instanceof DamagedBodyError)) throw error;
    const damaged = { stream, damaged: Buffer.from(bytes).toString('base64') };
    return { ...place, ...damaged };
  }
}

/** What keeping a ledger needs: reading its events whole, and checking that everything agrees. */
export function upkeepRoutes(open: () => RecordingLedger): readonly Route[] {
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
        const events = page.map(exported);
        sendJson(response, { events, next: events.at(-1)?.position ?? null });
      },
    }),
    route({
      method: 'get',
      permission: 'ledger:check',
      path: '/api/check',
      operationId: 'check',
      summary:
        'Reads the whole log, counts every line anew and compares with the read models, and holds it against its seals',
      tag: 'upkeep',
      answers: 'What was read and compared, and what was found.',
      handle: async ({ response }) => {
        const { log, models, notary } = open();
        const read = await models.reading((stores) => checkReadModels(log, stores));
        const { findings, ...seals } = await checkSeals(log, notary);
        sendJson(response, { ...read, findings: [...read.findings, ...findings], seals });
      },
    }),
  ];
}
