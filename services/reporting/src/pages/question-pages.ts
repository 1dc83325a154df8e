import { may } from '@ledger/access';
import { readCitedQuestion } from '@ledger/domain';
import type { Fields, Page } from '@ledger/http';
import type { AnsweredAt } from '@ledger/projections';
import type { z } from 'zod';
import { explainQuestion } from '../api/explain-question';
import { askedAt, ExplainParameters, TakeUpParameters, takeUpOf, yearOf } from '../api/parameters';
import type { ReportingParts } from '../api/reporting-parts';
import { viewerOf } from '../api/viewer-of';
import { address, check, Dated, Recorded, yearAsked } from './asked-page';

/** Where the figures of a page are published, just as it shows them. */
function publishing({ position }: Pick<AnsweredAt, 'position'>, question: Fields): string {
  return address('/publish', { ...question, table: 'true', asRecordedBy: position });
}

/** Where one figure is published; undefined where its question is none that can be cited. */
function publishingOne(
  { position }: Pick<AnsweredAt, 'position'>,
  question: z.infer<typeof ExplainParameters>,
): string | undefined {
  const { ask, asRecordedBy: _, after: __, limit: ___, cursor: ____, ...asked } = question;
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) parameters[name] = value;
  if (readCitedQuestion(ask, parameters) === undefined) return undefined;
  return address('/publish', { ...parameters, ask, asRecordedBy: position });
}

/** One page for each question, every number linked to its explanation. */
export function questionPages(parts: () => ReportingParts): readonly Page[] {
  return [
    {
      method: 'get',
      path: '/annual-totals',
      permission: 'figures:read',
      show: async ({ query }) => {
        const found = parts();
        const { asRecordedBy } = check(Recorded, query);
        const { asAt } = check(Dated, query);
        const { year, years } = await yearAsked(found, query);
        const answer = await found.queries.annualTotals({
          year: yearOf(year),
          ...(asAt !== undefined && { asAt }),
          at: askedAt(asRecordedBy, found.today()),
        });
        const csv = address('/api/annual-totals', { ...query, year, format: 'csv' });
        const form = { years, year: answer.year, asAt, dated: true, asRecordedBy };
        const permanent = address('/annual-totals', { ...query, year, asRecordedBy: answer.position });
        const byQuarter = address('/quarterly-totals', {
          year,
          ...(asRecordedBy !== undefined && { asRecordedBy }),
        });
        const publish = publishing(answer, {
          ask: 'annual-total',
          year,
          ...(asAt !== undefined && { asAt }),
        });
        return { view: 'annual-totals', context: { answer, csv, permanent, publish, form, byQuarter } };
      },
    },
    {
      method: 'get',
      path: '/quarterly-totals',
      permission: 'figures:read',
      show: async ({ query }) => {
        const found = parts();
        const { asRecordedBy } = check(Recorded, query);
        const { year, years } = await yearAsked(found, query);
        const answer = await found.queries.quarterlyTotals({
          year: yearOf(year),
          at: askedAt(asRecordedBy, found.today()),
        });
        const csv = address('/api/quarterly-totals', { ...query, year, format: 'csv' });
        const form = { years, year: answer.year, asRecordedBy };
        const permanent = address('/quarterly-totals', { ...query, year, asRecordedBy: answer.position });
        const counted = answer.rows.filter(({ periods }) => periods.some(({ value }) => (value ?? 0) !== 0));
        const none = answer.rows.filter((row) => !counted.includes(row)).map(({ label }) => label);
        return { view: 'quarterly-totals', context: { answer, counted, none, csv, permanent, form } };
      },
    },
    {
      method: 'get',
      path: '/savings',
      permission: 'figures:read',
      show: async ({ query }) => {
        const found = parts();
        const { asRecordedBy } = check(Recorded, query);
        const { year, years } = await yearAsked(found, query);
        const answer = await found.queries.savings({
          year: yearOf(year),
          at: askedAt(asRecordedBy, found.today()),
        });
        const csv = address('/api/savings', { ...query, year, format: 'csv' });
        const form = { years, year: answer.year, asRecordedBy };
        const permanent = address('/savings', { ...query, year, asRecordedBy: answer.position });
        const publish = publishing(answer, { ask: 'savings', year });
        return { view: 'savings', context: { answer, csv, permanent, publish, form } };
      },
    },
    {
      method: 'get',
      path: '/deliverables',
      permission: 'figures:read',
      show: async ({ query, actor }) => {
        const found = parts();
        const { asRecordedBy } = check(Recorded, query);
        const { asAt } = check(Dated, query);
        const { year, years } = await yearAsked(found, query);
        const answer = await found.queries.deliverables({
          year: yearOf(year),
          ...(asAt !== undefined && { asAt }),
          at: askedAt(asRecordedBy, found.today()),
        });
        const csv = address('/api/deliverables', { ...query, year, format: 'csv' });
        const form = { years, year: answer.year, asAt, dated: true, asRecordedBy };
        const permanent = address('/deliverables', { ...query, year, asRecordedBy: answer.position });
        const mayRead = may(actor, 'records:read');
        const mayWrite = may(actor, 'records:write');
        return { view: 'deliverables', context: { answer, csv, permanent, form, mayRead, mayWrite } };
      },
    },
    {
      method: 'get',
      path: '/take-up',
      permission: 'figures:read',
      show: async ({ query: { of, ...query }, actor }) => {
        const found = parts();
        // The form names measure or offer in one field; addresses name them apart.
        const [kind, id] = of?.split(':') ?? [];
        const named = kind !== undefined && id !== undefined ? { [kind]: id } : {};
        const { year, years } = await yearAsked(found, query);
        const asOf =
          'measure' in query || 'offer' in query || 'programme' in query || of !== undefined
            ? {}
            : { measure: 'peer-challenges' };
        const question = { by: 'type', ...asOf, ...query, ...named, year };
        const { by, asRecordedBy, referenceDate, ...rest } = check(TakeUpParameters, question);
        const answer = await found.queries.takeUp({
          viewer: viewerOf(actor),
          of: takeUpOf(rest),
          year: yearOf(year),
          by,
          ...(referenceDate !== undefined && { referenceDate }),
          at: askedAt(asRecordedBy, found.today()),
        });
        const [asking] = Object.entries(takeUpOf(rest));
        return {
          view: 'take-up',
          context: {
            answer,
            rows: [...answer.rows, answer.total],
            csv: address('/api/take-up', { ...question, format: 'csv' }),
            permanent: address('/take-up', { ...question, asRecordedBy: answer.position }),
            publish: publishing(answer, {
              ask: 'take-up',
              ...takeUpOf(rest),
              year,
              by,
              ...(referenceDate !== undefined && { referenceDate }),
            }),
            measures: await found.queries.measures(),
            offers: await found.queries.offers(),
            form: { years, year: answer.year, referenceDate, asRecordedBy, of: asking?.join(':') },
          },
        };
      },
    },
    {
      method: 'get',
      path: '/explain',
      permission: 'figures:read',
      show: async ({ query, actor }) => {
        const found = parts();
        const asked = check(ExplainParameters, query);
        const answer = await found.queries.explain(explainQuestion(asked, found.today(), viewerOf(actor)));
        const next = answer.next === null ? null : address('/explain', query, { cursor: answer.next });
        return { view: 'explain', context: { answer, next, publish: publishingOne(answer, asked) } };
      },
    },
  ];
}
