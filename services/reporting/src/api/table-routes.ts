import { route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { asked, askedAt, AsAt, TakeUpParameters, takeUpOf, Year, yearOf } from './parameters';
import { question, sendCsv, waited, wantsCsv, type ReportingParts } from './reporting-parts';
import { viewerOf } from './viewer-of';
import { deliverablesCsv } from './deliverables-table';
import { quarterlyTotalsCsv } from './quarterly-table';
import { annualTotalsCsv, savingsCsv, takeUpCsv } from './tables';

/** Tables that are asked as a whole, also as CSV. */
export function tableRoutes(parts: () => ReportingParts): readonly Route[] {
  return [
    route({
      ...question,
      path: '/api/annual-totals',
      operationId: 'annualTotals',
      summary: 'Every measure for one financial year, or for the part of it up to a day',
      query: z.strictObject({ year: Year, asAt: AsAt, ...asked }),
      answers:
        'Rows with value, unit, rule, change on the year before with its base, and what was published.',
      handle: async ({ query, actor, response }) => {
        const { queries, today, audited } = await waited(parts, query.after);
        const totals = await queries.annualTotals({
          year: yearOf(query.year),
          ...(query.asAt !== undefined && { asAt: query.asAt }),
          at: askedAt(query.asRecordedBy, today()),
        });
        if (wantsCsv(query.format, response)) {
          audited(actor, 'records-exported', ['annual-totals.csv']);
          sendCsv(response, `annual-totals-${yearOf(query.year)}`, annualTotalsCsv(totals));
        } else sendJson(response, totals);
      },
    }),
    route({
      ...question,
      path: '/api/quarterly-totals',
      operationId: 'quarterlyTotals',
      summary: 'Every measure by the quarters of one financial year',
      query: z.strictObject({ year: Year, ...asked }),
      answers:
        'For each measure its quarters, what lies in the year and in no one quarter, and the year; and how many records are dated only to the year.',
      handle: async ({ query, actor, response }) => {
        const { queries, today, audited } = await waited(parts, query.after);
        const totals = await queries.quarterlyTotals({
          year: yearOf(query.year),
          at: askedAt(query.asRecordedBy, today()),
        });
        if (wantsCsv(query.format, response)) {
          audited(actor, 'records-exported', ['quarterly-totals.csv']);
          sendCsv(response, `quarterly-totals-${yearOf(query.year)}`, quarterlyTotalsCsv(totals));
        } else sendJson(response, totals);
      },
    }),
    route({
      ...question,
      path: '/api/sum',
      operationId: 'sum',
      summary: 'Several measures of a year added, where they are alike',
      query: z.strictObject({
        measures: z.string().max(400).describe('Ids parted by commas.'),
        year: Year,
        asRecordedBy: asked.asRecordedBy,
      }),
      answers: 'The sum under a label that names each measure; unlike measures are refused.',
      handle: async ({ query, response }) => {
        const { queries, today } = parts();
        const measures = query.measures.split(',');
        sendJson(
          response,
          await queries.sum({ measures, year: yearOf(query.year), at: askedAt(query.asRecordedBy, today()) }),
        );
      },
    }),
    route({
      ...question,
      path: '/api/savings',
      operationId: 'savings',
      summary: 'The savings annex of one financial year',
      query: z.strictObject({ year: Year, ...asked }),
      answers:
        'Rows by savings area, the total under a label that names what it mixes, and the split below it.',
      handle: async ({ query, actor, response }) => {
        const { queries, today, audited } = await waited(parts, query.after);
        const table = await queries.savings({
          year: yearOf(query.year),
          at: askedAt(query.asRecordedBy, today()),
        });
        if (wantsCsv(query.format, response)) {
          audited(actor, 'records-exported', ['savings.csv']);
          sendCsv(response, `savings-${yearOf(query.year)}`, savingsCsv(table));
        } else sendJson(response, table);
      },
    }),
    route({
      ...question,
      path: '/api/deliverables',
      operationId: 'deliverables',
      summary:
        'The deliverables of a financial year as at a day: how they were rated, and by which definition',
      query: z.strictObject({ year: Year, asAt: AsAt, ...asked }),
      answers:
        'Counts by rating with the definitions that the ratings used, at the end of each quarter too, and each deliverable.',
      handle: async ({ query, actor, response }) => {
        const { queries, today, audited } = await waited(parts, query.after);
        const answer = await queries.deliverables({
          year: yearOf(query.year),
          ...(query.asAt !== undefined && { asAt: query.asAt }),
          at: askedAt(query.asRecordedBy, today()),
        });
        if (wantsCsv(query.format, response)) {
          audited(actor, 'records-exported', ['deliverables.csv']);
          sendCsv(response, `deliverables-${yearOf(query.year)}`, deliverablesCsv(answer));
        } else sendJson(response, answer);
      },
    }),
    route({
      ...question,
      path: '/api/take-up',
      operationId: 'takeUp',
      summary: 'Take-up by region, type or control of councils; councillors also by party',
      query: TakeUpParameters,
      answers:
        'Rows with numerator, base and percentage, the rule, the reference date and what was left out.',
      handle: async ({ query, actor, response }) => {
        const { queries, today, audited } = await waited(parts, query.after);
        const { by, referenceDate } = query;
        const answer = await queries.takeUp({
          viewer: viewerOf(actor),
          of: takeUpOf(query),
          year: yearOf(query.year),
          by,
          ...(referenceDate !== undefined && { referenceDate }),
          at: askedAt(query.asRecordedBy, today()),
        });
        if (wantsCsv(query.format, response)) {
          audited(actor, 'records-exported', ['take-up.csv']);
          sendCsv(response, `take-up-${yearOf(query.year)}-by-${by}`, takeUpCsv(answer));
        } else sendJson(response, answer);
      },
    }),
  ];
}
