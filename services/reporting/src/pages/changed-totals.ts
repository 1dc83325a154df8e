import { yearOf } from '../api/parameters';
import type { ReportingParts } from '../api/reporting-parts';

/** A total that differs between two positions of the log. */
export interface ChangedTotal {
  readonly label: string;
  readonly before: string;
  readonly now: string;
  readonly explain: string;
}

/** The annual totals of a year that differ before a first position and after a last one. */
export async function changedTotals(
  { queries }: Pick<ReportingParts, 'queries'>,
  year: number,
  first: bigint,
  last: bigint,
): Promise<readonly ChangedTotal[]> {
  const before = await queries.annualTotals({ year, at: { position: first - 1n } });
  const now = await queries.annualTotals({ year, at: { position: last } });
  const earlier = new Map(before.rows.map((row) => [row.measure, row]));
  return now.rows.flatMap(({ measure, label, shown, value, explain }) => {
    const was = earlier.get(measure);
    return was?.value === value ? [] : [{ label, before: was?.shown ?? '0', now: shown, explain }];
  });
}

/** The same for every year that had or has records, years without a difference left out. */
export async function changedByYear(
  parts: Pick<ReportingParts, 'queries'>,
  first: bigint,
  last: bigint,
): Promise<readonly { readonly year: string; readonly changes: readonly ChangedTotal[] }[]> {
  const { queries } = parts;
  const years = new Set([
    ...(await queries.yearsWithRecords({ position: last })),
    ...(await queries.yearsWithRecords({ position: first - 1n })),
  ]);
  const changed = [];
  for (const year of [...years].sort((a, b) => yearOf(b) - yearOf(a))) {
    const changes = await changedTotals(parts, yearOf(year), first, last);
    if (changes.length > 0) changed.push({ year, changes });
  }
  return changed;
}
