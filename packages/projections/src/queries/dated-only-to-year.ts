import { financialYearSpan } from '@ledger/calendar';
import { dayNumber } from '../lines/day-number';
import type { Asking, Ground } from './asking';
import { selectionOf, selectLines } from './select-lines';

/**
 * For each measure that counts flows, the records of a year of which only the year is known: whether they lie before a
 * day of it, or in which quarter, cannot be told. They are named by the positions of their first events.
 */
export async function datedOnlyToYear(
  asking: Asking,
  ground: Ground,
  year: number,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const span = financialYearSpan(year);
  const [first, last] = [dayNumber(span.from), dayNumber(span.to)];
  const found = new Map<string, ReadonlySet<number>>();
  for (const measure of ground.catalogue.measures.values()) {
    if (measure.kind === 'stock') continue;
    const { parts } = await selectLines(asking, ground, selectionOf(measure), {
      years: [year],
      days: { beginsFrom: first, beginsBy: first, endsFrom: last, endsBy: last },
    });
    const things = new Set<number>();
    for (const { lines, selected } of parts) for (const line of selected) things.add(lines.thing[line] ?? 0);
    found.set(measure.id, things);
  }
  return found;
}

/** How many records there are among those of all measures: each counts once. */
export function countRecords(byMeasure: ReadonlyMap<string, ReadonlySet<number>>): number {
  const all = new Set<number>();
  for (const things of byMeasure.values()) for (const thing of things) all.add(thing);
  return all.size;
}
