import { financialYearLabel, yearOfSpan } from '@ledger/calendar';
import type { RecordSummary } from '@ledger/projections';
import type { ReportingParts } from '../api/reporting-parts';

/** What a command changed in the totals of a year. */
export interface Recorded {
  readonly year: string | null;
  readonly changes: readonly {
    readonly label: string;
    readonly before: string;
    readonly now: string;
    readonly explain: string;
  }[];
}

/** Annual totals before a command's first event and after its last, where they differ. */
export async function whatItChanged(
  { queries }: ReportingParts,
  { from, to }: Pick<RecordSummary, 'from' | 'to'>,
  positions: string | undefined,
): Promise<Recorded | undefined> {
  const [, first, last] = /^(\d{1,15})-(\d{1,15})$/.exec(positions ?? '') ?? [];
  if (first === undefined || last === undefined || BigInt(first) < 1n) return undefined;
  const year = from === '' ? null : yearOfSpan({ from, to });
  if (year === null) return { year: null, changes: [] };
  const before = await queries.annualTotals({ year, at: { position: BigInt(first) - 1n } });
  const now = await queries.annualTotals({ year, at: { position: BigInt(last) } });
  const earlier = new Map(before.rows.map((row) => [row.measure, row]));
  return {
    year: financialYearLabel(year),
    changes: now.rows.flatMap(({ measure, label, shown, value, explain }) => {
      const was = earlier.get(measure);
      return was?.value === value ? [] : [{ label, before: was?.shown ?? '0', now: shown, explain }];
    }),
  };
}
