import type { LedgerEvent, StreamKind } from '@ledger/events';
import type { ClaimLife } from '../claims/claim-life';

/** The kinds of stream that say something countable: the kinds of record. */
export const thingKinds = [
  'activity',
  'claim',
  'observation',
  'deliverable',
] as const satisfies readonly StreamKind[];
export type ThingKind = (typeof thingKinds)[number];

/** Whether a kind of stream is of records. */
export function isThingKind(kind: string | undefined): kind is ThingKind {
  return thingKinds.some((one) => one === kind);
}

/**
 * A content event of a record as it stands: its data may have been corrected, or taken back. `C` is what is kept of the
 * event: all of it, unless a projection keeps only what it has made of it.
 */
export interface StandingContent<C = LedgerEvent> {
  readonly eventId: string;
  readonly position: bigint;
  /** The type and the data in force, in the present version. */
  readonly event: C;
  readonly withdrawn: boolean;
  /** The corrections applied so far, oldest first. */
  readonly correctedBy: readonly string[];
}

/**
 * What one stream says: an activity, a claim, an observation or a deliverable. Everything that changes what a thing
 * says is in its own stream (**rule**, design section 4), so folding one stream in order is enough to know it.
 */
export interface Thing<C = LedgerEvent> {
  readonly kind: ThingKind;
  readonly id: string;
  /** Revision of the last event folded; the first event of a stream has revision 0. */
  readonly revision: bigint;
  readonly contents: readonly StandingContent<C>[];
  readonly withdrawn: boolean;
  /** The record that survives a merge of this one, if it was merged away. */
  readonly mergedInto: string | null;
  /** The records merged into this one and not undone. */
  readonly merged: readonly string[];
  readonly illustrative: boolean;
  /** Of a claim: what happened to it since it was recorded; null where nothing did, and of everything else. */
  readonly claim: ClaimLife | null;
}

/** An event of a stream as the fold sees it. */
export interface FoldedEvent {
  readonly eventId: string;
  readonly position: bigint;
  readonly revision: bigint;
  readonly illustrative: boolean;
  /** The id of whoever acted: of a claim it matters. */
  readonly actor: string;
  readonly event: LedgerEvent;
}

/** An event that breaks a rule of the fold: the stream is parked, never guessed at. */
export class FoldError extends Error {
  readonly code = 'FOLD_BROKEN';
  constructor(
    readonly eventId: string,
    problem: string,
  ) {
    super(problem);
    this.name = 'FoldError';
  }
}
