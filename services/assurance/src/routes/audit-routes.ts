import { askedAt, AsRecordedBy, route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import type { AssuranceParts } from '../parts';
import { Year } from './table-routes';
import { viewerOf } from './viewing';

/** What a sample is drawn by; the same again draws the same. */
export const SampleQuestion = z.strictObject({
  year: Year,
  top: z.coerce.number().int().min(0).max(100).default(6).describe('So many of the largest; 6.'),
  units: z.coerce
    .number()
    .int()
    .min(0)
    .max(200)
    .default(9)
    .describe('So many monetary units of the others; 9.'),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1)
    .describe('Decides where the first unit lies.'),
  asRecordedBy: AsRecordedBy,
});

/** What auditors ask: samples, and questions that nobody has answered. */
export function auditRoutes(parts: () => AssuranceParts): readonly Route[] {
  return [
    route({
      method: 'get',
      tag: 'assurance',
      permission: 'records:read',
      path: '/api/claim-sample',
      operationId: 'claimSample',
      summary: 'A sample of the claims delivered in a year: the largest, and others by monetary unit',
      query: SampleQuestion,
      answers: 'The claims drawn, the share of the value they cover, and the misstatement they project.',
      handle: async ({ query, actor, response }) => {
        const found = parts();
        const { asRecordedBy, ...design } = query;
        const at = askedAt(asRecordedBy, found.recording.parts.today());
        sendJson(response, await found.queries.claimSample({ ...design, viewer: viewerOf(actor), at }));
      },
    }),
    route({
      method: 'get',
      tag: 'assurance',
      permission: 'records:read',
      path: '/api/claim-queries',
      operationId: 'claimQueries',
      summary: 'Questions of finance that nobody has answered, those due first, with how long they are open',
      query: z.strictObject({ after: z.string().max(100).optional() }),
      answers: 'Each with its claim, the day it is due and by how many days it is past.',
      handle: async ({ query, actor, response }) => {
        const found = parts();
        if (query.after !== undefined) await found.whenApplied(query.after);
        const today = found.recording.parts.today();
        sendJson(response, await found.queries.openQueries({ viewer: viewerOf(actor), today }));
      },
    }),
  ];
}
