import type { DayBounds } from '@ledger/domain';
import type { SheetLines } from './sheet-lines';

/** So many bounds are kept for each sheet: two or three for each year that is asked about. */
const mostKept = 100;

const noLines: readonly number[] = [];

/** The lines of a sheet within bounds, in order. */
function linesWithin(
  { length, fromDay, toDay }: Pick<SheetLines, 'length' | 'fromDay' | 'toDay'>,
  { beginsFrom = -Infinity, beginsBy = Infinity, endsFrom = -Infinity, endsBy = Infinity }: DayBounds,
): readonly number[] {
  let found: number[] | undefined;
  for (let line = 0; line < length; line++) {
    const from = fromDay[line] ?? 0;
    if (from < beginsFrom || from > beginsBy) continue;
    const to = toDay[line] ?? 0;
    if (to < endsFrom || to > endsBy) continue;
    if (found === undefined) found = [line];
    else found.push(line);
  }
  return found ?? noLines;
}

/**
 * Which lines of sheets lie within bounds, found once for each sheet and bounds. In a sheet of no known year are the lines of all
 * years; every measure and every year asks about a few of them, and an event changes one sheet of hundreds.
 */
export class LinesByDays {
  /** By the lines themselves: those of a sheet that has grown are others. */
  readonly #found = new WeakMap<SheetLines, Map<string, readonly number[]>>();

  /** Finds the lines within bounds of one sheet after another. */
  within(bounds: DayBounds): (lines: SheetLines) => readonly number[] {
    const { beginsFrom, beginsBy, endsFrom, endsBy } = bounds;
    const name = `${beginsFrom} ${beginsBy} ${endsFrom} ${endsBy}`;
    return (lines) => {
      const found = this.#of(lines);
      let within = found.get(name);
      if (within === undefined) {
        within = linesWithin(lines, bounds);
        if (found.size >= mostKept) found.clear();
        found.set(name, within);
      }
      return within;
    };
  }

  #of(lines: SheetLines): Map<string, readonly number[]> {
    let found = this.#found.get(lines);
    if (found === undefined) {
      found = new Map();
      this.#found.set(lines, found);
    }
    return found;
  }
}
