import { thingKinds } from '@ledger/domain';
import { Id, Slug } from '@ledger/events';
import { route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { asked, askedAt, Year, yearOf } from './parameters';
import { unknownRecord, withNotes } from './record-with-notes';
import { question, waited, type ReportingParts } from './reporting-parts';
import { viewerOf } from './viewer-of';

/** Records: a list by a stable cursor, and one with its history. */
export function recordRoutes(parts: () => ReportingParts): readonly Route[] {
  return [
    route({
      ...question,
      permission: 'records:read',
      path: '/api/records',
      operationId: 'records',
      summary: 'Records, from the newest; pages by a stable cursor',
      query: z.strictObject({
        kind: z.enum(thingKinds).optional(),
        search: z.string().max(200).optional(),
        offer: Slug.optional(),
        body: Id.optional(),
        year: Year.optional(),
        waiting: z
          .enum(['true', 'false'])
          .optional()
          .describe(
            'true: only those that wait for approval, asked of their programme before they were recorded.',
          ),
        limit: z.coerce.number().int().min(1).max(500).optional(),
        cursor: z.string().max(20).optional(),
        asRecordedBy: asked.asRecordedBy,
        after: asked.after,
      }),
      answers: 'A page of records and the cursor of the next.',
      handle: async ({ query, actor, response }) => {
        const { queries, today } = await waited(parts, query.after);
        const { after: _, asRecordedBy, year, waiting, ...rest } = query;
        const parameters = Object.fromEntries(
          Object.entries(rest).filter(([, value]) => value !== undefined),
        );
        sendJson(
          response,
          await queries.records({
            ...parameters,
            viewer: viewerOf(actor),
            ...(year !== undefined && { year: yearOf(year) }),
            ...(waiting === 'true' && { waiting: true }),
            at: askedAt(asRecordedBy, today()),
          }),
        );
      },
    }),
    route({
      ...question,
      permission: 'records:read',
      path: '/api/records/{kind}/{id}',
      operationId: 'readRecord',
      summary: 'One record: what it says and how it came to say it',
      params: z.strictObject({ kind: z.enum(thingKinds), id: Id }),
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy, after: asked.after }),
      answers: 'The record, its contents and its history; the ETag is its revision.',
      handle: async ({ params, query, actor, response }) => {
        const ready = await waited(parts, query.after);
        const at = askedAt(query.asRecordedBy, ready.today());
        const found = await ready.queries.record(params.kind, params.id, viewerOf(actor), at);
        if (found === undefined) throw unknownRecord(params.kind, params.id);
        response.setHeader('ETag', `"${found.revision}"`);
        sendJson(response, await withNotes(ready, actor, found));
      },
    }),
    route({
      ...question,
      permission: 'records:read',
      path: '/api/duplicates',
      operationId: 'duplicates',
      summary: 'Pairs of activities that may be one thing recorded twice; nothing is merged by itself',
      query: z.strictObject({
        days: z.coerce.number().int().min(0).max(366).optional().describe('At most so many days apart; 14.'),
        overlapPercent: z.coerce.number().int().min(1).max(100).optional().describe('Words alike; 80.'),
      }),
      answers: 'How many pairs, and up to 500 of them with why.',
      handle: async ({ query, actor, response }) => {
        const { days, overlapPercent } = query;
        const answer = await parts().queries.duplicates({
          viewer: viewerOf(actor),
          ...(days !== undefined && { days }),
          ...(overlapPercent !== undefined && { overlapPercent }),
        });
        sendJson(response, answer);
      },
    }),
  ];
}
