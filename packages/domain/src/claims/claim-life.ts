import type { EventData, Realisation } from '@ledger/events';
import type { z } from 'zod';

export type ClaimContent = EventData<'SavingsRecorded'>;
export type RealisationState = z.infer<typeof Realisation>;

/** How far a claim is assured (design section 7). `withdrawn` and `part-verified` follow from the rest of it. */
export type Assurance =
  | 'draft'
  | 'submitted'
  | 'under review'
  | 'queried'
  | 'verified'
  | 'part-verified'
  | 'estimate checked'
  | 'rejected'
  | 'withdrawn'
  | 'reopened';

/** What of the assurance the events say themselves. */
export type Phase = Exclude<Assurance, 'withdrawn' | 'part-verified'>;

export type ClaimDelivery = Omit<EventData<'DeliveryRecorded'>, 'noteRef'>;
export type VerifiedYear = EventData<'ClaimVerified'>['years'][number];
export type BaselineData = EventData<'BaselineProposed'>['baseline'];

/** The last baseline that was proposed; frozen once another person has agreed to it. */
export interface StandingBaseline {
  /** The event that proposed it. */
  readonly proposal: string;
  readonly said: BaselineData;
  readonly proposedBy: string;
  readonly agreedBy: string | null;
}

export type AttachedEvidence = Omit<EventData<'EvidenceAttached'>, 'noteRef'> & { readonly by: string };

export interface ClaimQuery {
  readonly query: string;
  /** The London date by which it should be answered. */
  readonly due: string;
  readonly answered: boolean;
}

export type ResolvedOverlap = Omit<EventData<'OverlapResolved'>, 'noteRef'>;

/** What happened to a claim after it was recorded, as far as anything follows from it. */
export interface ClaimLife {
  /** Null: as the claim's content states it. */
  readonly realisation: RealisationState | null;
  readonly phase: Phase;
  /** What was delivered, each year once, in the order of the years. */
  readonly deliveries: readonly ClaimDelivery[];
  /** The first year from which it has lapsed; null where it has not. */
  readonly lapsedFrom: number | null;
  readonly verified: readonly VerifiedYear[];
  readonly baseline: StandingBaseline | null;
  readonly evidence: readonly AttachedEvidence[];
  readonly queries: readonly ClaimQuery[];
  /** The last audit worksheet; null where there is none, or the claim was opened again since. */
  readonly worksheet: { readonly tests: EventData<'ClaimTested'>['tests']; readonly by: string } | null;
  /** What was decided about other claims that may count the same gain, each once. */
  readonly overlaps: readonly ResolvedOverlap[];
  /** The claims that this one is a part of, or that are parts of it. */
  readonly wholes: readonly string[];
  readonly parts: readonly string[];
  /** Everybody who ever submitted it, agreed to a baseline of it, or verified it: three persons (B3). */
  readonly submittedBy: readonly string[];
  readonly agreedBy: readonly string[];
  readonly verifiedBy: readonly string[];
}

/** A claim that was recorded and of which nothing more is known. */
export const unlivedClaim: ClaimLife = {
  realisation: null,
  phase: 'draft',
  deliveries: [],
  lapsedFrom: null,
  verified: [],
  baseline: null,
  evidence: [],
  queries: [],
  worksheet: null,
  overlaps: [],
  wholes: [],
  parts: [],
  submittedBy: [],
  agreedBy: [],
  verifiedBy: [],
};
