import type { Catalogue } from './catalogue';
import { amountsOfClaim, areaOfClaim } from './claims';
import { textAt } from './json';
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
  for (const { type, data, story } of contents) {
    if (type !== 'SavingsRecorded') continue;
    const area = areaOfClaim(data, (offer) => catalogue.offers.get(offer)?.savingsArea ?? null);
    const gainType = textAt(data, 'gainType');
    for (const { kind, fromYear, toYear, realisation, basis: amountBasis, pence } of amountsOfClaim(
      data,
      story,
    )) {
      if (kind !== 'gain') continue;
      if (fromYear < toYear && fromYear <= year && year <= toYear) notApportioned += pence;
      if (fromYear !== year || toYear !== year) continue;
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
