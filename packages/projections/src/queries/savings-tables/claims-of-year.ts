import type { LineKind } from '@ledger/domain';
import type { Asking, Ground } from '../asking';
import { selectLines, type Narrowed } from '../select-lines';
import { areaOf, ofYearAlone } from './gains';

/** How a gain is realised and known: what a label has to name (B5). */
export interface Sort {
  readonly realisation: string;
  readonly amountBasis: string;
}

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
  /** The sorts of its gains, and of what was estimated: those that are not delivered, and those that a delivery replaced. */
  sorts: ReadonlySet<Sort>;
  estimated: ReadonlySet<Sort>;
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

const noSorts: ReadonlySet<Sort> = new Set();

/** Sorts and sets of them, each made once: there are few, and very many claims that have them. */
class SharedSorts {
  readonly #sorts = new Map<string, Sort>();
  readonly #larger = new Map<ReadonlySet<Sort>, Map<Sort, ReadonlySet<Sort>>>();

  of({ realisation, amountBasis }: Parameters<typeof isDelivered>[0]): Sort {
    const sort = { realisation: realisation ?? '', amountBasis: amountBasis ?? '' };
    const key = `${sort.realisation}, ${sort.amountBasis}`;
    const made = this.#sorts.get(key) ?? sort;
    this.#sorts.set(key, made);
    return made;
  }

  /** The set with one sort more. */
  with(sorts: ReadonlySet<Sort>, sort: Sort): ReadonlySet<Sort> {
    if (sorts.has(sort)) return sorts;
    const made = this.#larger.get(sorts) ?? new Map<Sort, ReadonlySet<Sort>>();
    this.#larger.set(sorts, made);
    const larger = made.get(sort) ?? new Set([...sorts, sort]);
    made.set(sort, larger);
    return larger;
  }
}

/** The claims that have amounts, by the years that these are given for. */
export async function claimsBySpan(
  asking: Asking,
  ground: Ground,
  sheets: NonNullable<Narrowed['sheets']>,
): Promise<readonly { readonly span: Span; readonly claims: ReadonlyMap<number, ClaimOfYear> }[]> {
  const { parts, index } = await selectLines(asking, ground, { kinds: [...kinds] }, { sheets });
  const bySpan = new Map<string, { span: Span; claims: Map<number, ClaimOfYear> }>();
  const sorts = new SharedSorts();
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
        claim = { thing, offer, area, illustrative, ...nothing, sorts: noSorts, estimated: noSorts };
        claims.set(thing, claim);
      }
      claim.gainType = manner.gainType ?? 'not stated';
      const delivered = isDelivered(manner);
      if (kind === 'gain') claim.sorts = sorts.with(claim.sorts, sorts.of(manner));
      if (kind === 'gain-estimate' || (kind === 'gain' && !delivered))
        claim.estimated = sorts.with(claim.estimated, sorts.of(manner));
      add(claim, kind, lines.quantity[line] ?? 0, delivered);
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
