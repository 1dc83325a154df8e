import type { Catalogue } from '@ledger/domain';
import type { Manner, Sheet } from '../../lines/sheet';
import type { SelectedLines } from '../../lines/selected-lines';
import { areaOf, GainSum, severalTimes, surenessOf } from './gains';

/** Where gains of one sheet and manner are added. */
interface Place {
  readonly sums: readonly GainSum[];
  readonly sureness: number;
}

/** Gains of a year, added up in the ways in which the savings table shows them. */
export class SummedGains {
  readonly total = new GainSum();
  readonly #byManner = new Map<Manner, GainSum>();
  readonly byArea = new Map<string | null, GainSum>();
  /** By realisation, gain type and basis. */
  readonly byKind = new Map<string, { readonly manner: Manner; readonly sum: GainSum }>();

  constructor(gains: SelectedLines, catalogue: Catalogue) {
    const { parts, index } = gains;
    const several = severalTimes(gains);
    for (const { sheet, lines, selected } of parts) {
      // Few manners, many lines: where the lines of each go is found out once for a sheet.
      const places: Place[] = [];
      for (const line of selected) {
        const number = lines.manner[line] ?? 0;
        const { sums, sureness } = (places[number] ??= this.#place(sheet, index.manner(number), catalogue));
        const pence = lines.quantity[line] ?? 0;
        const thing = lines.thing[line] ?? 0;
        const again = several.size > 0 && several.has(thing);
        for (const sum of sums) sum.add(pence, sureness, thing, again);
      }
    }
  }

  #place(sheet: Sheet, manner: Manner, catalogue: Catalogue): Place {
    const area = areaOf({ savingsArea: manner.savingsArea, offer: sheet.offer }, catalogue);
    const ofArea = this.byArea.get(area) ?? new GainSum();
    this.byArea.set(area, ofArea);
    const sums = [this.total, ofArea, this.#ofKind(manner)];
    if (sheet.illustrative) for (const sum of sums) sum.illustrative = true;
    return { sums, sureness: surenessOf(manner.qualifier) };
  }

  /** Manners that differ in what the table does not tell apart share a sum. */
  #ofKind(manner: Manner): GainSum {
    const made = this.#byManner.get(manner);
    if (made !== undefined) return made;
    const sum = this.#kindOf(manner);
    this.#byManner.set(manner, sum);
    return sum;
  }

  #kindOf(manner: Manner): GainSum {
    const key = JSON.stringify([manner.realisation, manner.gainType, manner.amountBasis]);
    const known = this.byKind.get(key);
    if (known !== undefined) return known.sum;
    const sum = new GainSum();
    this.byKind.set(key, { manner, sum });
    return sum;
  }

  /** By the key of `byKind`. */
  kind(key: string): GainSum {
    return this.byKind.get(key)?.sum ?? new GainSum();
  }

  area(id: string | null): GainSum {
    return this.byArea.get(id) ?? new GainSum();
  }
}
