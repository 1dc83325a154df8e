import type { Catalogue } from './catalogue';
import { amountsOfClaim, areaOfClaim, type ClaimAmount } from './claims';
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
  /** Of each, what is put down to the programme. */
  readonly ownEstimate: number;
  readonly ownDelivered: number;
  readonly ownVerified: number;
  readonly ownNet: number;
  /** Of claims with an amount that is of the year, all that is estimated of them. */
  readonly lifetime: number;
  /** Delivered in the year and before it. */
  readonly toDate: number;
}

const none = {
  claims: 0,
  estimate: 0,
  delivered: 0,
  verified: 0,
  net: 0,
  ownEstimate: 0,
  ownDelivered: 0,
  ownVerified: 0,
  ownNet: 0,
  lifetime: 0,
  toDate: 0,
};

/** The years of a claim, each once; those given together are one. */
function spansOf(amounts: readonly ClaimAmount[]): readonly (readonly [from: number, to: number])[] {
  const spans = new Map(
    amounts.map(({ fromYear, toYear }) => [`${fromYear}-${toYear}`, [fromYear, toYear] as const]),
  );
  return [...spans.values()];
}

/** What a claim comes to over all its years, and until the end of one. */
function beyond(amounts: readonly ClaimAmount[], year: number): Pick<GainsOfArea, 'lifetime' | 'toDate'> {
  const spans = spansOf(amounts);
  let [lifetime, toDate] = [0, 0];
  for (const [from, to] of spans) {
    let [estimated, delivered, replaced] = [0, 0, 0];
    for (const { kind, fromYear, toYear, realisation, basis, pence } of amounts) {
      if (fromYear !== from || toYear !== to) continue;
      if (kind === 'gain-estimate') replaced += pence;
      if (kind !== 'gain') continue;
      if (realisation === 'delivered' && basis !== 'forecast') delivered += pence;
      else estimated += pence;
    }
    const inAnEstimate =
      from === to && spans.some(([first, last]) => first < last && first <= from && to <= last);
    lifetime += estimated + replaced + (inAnEstimate || replaced > 0 ? 0 : delivered);
    if (to <= year) toDate += delivered;
  }
  const isOfYear = spans.some(([from, to]) => from <= year && year <= to);
  return { lifetime: isOfYear ? lifetime : 0, toDate };
}

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
    let [replaced, replacedOfOthers] = [0, 0];
    const amounts = amountsOfClaim(data, story);
    Object.assign(own, beyond(amounts, year));
    for (const amount of amounts) {
      if (amount.fromYear !== year || amount.toYear !== year) continue;
      own.claims = 1;
      const delivered = amount.realisation === 'delivered' && amount.basis !== 'forecast';
      const { kind, pence } = amount;
      if (kind === 'gain') own.estimate += pence;
      if (kind === 'gain-of-others') own.ownEstimate -= pence;
      if (kind === 'gain-estimate') replaced += pence;
      if (kind === 'gain-estimate-of-others') replacedOfOthers += pence;
      if (kind === 'gain-verified') own.verified += pence;
      if (kind === 'gain-verified-of-others') own.ownVerified -= pence;
      if (!delivered) continue;
      if (kind === 'gain') own.delivered += pence;
      if (kind === 'gain-cost') own.net -= pence;
      if (kind === 'gain-of-others') own.ownDelivered -= pence;
      if (kind === 'gain-cost-of-others') own.ownNet += pence;
    }
    if (own.claims === 0 && own.lifetime === 0 && own.toDate === 0) continue;
    // What was estimated for the year stays the estimate, whatever was delivered.
    if (replaced > 0) {
      own.estimate += replaced - own.delivered;
      own.ownEstimate -= own.ownDelivered + replacedOfOthers;
    }
    own.net += own.delivered;
    own.ownNet += own.ownDelivered + own.net;
    own.ownEstimate += own.estimate;
    own.ownDelivered += own.delivered;
    own.ownVerified += own.verified;
    const area = areaOfClaim(data, (offer) => catalogue.offers.get(offer)?.savingsArea ?? null);
    const sum = rows.get(area) ?? none;
    rows.set(area, {
      claims: sum.claims + own.claims,
      estimate: sum.estimate + own.estimate,
      delivered: sum.delivered + own.delivered,
      verified: sum.verified + own.verified,
      net: sum.net + own.net,
      ownEstimate: sum.ownEstimate + own.ownEstimate,
      ownDelivered: sum.ownDelivered + own.ownDelivered,
      ownVerified: sum.ownVerified + own.ownVerified,
      ownNet: sum.ownNet + own.ownNet,
      lifetime: sum.lifetime + own.lifetime,
      toDate: sum.toDate + own.toDate,
    });
  }
  return [...rows].map(([area, row]) => ({ area, ...row }));
}
