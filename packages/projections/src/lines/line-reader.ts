import type { DayBounds } from '@ledger/domain';
import type { ReadStore } from '@ledger/read-store';
import { KnownDays } from './day-number';
import { LineIndex } from './line-index';
import { nextTurn } from './next-turn';
import { NamedSheets, type WantedSheets } from './named-sheets';
import { LinesByDays } from './lines-by-days';
import { longerLines } from './longer-lines';
import { SheetCache, type Making } from './sheet-cache';
import { bytesOfLines, linesOfSegments, type SheetLines } from './sheet-lines';
import { SelectedLines, type SelectedPart } from './selected-lines';
import type { NumberSet } from '../roll-ups/number-set';
import type { Manner } from './sheet';

/**
 * Columns of lines that are kept between questions, in bytes: of five million events all that eleven years hold. What does
 * not fit is read and unpacked anew for every question that asks about a year.
 */
const keptBytes = 160 * 2 ** 20;

/** How many lines are looked at before others have a turn, a millisecond or two; and how many a sheet itself counts for. */
const linesInTurn = 100_000;
const sheetInLines = 50;

/** Which lines are wanted. */
export interface WantedLines {
  readonly sheets: WantedSheets;
  readonly manner?: (manner: Manner) => boolean;
  /** Only of these bodies, by their numbers in the index. */
  readonly bodies?: NumberSet;
  readonly days?: DayBounds;
  /** By the first and last day of a line, where no bounds say it. */
  readonly when?: (fromDay: number, toDay: number) => boolean;
  /**
   * Where the numbers of the sheets that are looked at are noted, those without a line that fits among them, and of
   * the sets that these were chosen from.
   */
  readonly seen?: Set<number> | undefined;
}

const making: Making<SheetLines> = { make: linesOfSegments, extend: longerLines, bytes: bytesOfLines };

/** Reads the lines that stand at a position: one implementation for every figure, now or as recorded by. */
export class LineReader {
  readonly index: LineIndex;
  readonly days = new KnownDays();
  readonly #named: NamedSheets;
  readonly #sheets: SheetCache<SheetLines>;
  readonly #byDays = new LinesByDays();

  constructor(readonly store: ReadStore) {
    this.index = new LineIndex(store);
    this.#named = new NamedSheets(this.index);
    this.#sheets = new SheetCache(store, this.index, { keptBytes, pastBytes: 0 });
  }

  /** The standing lines wanted, in columns. */
  async select(wanted: WantedLines, upTo: number): Promise<SelectedLines> {
    await this.index.refresh(upTo);
    const parts: SelectedPart[] = [];
    const fits = this.#fits(wanted);
    const within = wanted.days && this.#byDays.within(wanted.days);
    const { sheets, numbers, sets } = this.#named.choose(wanted.sheets);
    if (wanted.seen !== undefined)
      for (const looked of [numbers, sets]) for (const number of looked) wanted.seen.add(number);
    // Whole sheets, whatever the position: then what was read for one position answers for every other.
    const found = await this.#sheets.read(numbers, Number.MAX_SAFE_INTEGER, () => making);
    let looked = 0;
    let at = -1;
    for (const { sheet } of sheets) {
      at += 1;
      const lines = found[at];
      if (lines === undefined || lines.length === 0) continue;
      // Of the lines of a year nearly all are within bounds that lie in it; of those of no known year few.
      const among = sheet.year === null ? within?.(lines) : undefined;
      looked += (among ?? lines).length + sheetInLines;
      if (looked >= linesInTurn) {
        looked = 0;
        await nextTurn();
      }
      const selected =
        among === undefined
          ? selectedOf(lines, upTo, wanted, fits)
          : selectedAmong(among, lines, upTo, wanted, fits);
      if (selected.length > 0) parts.push({ sheet, lines, selected });
    }
    return new SelectedLines(parts, this.index, this.days);
  }

  /** Few manners, many lines: each manner is judged once. */
  #fits({ manner, bodies }: WantedLines): ((manner: number, body: number) => boolean) | undefined {
    if (manner === undefined && bodies === undefined) return undefined;
    const { index } = this;
    const judged: (boolean | undefined)[] = [];
    return (number, body) => {
      if (bodies?.has(body) === false) return false;
      return manner === undefined || (judged[number] ??= manner(index.manner(number)));
    };
  }

  /** The financial years that have lines of records, figures brought forward not among them. */
  async yearsWithLines(upTo: number): Promise<readonly number[]> {
    await this.index.refresh(upTo);
    const years = new Set<number>();
    for (const kind of this.index.kinds())
      for (const { number, sheet } of kind === 'figure' ? [] : this.index.sheetsOf(kind)) {
        if (sheet.year === null || years.has(sheet.year)) continue;
        if ((await this.index.headsAt(number, upTo)).length > 0) years.add(sheet.year);
      }
    return [...years].sort((a, b) => a - b);
  }
}

const none = new Uint32Array(0);

type Fits = ((manner: number, body: number) => boolean) | undefined;

/** The lines of a sheet that stand at a position and fit, in order. */
function selectedOf(
  { position, went, manner, body, fromDay, toDay }: SheetLines,
  upTo: number,
  { days = {}, when }: Pick<WantedLines, 'days' | 'when'>,
  fits: Fits,
): Uint32Array {
  const end = firstAfter(position, upTo);
  if (end === 0) return none;
  const { beginsFrom = -Infinity, beginsBy = Infinity, endsFrom = -Infinity, endsBy = Infinity } = days;
  const selected = new Uint32Array(end);
  let used = 0;
  // What costs least and leaves out most comes first: of many lines few are asked about.
  for (let line = 0; line < end; line++) {
    const [from, to] = [fromDay[line] ?? 0, toDay[line] ?? 0];
    if (from < beginsFrom || from > beginsBy || to < endsFrom || to > endsBy) continue;
    if (when !== undefined && !when(from, to)) continue;
    if ((went[line] ?? 0) <= upTo) continue;
    if (fits !== undefined && !fits(manner[line] ?? 0, body[line] ?? 0)) continue;
    selected[used++] = line;
  }
  return selected.subarray(0, used);
}

/** The same of some lines of a sheet, which are within the bounds of days. */
function selectedAmong(
  among: readonly number[],
  { position, went, manner, body, fromDay, toDay }: SheetLines,
  upTo: number,
  { when }: Pick<WantedLines, 'when'>,
  fits: Fits,
): Uint32Array {
  const selected: number[] = [];
  for (const line of among) {
    if ((position[line] ?? Infinity) > upTo) break;
    if ((went[line] ?? 0) <= upTo) continue;
    if (when !== undefined && !when(fromDay[line] ?? 0, toDay[line] ?? 0)) continue;
    if (fits !== undefined && !fits(manner[line] ?? 0, body[line] ?? 0)) continue;
    selected.push(line);
  }
  return selected.length === 0 ? none : Uint32Array.from(selected);
}

/** How many positions, in order, are at or before one. */
function firstAfter(positions: Float64Array, upTo: number): number {
  let [low, high] = [0, positions.length];
  if ((positions[high - 1] ?? 0) <= upTo) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? Infinity) <= upTo) low = middle + 1;
    else high = middle;
  }
  return low;
}
