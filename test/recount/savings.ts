import type { Catalogue } from './catalogue';
import { objectsAt, textAt, textOrNull, wholeAt } from './json';
import type { StandingContent } from './things';

export interface SavingsByArea {
  /** Null: claims of no savings area. */
  readonly area: string | null;
  readonly pence: number;
}

export interface SavingsBySort {
  readonly realisation: string;
  readonly gainType: string;
  readonly amountBasis: string;
  readonly pence: number;
}

/** Gross gains of a year, in pence. */
export interface Savings {
  /** In the order of the areas' names, claims of none last. */
  readonly rows: readonly SavingsByArea[];
  readonly split: readonly SavingsBySort[];
  readonly total: number;
  /** Amounts over several years of which this is one: nothing divides them, and they are not in the total. */
  readonly notApportioned: number;
}

/** Adds up the claims that stand, for a financial year. */
export function savingsOf(contents: readonly StandingContent[], catalogue: Catalogue, year: number): Savings {
  const rows = new Map<string | null, number>();
  const split = new Map<string, SavingsBySort>();
  let total = 0;
  let notApportioned = 0;
  for (const { type, data } of contents) {
    if (type !== 'SavingsRecorded') continue;
    const offer = textOrNull(data, 'offer');
    const offersArea = offer === null ? null : (catalogue.offers.get(offer)?.savingsArea ?? null);
    const area = textOrNull(data, 'savingsArea') ?? offersArea;
    const realisation = textAt(data, 'realisation');
    const gainType = textAt(data, 'gainType');
    for (const amount of objectsAt(data, 'amounts')) {
      const from = wholeAt(amount, 'fromYear');
      const to = wholeAt(amount, 'toYear');
      const pence = wholeAt(amount, 'grossPence');
      if (from < to && from <= year && year <= to) notApportioned += pence;
      if (from !== year || to !== year) continue;
      const amountBasis = textAt(amount, 'basis');
      const sort = JSON.stringify([realisation, gainType, amountBasis]);
      total += pence;
      rows.set(area, (rows.get(area) ?? 0) + pence);
      split.set(sort, {
        realisation,
        gainType,
        amountBasis,
        pence: (split.get(sort)?.pence ?? 0) + pence,
      });
    }
  }
  return {
    rows: [...rows]
      .map(([area, pence]) => ({ area, pence }))
      .sort((a, b) => (a.area === null ? 1 : b.area === null || a.area < b.area ? -1 : 1)),
    split: [...split].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sort]) => sort),
    total,
    notApportioned,
  };
}
