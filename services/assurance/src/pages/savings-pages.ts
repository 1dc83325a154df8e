import { parseFinancialYear } from '@ledger/calendar';
import { askedAtOfPage, ProblemError, type Page } from '@ledger/http';
import { stepTitle, valueInWords } from '@ledger/pages';
import type { Bridge, GainsCells, GainsTable } from '@ledger/projections';
import type { AssuranceParts } from '../parts';
import { publishedOf, type PublishedAmount } from '../routes/published-savings';
import { GainsBy } from '../routes/table-routes';
import { viewerOf } from '../routes/viewing';

const inPounds = (pence: number | null): string => (pence === null ? '' : valueInWords('pence', pence));

function shownCells(cells: GainsCells): Readonly<Record<string, string>> {
  return {
    claims: String(cells.claims),
    estimate: inPounds(cells.estimatePence),
    delivered: inPounds(cells.deliveredPence),
    verified: inPounds(cells.verifiedPence),
    net: inPounds(cells.deliveredNetPence),
    estimateAttributed: inPounds(cells.estimateAttributedPence),
    deliveredAttributed: inPounds(cells.deliveredAttributedPence),
    verifiedAttributed: inPounds(cells.verifiedAttributedPence),
    netAttributed: inPounds(cells.deliveredNetAttributedPence),
    target: inPounds(cells.targetPence),
    estimateMinusTarget: inPounds(cells.estimateMinusTargetPence),
    deliveredMinusTarget: inPounds(cells.deliveredMinusTargetPence),
    lifetimeEstimate: inPounds(cells.lifetimeEstimatePence),
    deliveredToDate: inPounds(cells.deliveredToDatePence),
  };
}

function shownPublished(amount: PublishedAmount): Readonly<Record<string, string>> {
  const { label, column, publication, title, publishedPence, publishedAttributedPence, pence } = amount;
  return {
    label,
    column: column.replace('-net', ', net of cost'),
    publication,
    title,
    published: inPounds(publishedPence),
    publishedAttributed: inPounds(publishedAttributedPence),
    now: inPounds(pence),
  };
}

/** @throws ProblemError 400 for a year that is none */
function yearOf(text: string): number {
  const year = parseFinancialYear(text);
  if (year === undefined)
    throw new ProblemError(400, 'INVALID_REQUEST', `“${text}” is no financial year; write it as 2019/20.`);
  return year;
}

function shownBridge({ from, to, lines, ...answer }: Bridge): Readonly<Record<string, unknown>> {
  return {
    ...answer,
    from: { ...from, shown: inPounds(from.pence) },
    to: { ...to, shown: inPounds(to.pence) },
    lines: lines.map((line) => ({
      ...line,
      shown: inPounds(line.pence),
      largest: line.largest.map((one) => ({
        ...one,
        before: inPounds(one.beforePence),
        after: inPounds(one.afterPence),
        events: one.events.map((event) => ({ ...event, title: stepTitle(event.type) })),
      })),
    })),
  };
}

/** What the rows of the savings table may be, in words. */
const groupings = [
  { by: 'area', words: 'Savings area' },
  { by: 'programme', words: 'Programme' },
  { by: 'body', words: 'Body' },
] as const satisfies readonly { readonly by: GainsTable['by']; readonly words: string }[];

/** Areas unless another grouping is asked for. @throws ProblemError where there is no such grouping */
function groupedBy(asked: string | undefined): GainsTable['by'] {
  if (asked === undefined) return 'area';
  const by = GainsBy.safeParse(asked).data;
  if (by !== undefined) return by;
  throw new ProblemError(
    400,
    'INVALID_REQUEST',
    `“${asked.slice(0, 60)}” is no grouping of the savings table; it goes by ${GainsBy.options.join(', ')}.`,
  );
}

/** Savings from estimate to verified, and what lies between two years or positions. */
export function savingsPages(parts: () => AssuranceParts): readonly Page[] {
  return [
    {
      method: 'get',
      path: '/savings-table',
      permission: 'figures:read',
      show: async ({ query, actor }) => {
        const found = parts();
        const years = await found.queries.yearsWithRecords();
        const year = query['year'] ?? years.at(-1) ?? '2016/17';
        const by = groupedBy(query['by']);
        const at = askedAtOfPage(query['asRecordedBy'], found.recording.parts.today());
        const answer = await found.queries.gainsTable({
          viewer: viewerOf(actor),
          year: yearOf(year),
          by,
          at,
        });
        return {
          view: 'savings-table',
          context: {
            answer,
            years,
            by,
            groupings,
            grouping: groupings.find((one) => one.by === by)?.words,
            form: query,
            rows: answer.rows.map((row) => ({ label: row.label, explain: row.explain, ...shownCells(row) })),
            total: { explain: answer.total.explain, ...shownCells(answer.total) },
            published: (await publishedOf(found.queries, answer, at)).map(shownPublished),
            publish: `/publish?${new URLSearchParams({ ask: 'savings-table', year: answer.year, by, table: 'true', asRecordedBy: answer.position }).toString()}`,
            csv: `/api/savings-table?${new URLSearchParams({ ...query, year: answer.year, by, format: 'csv' }).toString()}`,
          },
        };
      },
    },
    {
      method: 'get',
      path: '/savings-bridge',
      permission: 'figures:read',
      show: async ({ query, actor }) => {
        const found = parts();
        const today = found.recording.parts.today();
        const years = await found.queries.yearsWithRecords();
        const to = query['to'] ?? years.at(-1) ?? '2019/20';
        const from = query['from'] ?? to;
        const answer = await found.queries.bridge({
          viewer: viewerOf(actor),
          from: { year: yearOf(from), at: askedAtOfPage(query['fromRecordedBy'], today) },
          to: { year: yearOf(to), at: askedAtOfPage(query['toRecordedBy'], today) },
        });
        return {
          view: 'savings-bridge',
          context: { answer: shownBridge(answer), years, form: { ...query, from, to } },
        };
      },
    },
  ];
}
