import type { Sheet } from '../../lines/sheet';
import type { Asking, Ground } from '../asking';
import { claimsBySpan, estimateOf, type ClaimOfYear, type Span } from './claims-of-year';

/** How amounts of more than the year are added. */
export const lifetimeRule = {
  id: 'gains-lifetime/1',
  words:
    'Over all years: of the claims that have an amount of this year, alone or within several years that nothing divides, what is estimated of them in all their years; of years that no estimate covers, what was delivered. Delivered to date: actual amounts of this year and of every year before it. Neither is an amount of the year.',
};

/** What a claim comes to beyond one year, in pence. */
export interface Lifetime {
  /** Estimated over all its years; nothing where no amount of it is of the year. */
  readonly estimate: number;
  /** Delivered in the year and in those before it. */
  readonly deliveredToDate: number;
}

/** Sheets of amounts, whatever years they are given for. */
export const ofAnyYears = {
  name: 'amounts of any years',
  fits: ({ amountFrom, amountTo }: Pick<Sheet, 'amountFrom' | 'amountTo'>): boolean =>
    amountFrom !== null && amountTo !== null,
};

/** What a claim comes to in the years that an amount is given for. */
export interface SpanAmount {
  readonly span: Span;
  readonly claim: ClaimOfYear;
}

/** Whether years are within others of the claim that nothing divides: what is delivered of them was estimated there. */
function isCovered({ from, to }: Span, amounts: readonly SpanAmount[]): boolean {
  return (
    from === to && amounts.some(({ span }) => span.from < span.to && span.from <= from && from <= span.to)
  );
}

/** Whether what was delivered of these years is left out of the estimate, since an estimate of them is in it. */
export function hasOwnEstimate({ span, claim }: SpanAmount, amounts: readonly SpanAmount[]): boolean {
  return claim.replaced > 0 || isCovered(span, amounts);
}

/** What the amounts of a claim come to beyond a year. */
export function lifetimeOf(amounts: readonly SpanAmount[], year: number): Lifetime {
  let [estimate, deliveredToDate, touched] = [0, 0, false];
  for (const amount of amounts) {
    const { span, claim } = amount;
    touched ||= span.from <= year && year <= span.to;
    if (span.to <= year) deliveredToDate += claim.delivered;
    estimate += hasOwnEstimate(amount, amounts)
      ? claim.gain - claim.delivered + claim.replaced
      : estimateOf(claim);
  }
  return { estimate: touched ? estimate : 0, deliveredToDate };
}

/** All amounts of claims, by the positions of the claims' first events. */
export async function amountsOfClaims(
  asking: Asking,
  ground: Ground,
): Promise<ReadonlyMap<number, readonly SpanAmount[]>> {
  const byThing = new Map<number, SpanAmount[]>();
  for (const { span, claims } of await claimsBySpan(asking, ground, ofAnyYears))
    for (const [thing, claim] of claims) {
      const known = byThing.get(thing);
      if (known === undefined) byThing.set(thing, [{ span, claim }]);
      else known.push({ span, claim });
    }
  return byThing;
}
