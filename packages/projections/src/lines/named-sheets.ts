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
  readonly keys: number;
  readonly sheets: readonly NumberedSheet[];
  readonly numbers: readonly number[];
}

/** So many choices are kept: the questions of a dashboard are fewer. */
const mostKept = 1000;

/** Chooses sheets by what is wanted, once for a question that is asked again: there are thousands, and few are new. */
export class NamedSheets {
  readonly #chosen = new Map<string, Chosen>();

  constructor(readonly index: LineIndex) {}

  /** The sheets that are wanted, and their numbers. The index has been refreshed. */
  choose({ kinds, years, fits, name, on }: WantedSheets): Pick<Chosen, 'sheets' | 'numbers'> {
    const { keys } = this.index.reading;
    const known = this.#chosen.get(name);
    if (known?.keys === keys && known.on === on) return known;
    const sheets: NumberedSheet[] = [];
    for (const kind of new Set(kinds))
      for (const numbered of this.index.sheetsOf(kind, years))
        if (fits(numbered.sheet)) sheets.push(numbered);
    const chosen = { on, keys, sheets, numbers: sheets.map(({ number }) => number) };
    if (this.#chosen.size >= mostKept) this.#chosen.clear();
    this.#chosen.set(name, chosen);
    return chosen;
  }
}
