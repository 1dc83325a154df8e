import { groupOf, type CouncilAt, type CouncilGrouping } from '@ledger/councils';
import type { SeededRandom } from './random';

/** A council as the generator needs it. */
export type Council = CouncilAt;

/** How many of the chosen councils lie in one group: from `from` to `to`, both included. */
export interface Quota {
  readonly by: CouncilGrouping;
  readonly group: string;
  readonly from: number;
  readonly to: number;
}

/** What a set of councils must be like. */
export interface Choice {
  readonly size: number;
  readonly quotas?: readonly Quota[];
  /** Must be among them. */
  readonly including?: ReadonlySet<string>;
  /** Must not be. */
  readonly excluding?: ReadonlySet<string>;
}

/** A set of councils that cannot be had: the quotas contradict each other or the register. */
export class NoSuchChoiceError extends Error {
  readonly code = 'ILLUSTRATIVE_CHOICE_IMPOSSIBLE';
  constructor(what: string, why: string) {
    super(`No set of councils was found for ${what}: ${why}. Check the quotas against the register.`);
    this.name = 'NoSuchChoiceError';
  }
}

const mostSteps = 100_000;

function outside({ from, to }: Quota, count: number): number {
  return Math.max(0, from - count, count - to);
}

/**
 * Chooses councils that meet every quota: a random set of the right size, repaired by swapping one council in
 * for one out wherever that brings the counts no further from their quotas.
 *
 * @param what named in the error
 * @returns them in the order of `councils`
 * @throws NoSuchChoiceError
 */
export function chooseCouncils(
  random: SeededRandom,
  councils: readonly Council[],
  what: string,
  { size, quotas = [], including = new Set(), excluding = new Set() }: Choice,
): Council[] {
  const fixed = councils.filter(({ bodyId }) => including.has(bodyId));
  const free = random.shuffled(
    councils.filter(({ bodyId }) => !including.has(bodyId) && !excluding.has(bodyId)),
  );
  const open = size - fixed.length;
  if (open < 0 || open > free.length)
    throw new NoSuchChoiceError(
      what,
      `${size} of ${fixed.length + free.length}, ${fixed.length} of them fixed`,
    );
  const chosen = free.slice(0, open);
  const left = free.slice(open);
  const quotasOf = new Map(
    councils.map((council) => [
      council.bodyId,
      quotas.flatMap(({ by, group }, at) => (groupOf(council, by) === group ? [at] : [])),
    ]),
  );
  const countsOf = (set: readonly Council[]): number[] => {
    const counts = quotas.map(() => 0);
    for (const { bodyId } of set)
      for (const at of quotasOf.get(bodyId) ?? []) counts[at] = (counts[at] ?? 0) + 1;
    return counts;
  };
  const costOf = (counts: readonly number[]): number =>
    quotas.reduce((sum, quota, at) => sum + outside(quota, counts[at] ?? 0), 0);
  const counts = countsOf([...fixed, ...chosen]);
  let cost = costOf(counts);
  for (let step = 0; cost > 0; step++) {
    if (step === mostSteps || open === 0 || left.length === 0)
      throw new NoSuchChoiceError(what, `its counts stay ${cost} away from the quotas`);
    const [leaving, entering] = [random.below(open), random.below(left.length)];
    const [out, into] = [chosen[leaving], left[entering]];
    if (out === undefined || into === undefined) continue;
    const after = [...counts];
    for (const at of quotasOf.get(out.bodyId) ?? []) after[at] = (after[at] ?? 0) - 1;
    for (const at of quotasOf.get(into.bodyId) ?? []) after[at] = (after[at] ?? 0) + 1;
    const costAfter = costOf(after);
    if (costAfter > cost) continue;
    [chosen[leaving], left[entering]] = [into, out];
    counts.splice(0, counts.length, ...after);
    cost = costAfter;
  }
  const ids = new Set([...fixed, ...chosen].map(({ bodyId }) => bodyId));
  return councils.filter(({ bodyId }) => ids.has(bodyId));
}

/** Exactly so many councils of each named group. */
export function exactly(by: CouncilGrouping, counts: Readonly<Record<string, number>>): Quota[] {
  return Object.entries(counts).map(([group, count]) => ({ by, group, from: count, to: count }));
}

/**
 * Quotas that keep the share of every group of a grouping, but the named ones, within bounds in percent; so
 * that a named group outside the bounds has the highest or the lowest share.
 */
export function othersWithin(
  by: CouncilGrouping,
  councils: readonly Council[],
  named: readonly string[],
  [least, most]: readonly [least: number, most: number],
): Quota[] {
  const sizes = new Map<string, number>();
  for (const council of councils) sizes.set(groupOf(council, by), (sizes.get(groupOf(council, by)) ?? 0) + 1);
  return [...sizes]
    .filter(([group]) => !named.includes(group))
    .map(([group, size]) => ({
      by,
      group,
      from: Math.ceil((size * least) / 100),
      to: Math.floor((size * most) / 100),
    }));
}
