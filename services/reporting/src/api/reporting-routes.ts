import { isLondonDate } from '@ledger/calendar';
import type { LedgerQueries } from '@ledger/projections';
import { Id, Slug } from '@ledger/events';
import { ProblemError, route, sendJson, type Route } from '@ledger/http';
import type { Response } from 'express';
import { z } from 'zod';
import { explainQuestion } from './explain-question';
import { asked, askedAt, ExplainParameters, TakeUpParameters, takeUpOf, Year, yearOf } from './parameters';
import { annualTotalsCsv, savingsCsv, takeUpCsv } from './tables';

/** What asking needs around it. */
export interface ReportingParts {
  readonly queries: LedgerQueries;
  readonly today: () => string;
  /** Waits until a cursor's position is applied. @throws ProblemError 503 with the position reached */
  readonly whenApplied: (cursor: string) => Promise<void>;
}

function sendCsv(response: Response, name: string, text: string): void {
  response
    .type('text/csv; charset=utf-8')
    .setHeader('Content-Disposition', `attachment; filename="${name}.csv"`);
  response.send(text);
}

function wantsCsv(format: string | undefined, response: Response): boolean {
  return (
    format === 'csv' ||
    (format === undefined && response.req.accepts(['application/json', 'text/csv']) === 'text/csv')
  );
}

/** Questions over HTTP. */
export function reportingRoutes(parts: () => ReportingParts): readonly Route[] {
  const waited = async (after: string | undefined): Promise<ReportingParts> => {
    const found = parts();
    if (after !== undefined) await found.whenApplied(after);
    return found;
  };
  const common = { method: 'get', tag: 'reporting' } as const;
  return [
    route({
      ...common,
      path: '/api/annual-totals',
      operationId: 'annualTotals',
      summary: 'Every measure for one financial year',
      query: z.strictObject({ year: Year, ...asked }),
      answers:
        'Rows with value, unit, rule, change on the year before with its base, and what was published.',
      handle: async ({ query, response }) => {
        const { queries, today } = await waited(query.after);
        const totals = await queries.annualTotals({
          year: yearOf(query.year),
          at: askedAt(query.asRecordedBy, today()),
        });
        if (wantsCsv(query.format, response))
          sendCsv(response, `annual-totals-${yearOf(query.year)}`, annualTotalsCsv(totals));
        else sendJson(response, totals);
      },
    }),
    route({
      ...common,
      path: '/api/savings',
      operationId: 'savings',
      summary: 'The savings annex of one financial year',
      query: z.strictObject({ year: Year, ...asked }),
      answers:
        'Rows by savings area, the total under a label that names what it mixes, and the split below it.',
      handle: async ({ query, response }) => {
        const { queries, today } = await waited(query.after);
        const table = await queries.savings({
          year: yearOf(query.year),
          at: askedAt(query.asRecordedBy, today()),
        });
        if (wantsCsv(query.format, response))
          sendCsv(response, `savings-${yearOf(query.year)}`, savingsCsv(table));
        else sendJson(response, table);
      },
    }),
    route({
      ...common,
      path: '/api/take-up',
      operationId: 'takeUp',
      summary: 'Take-up by region, type or control of councils; councillors also by party',
      query: TakeUpParameters,
      answers:
        'Rows with numerator, base and percentage, the rule, the reference date and what was left out.',
      handle: async ({ query, response }) => {
        const { queries, today } = await waited(query.after);
        const { by, referenceDate } = query;
        const answer = await queries.takeUp({
          of: takeUpOf(query),
          year: yearOf(query.year),
          by,
          ...(referenceDate !== undefined && { referenceDate }),
          at: askedAt(query.asRecordedBy, today()),
        });
        if (wantsCsv(query.format, response))
          sendCsv(response, `take-up-${yearOf(query.year)}-by-${by}`, takeUpCsv(answer));
        else sendJson(response, answer);
      },
    }),
    route({
      ...common,
      path: '/api/figures/{id}',
      operationId: 'figure',
      summary: 'A published figure, beside what the ledger computes',
      params: z.strictObject({ id: Slug }),
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy, after: asked.after }),
      answers:
        'The figure as published, as computed where there is a query, and whether the two may be compared.',
      handle: async ({ params, query, response }) => {
        const { queries, today } = await waited(query.after);
        const figure = await queries.figure(params.id, askedAt(query.asRecordedBy, today()));
        if (figure === undefined)
          throw new ProblemError(
            404,
            'UNKNOWN_FIGURE',
            `No figure “${params.id}” was brought forward. Figures that no programme record can produce are not in the ledger.`,
          );
        sendJson(response, figure);
      },
    }),
    route({
      ...common,
      path: '/api/figures',
      operationId: 'figureCoverage',
      summary: 'How many published figures have a query, and how many do not yet',
      answers: 'The counts.',
      handle: async ({ response }) => sendJson(response, await parts().queries.figureCoverage()),
    }),
    route({
      ...common,
      path: '/api/explain',
      operationId: 'explain',
      summary: 'Which events a figure is made of, a page at a time',
      query: ExplainParameters,
      answers: 'The figure, its rule, its lines with their events, and for a share the councils of the base.',
      handle: async ({ query, response }) => {
        const { queries, today } = await waited(query.after);
        sendJson(response, await queries.explain(explainQuestion(query, today())));
      },
    }),
    route({
      ...common,
      path: '/api/measures',
      operationId: 'measures',
      summary: 'The measures in force and the rules they count by',
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy }),
      answers: 'The measures.',
      handle: async ({ query, response }) => {
        const { queries, today } = parts();
        sendJson(response, { measures: await queries.measures(askedAt(query.asRecordedBy, today())) });
      },
    }),
    route({
      ...common,
      path: '/api/offers',
      operationId: 'offers',
      summary: 'The catalogue: offers with their programmes, themes and savings areas',
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy }),
      answers: 'The offers.',
      handle: async ({ query, response }) => {
        const { queries, today } = parts();
        sendJson(response, { offers: await queries.offers(askedAt(query.asRecordedBy, today())) });
      },
    }),
    route({
      ...common,
      path: '/api/years',
      operationId: 'years',
      summary: 'The financial years that have records',
      answers: 'The years, as 2016/17.',
      handle: async ({ response }) => sendJson(response, { years: await parts().queries.yearsWithRecords() }),
    }),
    route({
      ...common,
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
        const { queries, today } = await waited(query.after);
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
      ...common,
      path: '/api/records/{kind}/{id}',
      operationId: 'readRecord',
      summary: 'One record: what it says and how it came to say it',
      params: z.strictObject({ kind: z.enum(['activity', 'claim', 'observation']), id: Id }),
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy, after: asked.after }),
      answers: 'The record, its contents and its history; the ETag is its revision.',
      handle: async ({ params, query, response }) => {
        const { queries, today } = await waited(query.after);
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
    route({
      ...common,
      path: '/api/councils',
      operationId: 'councils',
      summary: 'The principal councils of England on a date',
      query: z.strictObject({
        on: z.string().refine(isLondonDate, 'must be a date such as 2017-03-31'),
        asRecordedBy: asked.asRecordedBy,
      }),
      answers: 'The councils with type, region, control and codes.',
      handle: async ({ query, response }) => {
        const { queries, today } = parts();
        sendJson(response, {
          councils: await queries.councils({ on: query.on, at: askedAt(query.asRecordedBy, today()) }),
        });
      },
    }),
  ];
}
