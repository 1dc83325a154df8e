import { financialYearLabel } from '@ledger/calendar';
import type { AskedAt } from '../answered';
import type { Asking, Ground } from '../asking';
import type { PublishedFigures } from '../published-figures';
import { selectLines } from '../select-lines';
import { showPounds } from '../showing';
import { claimsOfYear, estimateOf, estimateOfOthers, type ClaimOfYear } from './claims-of-year';
import { lifetimeRule, lifetimesOf, type Lifetime } from './lifetimes';
import type { GainsCells, GainsRow, GainsTable } from './gains-table-answers';

const rule = {
  id: 'gains-table/1',
  words:
    'Amounts given for this financial year alone. Estimate: what was identified or agreed, also where a delivery has taken the place of it; of what was never estimated, what was delivered. Delivered: actual amounts. Verified: the part of them that is verified. Rejected, lapsed and withdrawn amounts, and what counts in another claim, are in none of them.',
};

/** How the sources of a table are told: from the surest method to none. */
const methods: Readonly<Record<string, string>> = {
  actuals: 'actual figures',
  "council's estimate": 'estimates of the councils',
  "consultant's estimate": 'estimates of consultants',
  'extrapolated from a sample': 'extrapolated from a sample',
  'not stated': 'by a method that is not stated',
};

function sumOf<T>(claims: readonly T[], of: (claim: T) => number): number {
  const total = claims.reduce((added, claim) => added + of(claim), 0);
  if (!Number.isSafeInteger(total)) throw new RangeError('The sum of gains is beyond 2^53 pence');
  return total;
}

function cellsOf(
  claims: readonly ClaimOfYear[],
  lifetimes: readonly Lifetime[],
  targetPence: number | null,
): GainsCells {
  const sum = (of: (claim: ClaimOfYear) => number): number => sumOf(claims, of);
  const estimatePence = sum(estimateOf);
  const deliveredPence = sum(({ delivered }) => delivered);
  const verifiedPence = sum(({ verified }) => verified);
  const deliveredNetPence = deliveredPence - sum(({ cost }) => cost);
  const deliveredOfOthers = sum((claim) => claim.deliveredOfOthers);
  return {
    claims: claims.length,
    estimatePence,
    deliveredPence,
    estimateAttributedPence: estimatePence - sum(estimateOfOthers),
    deliveredAttributedPence: deliveredPence - deliveredOfOthers,
    deliveredNetPence,
    deliveredNetAttributedPence:
      deliveredNetPence - (deliveredOfOthers - sum(({ costOfOthers }) => costOfOthers)),
    verifiedPence,
    verifiedAttributedPence: verifiedPence - sum(({ verifiedOfOthers }) => verifiedOfOthers),
    lifetimeEstimatePence: sumOf(lifetimes, ({ estimate }) => estimate),
    deliveredToDatePence: sumOf(lifetimes, ({ deliveredToDate }) => deliveredToDate),
    targetPence,
    estimateMinusTargetPence: targetPence === null ? null : estimatePence - targetPence,
    deliveredMinusTargetPence: targetPence === null ? null : deliveredPence - targetPence,
  };
}

/** The label of a column names every gain type that it adds up (B5). */
function columnLabel<T extends { readonly gainType: string }>(
  name: string,
  claims: readonly T[],
  of: (claim: T) => number,
): string {
  const types = [
    ...new Set(claims.filter((claim) => of(claim) !== 0).map(({ gainType }) => gainType)),
  ].sort();
  if (types.length === 0) return name;
  const words = types.map((type) => (type === 'not stated' ? 'gains of a type not stated' : type));
  return `${name}: ${words.join('; ')}`;
}

/** By which methods the amounts were found, with how much of the estimate is by each. */
async function footnotesOf(
  asking: Asking,
  ground: Ground,
  claims: ReadonlyMap<number, ClaimOfYear>,
): Promise<readonly string[]> {
  const { parts, index } = await selectLines(asking, ground, { kinds: ['claim'] });
  const byMethod = new Map<string, { claims: number; pence: number }>();
  for (const { lines, selected } of parts)
    for (const line of selected) {
      const claim = claims.get(lines.thing[line] ?? 0);
      if (claim === undefined) continue;
      const method = index.manner(lines.manner[line] ?? 0).subject ?? 'not stated';
      const known = byMethod.get(method) ?? { claims: 0, pence: 0 };
      byMethod.set(method, { claims: known.claims + 1, pence: known.pence + estimateOf(claim) });
    }
  return Object.entries(methods).flatMap(([method, words]) => {
    const found = byMethod.get(method);
    if (found === undefined) return [];
    const of = found.claims === 1 ? '1 claim' : `${found.claims} claims`;
    return [
      `${showPounds(found.pence)} of the estimate, in ${of}, ${method === 'not stated' ? 'found' : 'from'} ${words}.`,
    ];
  });
}

/** What a claim is put under; null where it is of none. */
function groupOf(
  { catalogue }: Ground,
  by: GainsTable['by'],
  { area, offer }: Pick<ClaimOfYear, 'area' | 'offer'>,
): string | null {
  if (by === 'area') return area;
  return offer === null ? null : (catalogue.offers.get(offer)?.programme ?? null);
}

function groupsOf({ catalogue }: Ground, by: GainsTable['by']): { id: string | null; label: string }[] {
  const groups: { id: string | null; label: string }[] =
    by === 'area'
      ? [...catalogue.savingsAreas.values()].sort((a, b) => a.order - b.order)
      : [...catalogue.programmes.values()].map(({ id, label }) => ({ id, label }));
  return [
    ...groups.map(({ id, label }) => ({ id, label })),
    { id: null, label: by === 'area' ? 'No savings area' : 'No programme' },
  ];
}

/** Savings of a financial year by area or programme, from estimate to verified, against the target (B13). */
export async function gainsTable(
  asking: Asking,
  published: PublishedFigures,
  { year, by, at }: { readonly year: number; readonly by: GainsTable['by']; readonly at?: AskedAt },
): Promise<GainsTable> {
  const ground = await asking.ground(at);
  const byThing = await claimsOfYear(asking, ground, year);
  const claims = [...byThing.values()];
  const lifetimes = await lifetimesOf(asking, ground, year);
  const [target] = await published.matching({ ask: 'savings-target', year }, ground.upTo);
  const rows: GainsRow[] = groupsOf(ground, by).flatMap(({ id, label }) => {
    const own = claims.filter((claim) => groupOf(ground, by, claim) === id);
    const beyond = lifetimes.filter((claim) => groupOf(ground, by, claim) === id);
    return own.length + beyond.length === 0 && (id === null || by === 'programme')
      ? []
      : [{ id, label, ...cellsOf(own, beyond, null) }];
  });
  return {
    ...ground.answered,
    illustrative: [...claims, ...lifetimes].some(({ illustrative }) => illustrative),
    year: financialYearLabel(year),
    by,
    rows,
    // Targets are printed in whole pounds, for all areas together.
    total: cellsOf(claims, lifetimes, target === undefined ? null : Number(target.value) * 100),
    columns: {
      estimate: columnLabel('Estimate, identified or agreed', claims, estimateOf),
      delivered: columnLabel('Delivered', claims, ({ delivered }) => delivered),
      verified: columnLabel('Of which verified', claims, ({ verified }) => verified),
      lifetimeEstimate: columnLabel('Estimate over all years', lifetimes, ({ estimate }) => estimate),
      deliveredToDate: columnLabel(
        'Delivered until the end of the year',
        lifetimes,
        ({ deliveredToDate }) => deliveredToDate,
      ),
    },
    footnotes: await footnotesOf(asking, ground, byThing),
    rule,
    lifetimeRule,
  };
}
