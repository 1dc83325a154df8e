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
export interface Lifetime extends Pick<ClaimOfYear, 'offer' | 'area' | 'illustrative' | 'gainType'> {
  /** Estimated over all its years; nothing where no amount of it is of the year. */
  readonly estimate: number;
  /** Delivered in the year and in those before it. */
  readonly deliveredToDate: number;
}

/** Sheets of amounts, whatever years they are given for. */
const ofAnyYears = {
  name: 'amounts of any years',
  fits: ({ amountFrom, amountTo }: Pick<Sheet, 'amountFrom' | 'amountTo'>): boolean =>
    amountFrom !== null && amountTo !== null,
};

interface Amount {
  readonly span: Span;
  readonly claim: ClaimOfYear;
}

function lifetimeOf(amounts: readonly Amount[], year: number): Lifetime | undefined {
  const [first] = amounts;
  if (first === undefined) return undefined;
  const undivided = amounts.filter(({ span }) => span.from < span.to);
  const isWithin = (of: number): boolean => undivided.some(({ span }) => span.from <= of && of <= span.to);
  let [estimate, deliveredToDate, touched] = [0, 0, false];
  for (const { span, claim } of amounts) {
    touched ||= span.from <= year && year <= span.to;
    if (span.to <= year) deliveredToDate += claim.delivered;
    // What is delivered of years that an undivided estimate covers is in that estimate already.
    const covered = span.from === span.to && isWithin(span.from);
    estimate += covered ? claim.gain - claim.delivered + claim.replaced : estimateOf(claim);
  }
  const { offer, area, illustrative, gainType } = first.claim;
  return { offer, area, illustrative, gainType, estimate: touched ? estimate : 0, deliveredToDate };
}

/** What claims come to beyond a year: those with an amount of it, and those delivered before it. */
export async function lifetimesOf(
  asking: Asking,
  ground: Ground,
  year: number,
): Promise<readonly Lifetime[]> {
  const byThing = new Map<number, Amount[]>();
  for (const { span, claims } of await claimsBySpan(asking, ground, ofAnyYears))
    for (const [thing, claim] of claims) {
      const known = byThing.get(thing);
      if (known === undefined) byThing.set(thing, [{ span, claim }]);
      else known.push({ span, claim });
    }
  return [...byThing.values()].flatMap((amounts) => {
    const lifetime = lifetimeOf(amounts, year);
    return lifetime === undefined || (lifetime.estimate === 0 && lifetime.deliveredToDate === 0)
      ? []
      : [lifetime];
  });
}
