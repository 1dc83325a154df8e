import type { Reading } from './changes';
import type { LineIndex, NumberedSheet } from './line-index';
import type { Sheet } from './sheet';
import type { LineKind } from '@ledger/domain';

/** Which sheets are wanted. */
export interface WantedSheets {
  readonly kinds: readonly LineKind[];
  /** Only of these financial years; null for those whose year is not known. */
  readonly years?: readonly (number | null)[] | undefined;
  readonly fits: (sheet: Sheet) => boolean;
  /** Says all of the above in words, whatever else is asked. */
  readonly name: string;
  /** What else it depends on which sheets fit: another object, another choice. */
  readonly on?: object | undefined;
}

interface Chosen {
  readonly on: object | undefined;
  readonly as: Reading;
  readonly sheets: readonly NumberedSheet[];
  readonly numbers: readonly number[];
  /** The sets of sheets that they were chosen from. */
  readonly sets: readonly number[];
}

/** So many choices are kept: the questions of a dashboard are fewer. */
const mostKept = 1000;

/** Chooses sheets by what is wanted, once for a question that is asked again: there are thousands, and few are new. */
export class NamedSheets {
  readonly #chosen = new Map<string, Chosen>();

  constructor(readonly index: LineIndex) {}

  /** The sheets that are wanted, their numbers, and the sets that they were chosen from. The index has been refreshed. */
  choose({ kinds, years, fits, name, on }: WantedSheets): Omit<Chosen, 'on' | 'as'> {
    const known = this.#chosen.get(name);
    if (known?.on === on && known !== undefined && !this.index.anyChanged(known.sets, known.as)) return known;
    const sheets: NumberedSheet[] = [];
    const sets: number[] = [];
    for (const kind of new Set(kinds)) {
      for (const year of years ?? [undefined]) sets.push(this.index.setOfSheets(kind, year));
      for (const numbered of this.index.sheetsOf(kind, years))
        if (fits(numbered.sheet)) sheets.push(numbered);
    }
    const as = this.index.reading;
    const chosen = { on, as, sheets, numbers: sheets.map(({ number }) => number), sets };
    if (this.#chosen.size >= mostKept) this.#chosen.clear();
    this.#chosen.set(name, chosen);
    return chosen;
  }
}
