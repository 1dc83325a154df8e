import type { StandingLine } from '@ledger/domain';
import type { KnownDays } from './day-number';
import type { LineIndex } from './line-index';
import type { SheetLines } from './sheet-lines';
import type { Manner, Sheet } from './sheet';

/** The lines of one sheet that were selected: which of its columns. */
export interface SelectedPart {
  readonly sheet: Sheet;
  readonly lines: SheetLines;
  readonly selected: Uint32Array;
}

/** Selected lines, still in columns: only what is shown is written out. */
export class SelectedLines {
  readonly length: number;
  /** Whether any of them is illustrative. */
  readonly illustrative: boolean;

  constructor(
    readonly parts: readonly SelectedPart[],
    readonly index: LineIndex,
    readonly days: KnownDays,
  ) {
    let length = 0;
    for (const { selected } of parts) length += selected.length;
    this.length = length;
    this.illustrative = parts.some(({ sheet, selected }) => sheet.illustrative && selected.length > 0);
  }

  /** All of them, sheet by sheet. */
  all(): StandingLine[] {
    const found: StandingLine[] = [];
    for (const part of this.parts) for (const line of part.selected) found.push(this.#standing(part, line));
    return found;
  }

  /** A page of them in the order of their positions. */
  page(offset: number, limit: number): StandingLine[] {
    const heads = this.parts.map((part) => ({ part, at: 0 })).filter(({ part }) => part.selected.length > 0);
    const found: StandingLine[] = [];
    const positionOf = ({ part, at }: (typeof heads)[number]): number =>
      part.lines.position[part.selected[at] ?? -1] ?? Infinity;
    // A heap would be quicker for deep pages; pages are short and parts are few.
    heads.sort((a, b) => positionOf(a) - positionOf(b));
    for (let skipped = 0; found.length < limit;) {
      const [first] = heads;
      if (first === undefined || positionOf(first) === Infinity) break;
      if (skipped < offset) skipped += 1;
      else found.push(this.#standing(first.part, first.part.selected[first.at] ?? 0));
      first.at += 1;
      // Back to its place among the others.
      const position = positionOf(first);
      let at = 0;
      for (let next = heads[1]; next !== undefined && positionOf(next) < position; next = heads[at + 1]) {
        heads[at] = next;
        at += 1;
        heads[at] = first;
      }
    }
    return found;
  }

  /** Only those whose sheet and manner fit. */
  where(fits: (sheet: Sheet, manner: Manner) => boolean): SelectedLines {
    const parts = this.parts.map(({ sheet, lines, selected }) => {
      const judged = new Map<Manner, boolean>();
      return {
        sheet,
        lines,
        selected: selected.filter((line) => {
          const manner = this.index.manner(lines.manner[line] ?? 0);
          let fit = judged.get(manner);
          if (fit === undefined) {
            fit = fits(sheet, manner);
            judged.set(manner, fit);
          }
          return fit;
        }),
      };
    });
    return new SelectedLines(parts, this.index, this.days);
  }

  /** Only those of things that fit, as the line has them; judged one by one. */
  whereThing(fits: (thing: number, sheet: Sheet, manner: Manner) => boolean): SelectedLines {
    const parts = this.parts.map(({ sheet, lines, selected }) => ({
      sheet,
      lines,
      selected: selected.filter((line) =>
        fits(lines.thing[line] ?? 0, sheet, this.index.manner(lines.manner[line] ?? 0)),
      ),
    }));
    return new SelectedLines(parts, this.index, this.days);
  }

  /** These and others, selected of the same read model. */
  with(others: SelectedLines): SelectedLines {
    return new SelectedLines([...this.parts, ...others.parts], this.index, this.days);
  }

  /** Only those of some bodies. */
  ofBodies(bodies: ReadonlySet<string>): SelectedLines {
    const numbers = new Set<number>();
    for (const body of bodies) numbers.add(this.index.bodyNumber(body) ?? -1);
    const parts = this.parts.map(({ sheet, lines, selected }) => ({
      sheet,
      lines,
      selected: selected.filter((line) => numbers.has(lines.body[line] ?? 0)),
    }));
    return new SelectedLines(parts, this.index, this.days);
  }

  /** Only those of some offers. */
  ofOffers(fits: (offer: string | null) => boolean): SelectedLines {
    return new SelectedLines(
      this.parts.filter(({ sheet }) => fits(sheet.offer)),
      this.index,
      this.days,
    );
  }

  /** The bodies that they name. */
  bodies(): ReadonlySet<string> {
    const numbers = new Set<number>();
    for (const { lines, selected } of this.parts)
      for (const line of selected) numbers.add(lines.body[line] ?? 0);
    return this.index.bodyIds(numbers);
  }

  #standing({ sheet, lines }: SelectedPart, at: number): StandingLine {
    return {
      line: this.index.line(sheet, {
        manner: lines.manner[at] ?? 0,
        body: lines.body[at] ?? 0,
        person: lines.person[at] ?? 0,
        from: this.days.date(lines.fromDay[at] ?? 0),
        to: this.days.date(lines.toDay[at] ?? 0),
        quantity: lines.quantity[at] ?? 0,
        basis: lines.reportYear[at] === 1 ? 'report-year' : 'stated',
      }),
      thing: BigInt(lines.thing[at] ?? 0),
      position: BigInt(lines.position[at] ?? 0),
      count: 1,
    };
  }
}
