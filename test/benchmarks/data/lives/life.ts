import type { EventData, LedgerEvent } from '@ledger/events';
import type { Random } from '../../../histories/random';
import { recordedOn } from '../days';
import { laterChanges, type LifeKind } from '../proportions';
import type { Setting } from '../setting';

/** One event of a stream, with the day on which it is recorded. */
export interface Step {
  readonly recorded: number;
  readonly event: LedgerEvent;
}

/** Everything that is ever recorded about one thing. */
export interface Life {
  readonly stream: string;
  readonly steps: readonly Step[];
}

/** What is needed to tell one life. */
export interface LifeParts {
  readonly setting: Setting;
  readonly random: Random;
  readonly kind: LifeKind;
  readonly index: number;
  /** The day it begins. */
  readonly base: number;
}

/** What becomes of a thing some months later. A step spreads the changed ones over all things of the kind. */
export function fateOf(kind: LifeKind, index: number): 'corrected' | 'withdrawn' | 'kept' {
  const { of, corrected, withdrawn } = laterChanges[kind];
  // The factor shares no divisor with any of the group sizes, so this only changes the order.
  const at = (index * 53) % of;
  if (at < corrected) return 'corrected';
  return at < corrected + withdrawn ? 'withdrawn' : 'kept';
}

/** A day of recording some months after the last step. */
export function monthsLater({ random }: LifeParts, last: number): number {
  return recordedOn(last + random.between(30, 300), last);
}

type Reason = EventData<'ActivityCorrected'>['reason'];

/** The reason of a change, and in half of all cases a note in the vault. */
export function whyOf(
  { setting, random, kind, index }: LifeParts,
  reason: Reason,
): { reason: Reason; noteRef?: { vault: string; sha256: string } } {
  if (random.percent(50)) return { reason };
  const { seeded } = setting;
  const step = kind.length;
  return {
    reason,
    noteRef: { vault: seeded.id('note', index, step), sha256: seeded.hash('note', index, step) },
  };
}

/** The id of the event at a revision of a thing's stream. */
export function eventIdOf(
  { setting, kind, index }: Pick<LifeParts, 'setting' | 'kind' | 'index'>,
  revision: number,
): string {
  return setting.seeded.id('event', index, revision * 8 + kindNumbers[kind]);
}

const kindNumbers: Readonly<Record<LifeKind, number>> = {
  attendance: 0,
  support: 1,
  challenge: 2,
  claim: 3,
  observation: 4,
};

/** Replaces the whole content of one event of an activity or an observation. */
export function correction(
  parts: LifeParts,
  change: { readonly revision: number; readonly content: LedgerEvent; readonly reason: Reason },
): LedgerEvent {
  const { revision, content, reason } = change;
  const data = {
    corrects: eventIdOf(parts, revision),
    type: content.type,
    schemaVersion: content.type === 'PeerChallengeDelivered' ? 2 : 1,
    content: content.data as Record<string, unknown>,
    ...whyOf(parts, reason),
  };
  return { type: parts.kind === 'observation' ? 'ObservationCorrected' : 'ActivityCorrected', data };
}

/** Takes the whole record back. */
export function withdrawal(parts: LifeParts): LedgerEvent {
  const reason = parts.random.percent(50) ? 'duplicate' : 'did-not-happen';
  const data = whyOf(parts, reason);
  if (parts.kind === 'claim') return { type: 'ClaimWithdrawn', data };
  return { type: parts.kind === 'observation' ? 'ObservationWithdrawn' : 'ActivityWithdrawn', data };
}
