import type { Catalogue } from './catalogue';
import { amountsOfClaim, areaOfClaim, type ClaimAmount } from './claims';
import type { StandingContent } from './things';

/** What claims come to in a year, in pence. */
export interface Gains {
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

export interface GainsOfArea extends Gains {
  /** Null: claims of no savings area. */
  readonly area: string | null;
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

/** The names of what is added up. */
// The keys of an object whose type has these alone.
export const gainNames = Object.keys(none) as readonly (keyof Gains)[];

/** The years of a claim, each once; those given together are one. */
function spansOf(amounts: readonly ClaimAmount[]): readonly (readonly [from: number, to: number])[] {
  const spans = new Map(
    amounts.map(({ fromYear, toYear }) => [`${fromYear}-${toYear}`, [fromYear, toYear] as const]),
  );
  return [...spans.values()];
}

/** What a claim comes to over all its years, and until the end of one. */
function beyond(amounts: readonly ClaimAmount[], year: number): Pick<Gains, 'lifetime' | 'toDate'> {
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

/** What one claim comes to in a year and beyond it; undefined where that is nothing. */
export function gainsOfClaim(amounts: readonly ClaimAmount[], year: number): Gains | undefined {
  const own = { ...none, ...beyond(amounts, year) };
  let [replaced, replacedOfOthers] = [0, 0];
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
  if (own.claims === 0 && own.lifetime === 0 && own.toDate === 0) return undefined;
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
  return own;
}

/** Both added up. */
export function plus(one: Gains | undefined, other: Gains): Gains {
  const sum = { ...none };
  for (const name of gainNames) sum[name] = (one?.[name] ?? 0) + other[name];
  return sum;
}

/** Adds up the claims that stand by area, from estimate to verified. */
export function gainsOf(
  contents: readonly StandingContent[],
  catalogue: Catalogue,
  year: number,
): GainsOfArea[] {
  const rows = new Map<string | null, Gains>();
  for (const { type, data, story } of contents) {
    if (type !== 'SavingsRecorded') continue;
    const own = gainsOfClaim(amountsOfClaim(data, story), year);
    if (own === undefined) continue;
    const area = areaOfClaim(data, (offer) => catalogue.offers.get(offer)?.savingsArea ?? null);
    rows.set(area, plus(rows.get(area), own));
  }
  return [...rows].map(([area, row]) => ({ area, ...row }));
}
