import type { Catalogue } from './catalogue';
import { amountsOfClaim, areaOfClaim } from './claims';
import type { StandingContent } from './things';

/** What the claims of a savings area come to in a year, in pence. */
export interface GainsOfArea {
  /** Null: claims of no savings area. */
  readonly area: string | null;
  readonly claims: number;
  readonly estimate: number;
  readonly delivered: number;
  readonly verified: number;
  readonly net: number;
  readonly attributed: number;
}

const none = { claims: 0, estimate: 0, delivered: 0, verified: 0, net: 0, attributed: 0 };

/** Adds up the claims that stand by area, from estimate to verified. */
export function gainsOf(
  contents: readonly StandingContent[],
  catalogue: Catalogue,
  year: number,
): GainsOfArea[] {
  const rows = new Map<string | null, Omit<GainsOfArea, 'area'>>();
  for (const { type, data, story } of contents) {
    if (type !== 'SavingsRecorded') continue;
    const own = { ...none };
    let replaced = 0;
    for (const amount of amountsOfClaim(data, story)) {
      if (amount.fromYear !== year || amount.toYear !== year) continue;
      own.claims = 1;
      const delivered = amount.realisation === 'delivered' && amount.basis !== 'forecast';
      const { kind, pence } = amount;
      if (kind === 'gain') own.estimate += pence;
      if (kind === 'gain-estimate') replaced += pence;
      if (kind === 'gain-verified') own.verified += pence;
      if (!delivered) continue;
      if (kind === 'gain') own.delivered += pence;
      if (kind === 'gain-cost') own.net -= pence;
      if (kind === 'gain-of-others') own.attributed -= pence;
    }
    if (own.claims === 0) continue;
    // What was estimated for the year stays the estimate, whatever was delivered.
    if (replaced > 0) own.estimate += replaced - own.delivered;
    own.net += own.delivered;
    own.attributed += own.delivered;
    const area = areaOfClaim(data, (offer) => catalogue.offers.get(offer)?.savingsArea ?? null);
    const sum = rows.get(area) ?? none;
    rows.set(area, {
      claims: sum.claims + own.claims,
      estimate: sum.estimate + own.estimate,
      delivered: sum.delivered + own.delivered,
      verified: sum.verified + own.verified,
      net: sum.net + own.net,
      attributed: sum.attributed + own.attributed,
    });
  }
  return [...rows].map(([area, row]) => ({ area, ...row }));
}
