import type { Qualifier } from '@ledger/events';
import type { Thing } from '../things/thing';
import {
  unlivedClaim,
  type Assurance,
  type ClaimContent,
  type ClaimLife,
  type RealisationState,
} from './claim-life';

/** A claim as it stands: what it says, and what has happened to it. */
export interface Claim {
  readonly id: string;
  readonly content: ClaimContent;
  readonly life: ClaimLife;
  readonly withdrawn: boolean;
}

/** The claim that a thing is; undefined where nothing of it is recorded, or it is none. */
export function claimOf({ kind, id, contents, claim, withdrawn }: Thing): Claim | undefined {
  const event = contents[0]?.event;
  if (kind !== 'claim' || event?.type !== 'SavingsRecorded') return undefined;
  return { id, content: event.data, life: claim ?? unlivedClaim, withdrawn };
}

/** What a claim comes to in one financial year, in pence. */
export interface YearAmount {
  readonly year: number;
  readonly grossPence: number;
  /** What it cost to make the gain in that year; null where it is not given. */
  readonly costPence: number | null;
  readonly qualifier: Qualifier;
}

type Told = Pick<Claim, 'content' | 'life'>;

/** Whether an amount of the content is delivered already, as its source states it. */
export function isStatedDelivered({ realisation }: ClaimContent, { basis }: { basis: string }): boolean {
  return realisation === 'delivered' && basis !== 'forecast';
}

/** Of what a year comes to, the part that was decided to count in other claims, at most all of it. */
export function elsewherePence({ overlaps }: ClaimLife, year: number, grossPence: number): number {
  if (overlaps.some(({ countsHere }) => !countsHere)) return grossPence;
  const shared = overlaps.flatMap(({ elsewhere }) => elsewhere).filter((one) => one.year === year);
  return Math.min(
    grossPence,
    shared.reduce((sum, { pence }) => sum + pence, 0),
  );
}

function plus(one: YearAmount | undefined, other: YearAmount): YearAmount {
  if (one === undefined) return other;
  return {
    ...other,
    grossPence: one.grossPence + other.grossPence,
    costPence:
      one.costPence === null && other.costPence === null
        ? null
        : (one.costPence ?? 0) + (other.costPence ?? 0),
  };
}

/** What was delivered, by year: as recorded, else as the claim stated it when it was opened. */
export function deliveredAmounts({ content, life }: Told): readonly YearAmount[] {
  const byYear = new Map<number, YearAmount>();
  for (const amount of content.amounts) {
    const { fromYear: year, toYear, grossPence, costPence = null, qualifier } = amount;
    if (year !== toYear || !isStatedDelivered(content, amount)) continue;
    byYear.set(year, plus(byYear.get(year), { year, grossPence, costPence, qualifier }));
  }
  for (const { costPence = null, ...delivery } of life.deliveries)
    byYear.set(delivery.year, { ...delivery, costPence });
  return [...byYear.values()].sort((a, b) => a.year - b.year);
}

/** Net of what it cost in the same year; a cost that is not given is taken as none, and said to be not given. */
export function netPence({ grossPence, costPence }: YearAmount): number {
  return grossPence - (costPence ?? 0);
}

/** The part of an amount that is put down to the programme, in pence, rounded half up. */
export function attributedPence(pence: number, attributionHundredths: number | undefined): number {
  if (attributionHundredths === undefined) return pence;
  // Pence times hundredths of a per cent may be more than a number holds exactly.
  return Number((BigInt(pence) * BigInt(attributionHundredths) + 5000n) / 10_000n);
}

export function realisationOf({ content, life }: Told): RealisationState {
  return life.realisation ?? content.realisation;
}

/** How far the claim is assured: verified only where all that was delivered is verified to the penny. */
export function assuranceOf(claim: Told & { readonly withdrawn: boolean }): Assurance {
  if (claim.withdrawn) return 'withdrawn';
  const { phase, verified } = claim.life;
  if (phase !== 'verified') return phase;
  const whole = deliveredAmounts(claim).every(({ year, grossPence }) =>
    verified.some(
      (one) =>
        one.year === year && one.verifiedPence === grossPence - elsewherePence(claim.life, year, grossPence),
    ),
  );
  return whole ? 'verified' : 'part-verified';
}
