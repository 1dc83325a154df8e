import type { Asking, Ground } from '../asking';
import { amountsOf, type ClaimAmounts } from './claim-amounts';
import type { ClaimOfYear } from './claims-of-year';
import { amountsOfClaims, lifetimeOf, type SpanAmount } from './lifetimes';

/** A claim as the savings table of a year adds it up. */
export interface ClaimOfTable extends Pick<
  ClaimOfYear,
  'thing' | 'offer' | 'area' | 'illustrative' | 'gainType'
> {
  /** Whether it has an amount of the year alone, and whether it has no other. */
  readonly isOfYear: boolean;
  readonly isOfYearAlone: boolean;
  readonly amounts: ClaimAmounts;
  /** What it comes to by the years that its amounts are given for. */
  readonly spans: readonly SpanAmount[];
}

function claimOfTable(spans: readonly SpanAmount[], year: number): ClaimOfTable | undefined {
  const [first] = spans;
  if (first === undefined) return undefined;
  const ofYear = spans.find(({ span }) => span.from === year && span.to === year)?.claim;
  const lifetime = lifetimeOf(spans, year);
  if (ofYear === undefined && lifetime.estimate === 0 && lifetime.deliveredToDate === 0) return undefined;
  const { thing, offer, area, illustrative, gainType } = first.claim;
  return {
    thing,
    offer,
    area,
    illustrative,
    gainType,
    isOfYear: ofYear !== undefined,
    isOfYearAlone: ofYear !== undefined && spans.length === 1,
    amounts: amountsOf(ofYear, lifetime),
    spans,
  };
}

/** The claims with an amount of a year, and those that only come to something over all years or up to its end. */
export async function claimsOfTable(
  asking: Asking,
  ground: Ground,
  year: number,
): Promise<readonly ClaimOfTable[]> {
  const byThing = await amountsOfClaims(asking, ground);
  return [...byThing.values()].flatMap((spans) => claimOfTable(spans, year) ?? []);
}
