import { Id, Slug } from '@ledger/events';
import { ProblemError, route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { asked, askedAt, Year, yearOf } from './parameters';
import { question, waited, type ReportingParts } from './reporting-parts';

/** Records: a list by a stable cursor, and one with its history. */
export function recordRoutes(parts: () => ReportingParts): readonly Route[] {
  return [
    route({
      ...question,
      path: '/api/records',
      operationId: 'records',
      summary: 'Records, from the newest; pages by a stable cursor',
      query: z.strictObject({
        kind: z.enum(['activity', 'claim', 'observation']).optional(),
        search: z.string().max(200).optional(),
        offer: Slug.optional(),
        body: Id.optional(),
        year: Year.optional(),
        limit: z.coerce.number().int().min(1).max(500).optional(),
        cursor: z.string().max(20).optional(),
        asRecordedBy: asked.asRecordedBy,
        after: asked.after,
      }),
      answers: 'A page of records and the cursor of the next.',
      handle: async ({ query, response }) => {
        const { queries, today } = await waited(parts, query.after);
        const { after: _, asRecordedBy, year, ...rest } = query;
        const parameters = Object.fromEntries(
          Object.entries(rest).filter(([, value]) => value !== undefined),
        );
        sendJson(
          response,
          await queries.records({
            ...parameters,
            ...(year !== undefined && { year: yearOf(year) }),
            at: askedAt(asRecordedBy, today()),
          }),
        );
      },
    }),
    route({
      ...question,
      path: '/api/records/{kind}/{id}',
      operationId: 'readRecord',
      summary: 'One record: what it says and how it came to say it',
      params: z.strictObject({ kind: z.enum(['activity', 'claim', 'observation']), id: Id }),
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy, after: asked.after }),
      answers: 'The record, its contents and its history; the ETag is its revision.',
      handle: async ({ params, query, response }) => {
        const { queries, today } = await waited(parts, query.after);
        const found = await queries.record(params.kind, params.id, askedAt(query.asRecordedBy, today()));
        if (found === undefined)
          throw new ProblemError(
            404,
            'UNKNOWN_RECORD',
            `There is no ${params.kind} with the id ${params.id}; look it up at /api/records.`,
          );
        response.setHeader('ETag', `"${found.revision}"`);
        sendJson(response, found);
      },
    }),
  ];
}
