import type { LineKind } from '@ledger/domain';
import type { ReadStore, SegmentHead } from '@ledger/read-store';
import { KnownDays } from './day-number';
import { Kept } from './kept';
import { LineIndex } from './line-index';
import { bytesOfLine, linesOfSegments, type SheetLines } from './sheet-lines';
import { SelectedLines, type SelectedPart } from './selected-lines';
import type { NumberSet } from '../roll-ups/number-set';
import type { Manner, Sheet } from './sheet';

/** Columns of lines that are kept between questions, in bytes. */
const keptBytes = 24 * 2 ** 20;
const keptPastBytes = 8 * 2 ** 20;

/** Which lines are wanted. */
export interface WantedLines {
  readonly kinds: readonly LineKind[];
  readonly sheet?: (sheet: Sheet) => boolean;
  /** Only of these financial years; null for those whose year is not known. */
  readonly years?: readonly (number | null)[];
  readonly manner?: (manner: Manner) => boolean;
  /** Only of these bodies, by their numbers in the index. */
  readonly bodies?: NumberSet;
  /** By the first and last day of a line. */
  readonly days?: (fromDay: number, toDay: number) => boolean;
}

/**
 * What is in a sheet at a position, in few words: the same words mean the same lines. Undefined where the position lies
 * within a segment.
 */
export function stateAt(last: readonly SegmentHead[], upTo: number): string | undefined {
  let state = '';
  for (const segment of last) {
    if (segment.last > upTo) return undefined;
    state += `${segment.partition}:${segment.last} `;
  }
  return state;
}

/** Reads the lines that stand at a position: one implementation for every figure, now or as recorded by. */
export class LineReader {
  readonly index: LineIndex;
  readonly days = new KnownDays();
  readonly #kept = new Kept<SheetLines>(keptBytes);
  readonly #past = new Kept<SheetLines>(keptPastBytes);

  constructor(readonly store: ReadStore) {
    this.index = new LineIndex(store);
  }

  /** The standing lines wanted, in columns. */
  async select(wanted: WantedLines, upTo: number): Promise<SelectedLines> {
    await this.index.refresh(upTo);
    const parts: SelectedPart[] = [];
    const fits = this.#memberFits(wanted);
    for (const kind of new Set(wanted.kinds))
      for (const { number, sheet } of this.index.sheetsOf(kind, wanted.years)) {
        if (wanted.sheet !== undefined && !wanted.sheet(sheet)) continue;
        const lines = await this.sheetLines(number, upTo);
        const selected = selectedOf(lines, fits, wanted.days);
        if (selected.length > 0) parts.push({ sheet, lines, selected });
      }
    return new SelectedLines(parts, this.index, this.days);
  }

  /** Few manners, many members: each manner is judged once. */
  #memberFits({ manner, bodies }: WantedLines): ((member: number) => boolean) | undefined {
    if (manner === undefined && bodies === undefined) return undefined;
    const { index } = this;
    const judged: (boolean | undefined)[] = [];
    return (member) => {
      if (bodies?.has(index.bodyOf(member)) === false) return false;
      if (manner === undefined) return true;
      const number = index.mannerNumberOf(member);
      return (judged[number] ??= manner(index.mannerOf(member)));
    };
  }

  /** The lines of one sheet at a position. */
  async sheetLines(number: number, upTo: number): Promise<SheetLines> {
    const state = stateAt(await this.index.headsAt(number, upTo), upTo);
    // What a sheet ends with is asked about again; what it was at some position only within one question.
    const [kept, key] = state === undefined ? [this.#past, `at ${upTo}`] : [this.#kept, state];
    let lines = kept.get(number, key);
    if (lines === undefined) {
      lines = linesOfSegments(await this.store.segments(number, upTo), upTo);
      kept.set(number, key, lines, 200 + lines.length * bytesOfLine);
    }
    return lines;
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

function selectedOf(
  lines: SheetLines,
  fits: ((member: number) => boolean) | undefined,
  days: ((fromDay: number, toDay: number) => boolean) | undefined,
): Uint32Array {
  if (lines.length === 0) return none;
  const selected = new Uint32Array(lines.length);
  let used = 0;
  for (let line = 0; line < lines.length; line++) {
    if (fits !== undefined && !fits(lines.member[line] ?? 0)) continue;
    if (days !== undefined && !days(lines.fromDay[line] ?? 0, lines.toDay[line] ?? 0)) continue;
    selected[used++] = line;
  }
  return selected.subarray(0, used);
}
