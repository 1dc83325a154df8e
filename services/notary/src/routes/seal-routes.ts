import { ProblemError, route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import type { SealParts } from '../parts';

const tag = 'seals';
const OneCheckpoint = z.strictObject({
  number: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the number of a checkpoint')
    .describe('From 1, in the order in which they were made.'),
});

/** Seals: how they stand, making one, and changing the key. */
export function sealRoutes(parts: () => SealParts): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/seals',
      operationId: 'seals',
      summary: 'How the seals stand: public key, newest checkpoints, and what is not sealed yet',
      tag,
      permission: 'reference:read',
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).optional() }),
      answers: 'The public key, how many events are sealed and not yet sealed, and the newest checkpoints.',
      handle: async ({ query, response }) => sendJson(response, await parts().notary.standing(query.limit)),
    }),
    route({
      method: 'get',
      path: '/api/seals/{number}',
      operationId: 'seal',
      summary: 'A checkpoint as it was signed: a C2SP signed note, to be kept elsewhere',
      tag,
      permission: 'reference:read',
      params: OneCheckpoint,
      answers: 'The signed note, as text.',
      handle: ({ params, response }) => {
        const found = parts().notary.checkpoint(Number(params.number));
        if (found === undefined)
          throw new ProblemError(404, 'UNKNOWN_CHECKPOINT', `There is no checkpoint ${params.number}.`);
        response
          .type('text/plain; charset=utf-8')
          .setHeader('Content-Disposition', `attachment; filename="checkpoint-${params.number}.txt"`);
        response.send(found.note);
      },
    }),
    route({
      method: 'post',
      path: '/api/seals',
      operationId: 'makeSeal',
      summary: 'Seal everything that is recorded until now',
      tag,
      permission: 'seals:make',
      body: z.strictObject({}),
      answers: 'The checkpoint.',
      handle: async ({ response }) => sendJson(response, await parts().notary.seal(), 201),
    }),
    route({
      method: 'post',
      path: '/api/seal-keys',
      operationId: 'changeSealKey',
      summary: 'Make a new key to seal with; the former one vouches for it, and the log says so',
      tag,
      permission: 'seals:change-key',
      body: z.strictObject({}),
      answers: 'How the seals stand under the new key.',
      handle: async ({ actor, response }) => {
        const { notary } = parts();
        await notary.changeKey(actor.id);
        sendJson(response, await notary.standing(), 201);
      },
    }),
  ];
}
