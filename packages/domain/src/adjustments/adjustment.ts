import type { CorrectionReason, EventData, LedgerEvent } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { DecisionRefused } from '../deciders/refusal';
import { FoldError } from '../things/thing';

/** What a stream gets once the adjustment is approved. */
/** The operation under which the parts of taking an import back are appended: by it they are known as one. */
export const partOfReversal = 'reverse-import-part';

export type WithheldWrite = EventData<'AdjustmentProposed'>['writes'][number];
type NoteRef = NonNullable<EventData<'AdjustmentApproved'>['noteRef']>;

/** Incomplete: not every part of it is recorded, because it is being proposed, or because that broke off. */
export type AdjustmentState = 'incomplete' | 'proposed' | 'approved' | 'declined';

/** What one `adjustment-` stream says: a change to closed time, held back until a second person approves it. */
export interface Adjustment {
  readonly id: string;
  readonly revision: bigint;
  readonly state: AdjustmentState;
  /** Who proposed it: a random id. */
  readonly proposedBy: string;
  readonly reason: CorrectionReason;
  readonly noteRef: NoteRef | null;
  readonly writes: readonly WithheldWrite[];
}

/** An event of an adjustment's stream as the fold sees it. */
export interface AdjustmentFact {
  readonly eventId: string;
  readonly actor: string;
  readonly event: LedgerEvent;
}

/** Folds the next event of the stream; undefined is an adjustment of which nothing is known. Pure. @throws FoldError */
export function evolveAdjustment(
  adjustment: Adjustment | undefined,
  id: string,
  { eventId, actor, event }: AdjustmentFact,
): Adjustment {
  const revision = (adjustment?.revision ?? -1n) + 1n;
  if (event.type === 'AdjustmentProposed') {
    const { part, parts, reason, noteRef = null, writes } = event.data;
    return {
      id,
      revision,
      state: part < parts ? 'incomplete' : 'proposed',
      proposedBy: adjustment?.proposedBy ?? actor,
      reason,
      noteRef,
      writes: [...(adjustment?.writes ?? []), ...writes],
    };
  }
  if (adjustment === undefined)
    throw new FoldError(eventId, `The adjustment ${id} was decided on before it was proposed`);
  switch (event.type) {
    case 'AdjustmentApproved':
      return { ...adjustment, revision, state: 'approved' };
    case 'AdjustmentDeclined':
      return { ...adjustment, revision, state: 'declined' };
    default:
      throw new FoldError(eventId, `${event.type} does not belong in the stream of an adjustment`);
  }
}

/** What is decided on an adjustment, and by whom. */
export interface AdjustmentDecision {
  readonly decision: 'approve' | 'decline';
  readonly actor: string;
  readonly noteRef?: NoteRef;
}

/** From each state by each decision: the next state, or why not. */
export const adjustmentTransitions: Readonly<
  Record<
    AdjustmentState,
    Readonly<
      Record<AdjustmentDecision['decision'], { readonly to: AdjustmentState } | { readonly refused: string }>
    >
  >
> = {
  incomplete: {
    approve: { refused: 'not all of it was proposed; decline it and propose it anew' },
    decline: { to: 'declined' },
  },
  proposed: { approve: { to: 'approved' }, decline: { to: 'declined' } },
  approved: {
    approve: { refused: 'it is approved already' },
    decline: { refused: 'it is approved and recorded; propose another that changes it back' },
  },
  declined: {
    approve: { refused: 'it was declined; propose it anew' },
    decline: { refused: 'it is declined already' },
  },
};

function refused(code: string, message: string): DecisionRefused {
  return new DecisionRefused([{ code, path: 'id', message }]);
}

/** Decides on approving or declining. **Rule**: who proposed never approves, whatever his or her roles. @throws DecisionRefused */
export function decideAdjustment(
  adjustment: Adjustment,
  { decision, actor, noteRef }: AdjustmentDecision,
): readonly DecidedEvent[] {
  const transition = adjustmentTransitions[adjustment.state][decision];
  if ('refused' in transition) throw refused('adjustment-state', transition.refused);
  if (decision === 'approve' && actor === adjustment.proposedBy)
    throw refused('second-person', 'you proposed this adjustment; somebody else approves it');
  const data = noteRef === undefined ? {} : { noteRef };
  return [{ type: decision === 'approve' ? 'AdjustmentApproved' : 'AdjustmentDeclined', data }];
}
