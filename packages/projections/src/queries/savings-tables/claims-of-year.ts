import type { LineKind } from '@ledger/domain';
import type { Asking, Ground } from '../asking';
import { selectLines, type Narrowed } from '../select-lines';
import { areaOf, ofYearAlone } from './gains';

/** What one claim comes to in a financial year, from its lines, in pence. */
export interface ClaimOfYear {
  /** The position of its first event. */
  readonly thing: number;
  readonly offer: string | null;
  readonly area: string | null;
  readonly illustrative: boolean;
  gainType: string;
  /** Gains: what counts of it. */
  gain: number;
  /** The part of the gains that is delivered and actual. */
  delivered: number;
  verified: number;
  cost: number;
  /** The part of the gains that is put down to others, and of that what is delivered. */
  gainOfOthers: number;
  deliveredOfOthers: number;
  costOfOthers: number;
  verifiedOfOthers: number;
  /** Estimates that deliveries have taken the place of. */
  replaced: number;
  replacedOfOthers: number;
  lapsed: number;
  elsewhere: number;
  /** How its gains are realised and known, in words: what a label has to name. */
  readonly sorts: Set<string>;
}

const kinds: readonly LineKind[] = [
  'gain',
  'gain-cost',
  'gain-of-others',
  'gain-cost-of-others',
  'gain-estimate-of-others',
  'gain-verified-of-others',
  'gain-estimate',
  'gain-verified',
  'gain-lapsed',
  'gain-elsewhere',
];

/** Delivered is what is said to be, and not as a forecast. */
export function isDelivered(manner: {
  readonly realisation: string | null;
  readonly amountBasis: string | null;
}): boolean {
  return manner.realisation === 'delivered' && manner.amountBasis !== 'forecast';
}

function add(claim: ClaimOfYear, kind: LineKind, pence: number, delivered: boolean): void {
  if (kind === 'gain') {
    claim.gain += pence;
    if (delivered) claim.delivered += pence;
  }
  if (kind === 'gain-cost' && delivered) claim.cost += pence;
  if (kind === 'gain-of-others') {
    claim.gainOfOthers += pence;
    if (delivered) claim.deliveredOfOthers += pence;
  }
  if (kind === 'gain-cost-of-others' && delivered) claim.costOfOthers += pence;
  if (kind === 'gain-estimate-of-others') claim.replacedOfOthers += pence;
  if (kind === 'gain-verified-of-others') claim.verifiedOfOthers += pence;
  if (kind === 'gain-estimate') claim.replaced += pence;
  if (kind === 'gain-verified') claim.verified += pence;
  if (kind === 'gain-lapsed') claim.lapsed += pence;
  if (kind === 'gain-elsewhere') claim.elsewhere += pence;
}

/** The years that an amount is given for, together: one, or several that nothing divides. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The claims that have an amount for exactly a financial year, by the positions of their first events. */
export async function claimsOfYear(
  asking: Asking,
  ground: Ground,
  year: number,
): Promise<ReadonlyMap<number, ClaimOfYear>> {
  const [found] = await claimsBySpan(asking, ground, ofYearAlone(year));
  return found?.claims ?? new Map();
}

/** The claims that have amounts, by the years that these are given for. */
export async function claimsBySpan(
  asking: Asking,
  ground: Ground,
  sheets: NonNullable<Narrowed['sheets']>,
): Promise<readonly { readonly span: Span; readonly claims: ReadonlyMap<number, ClaimOfYear> }[]> {
  const { parts, index } = await selectLines(asking, ground, { kinds: [...kinds] }, { sheets });
  const bySpan = new Map<string, { span: Span; claims: Map<number, ClaimOfYear> }>();
  for (const { sheet, lines, selected } of parts) {
    const span = { from: sheet.amountFrom ?? 0, to: sheet.amountTo ?? 0 };
    const key = `${span.from} ${span.to}`;
    const found = bySpan.get(key) ?? { span, claims: new Map<number, ClaimOfYear>() };
    bySpan.set(key, found);
    const { claims } = found;
    for (const line of selected) {
      const thing = lines.thing[line] ?? 0;
      const manner = index.manner(lines.manner[line] ?? 0);
      const { offer, illustrative, kind } = sheet;
      let claim = claims.get(thing);
      if (claim === undefined) {
        const area = areaOf({ savingsArea: manner.savingsArea, offer }, ground.catalogue);
        claim = { thing, offer, area, illustrative, ...nothing, sorts: new Set() };
        claims.set(thing, claim);
      }
      claim.gainType = manner.gainType ?? 'not stated';
      if (kind === 'gain') claim.sorts.add(`${manner.realisation ?? ''}, ${manner.amountBasis ?? ''}`);
      add(claim, kind, lines.quantity[line] ?? 0, isDelivered(manner));
    }
  }
  return [...bySpan.values()];
}

const nothing = {
  gainType: 'not stated',
  gain: 0,
  delivered: 0,
  verified: 0,
  cost: 0,
  gainOfOthers: 0,
  deliveredOfOthers: 0,
  costOfOthers: 0,
  verifiedOfOthers: 0,
  replaced: 0,
  replacedOfOthers: 0,
  lapsed: 0,
  elsewhere: 0,
};

/**
 * What was estimated of a claim for the year: its estimate, also where a delivery took the place of it; of what was never
 * estimated, what was delivered.
 */
export function estimateOf({ gain, delivered, replaced }: ClaimOfYear): number {
  return replaced > 0 ? gain - delivered + replaced : gain;
}

/** Of that estimate, the part that is put down to others than the programme. */
export function estimateOfOthers(claim: ClaimOfYear): number {
  const { gainOfOthers, deliveredOfOthers, replaced, replacedOfOthers } = claim;
  return replaced > 0 ? gainOfOthers - deliveredOfOthers + replacedOfOthers : gainOfOthers;
}
