import { financialYearLabel, yearOfSpan } from '@ledger/calendar';
import type { RecordSummary } from '@ledger/projections';
import type { ReportingParts } from '../api/reporting-parts';
import { changedTotals, type ChangedTotal } from './changed-totals';

/** What a command changed in the totals of a year. */
export interface Recorded {
  readonly year: string | null;
  readonly changes: readonly ChangedTotal[];
}

/** Annual totals before a command's first event and after its last, where they differ. */
export async function whatItChanged(
  parts: ReportingParts,
  { from, to }: Pick<RecordSummary, 'from' | 'to'>,
  positions: string | undefined,
): Promise<Recorded | undefined> {
  const [, first, last] = /^(\d{1,15})-(\d{1,15})$/.exec(positions ?? '') ?? [];
  if (first === undefined || last === undefined || BigInt(first) < 1n) return undefined;
  const year = from === '' ? null : yearOfSpan({ from, to });
  if (year === null) return { year: null, changes: [] };
  const changes = await changedTotals(parts, year, BigInt(first), BigInt(last));
  return { year: financialYearLabel(year), changes };
}
