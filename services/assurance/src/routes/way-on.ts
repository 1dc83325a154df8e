import type { Actor } from '@ledger/access';
import type { Assurance } from '@ledger/domain';
import type { AskedAt, ClaimOverlaps } from '@ledger/projections';
import type { AssuranceParts } from '../parts';
import type { ToldClaim } from './told-claim';
import { viewerOf } from './viewing';

/** What to do next in each state, in a sentence. */
const nextSteps: Readonly<Record<Assurance, string>> = {
  draft: 'The team completes the claim and submits it.',
  reopened: 'The team puts right what has changed and submits the claim again.',
  submitted: 'Finance takes the claim up, or rejects it.',
  'under review':
    'Somebody other than submitter and verifier agrees to the baseline; then finance verifies what is delivered, or checks the estimate.',
  queried: 'The team answers the open questions.',
  'part-verified': 'Finance verifies further years, or opens the claim again.',
  verified: 'Nothing is left to do, unless something changes.',
  'estimate checked': 'The team records what is delivered, and submits the claim again.',
  rejected: 'Nothing of it is counted. Finance can open it again.',
  withdrawn: 'Nothing of it is counted.',
};

/** States in which nobody is on the way to verifying a claim. */
const atRest: ReadonlySet<Assurance> = new Set(['verified', 'estimate checked', 'rejected', 'withdrawn']);

/** How a claim goes on: what to do next, and what stands in the way of verifying it. */
export interface WayOn {
  readonly next: string;
  /** In sentences; none where nobody is on the way to verifying it. */
  readonly blockers: readonly string[];
  readonly overlaps: ClaimOverlaps['overlaps'];
}

function blockersOf(told: ToldClaim, overlaps: ClaimOverlaps['overlaps']): readonly string[] {
  if (atRest.has(told.claim.assurance)) return [];
  const blocking = overlaps.filter((one) => one.blocking).length;
  return [
    ...told.missing.map(({ message }) => message),
    ...(told.baseline !== null && told.baseline.agreedBy === null ? ['the baseline is not agreed'] : []),
    ...told.evidence.flatMap(({ title, state }) =>
      state === 'kept' ? [] : [`the evidence “${title}” is ${state}`],
    ),
    ...told.thread.flatMap(({ answer, due }) =>
      answer === null ? [`a question is open, due on ${due}`] : [],
    ),
    ...(told.worksheet?.grade === 'insufficient' ? ['its worksheet comes to insufficient'] : []),
    ...(blocking === 0
      ? []
      : [`${blocking} other ${blocking === 1 ? 'claim' : 'claims'} may count the same gain`]),
  ];
}

/** How a claim goes on, for page, API and command alike. */
export async function wayOn(
  { queries }: Pick<AssuranceParts, 'queries'>,
  actor: Actor,
  told: ToldClaim,
  at: AskedAt,
): Promise<WayOn> {
  const { overlaps } = await queries.claimOverlaps(told.claim.id, viewerOf(actor), at);
  return { next: nextSteps[told.claim.assurance], blockers: blockersOf(told, overlaps), overlaps };
}
