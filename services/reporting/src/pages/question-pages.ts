import { may } from '@ledger/access';
import type { Page } from '@ledger/http';
import { explainQuestion } from '../api/explain-question';
import { askedAt, ExplainParameters, TakeUpParameters, takeUpOf, yearOf } from '../api/parameters';
import type { ReportingParts } from '../api/reporting-parts';
import { viewerOf } from '../api/viewer-of';
import { address, check, Dated, Recorded, yearAsked } from './asked-page';

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
        return { view: 'annual-totals', context: { answer, csv, permanent, form, byQuarter } };
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
        return { view: 'savings', context: { answer, csv, permanent, form } };
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
        return { view: 'explain', context: { answer, next } };
      },
    },
  ];
}
