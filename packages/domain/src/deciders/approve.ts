import type { Thing } from '../things/thing';
import type { DecidedEvent } from './decision';
import { DecisionRefused, type Fault } from './refusal';

/** Who approves, and what is known of who said what the record says. */
export interface ApprovalContext {
  readonly actor: string;
  /** Who wrote each event of the record, by its revision. */
  readonly writers: readonly string[];
  /** The revision that was approved last. */
  readonly approved: bigint | undefined;
}

function refused(code: string, message: string): DecisionRefused {
  const fault: Fault = { code, path: 'id', message };
  return new DecisionRefused([fault]);
}

/**
 * Decides on approving what a record says now. Nobody approves what he or she said: whoever wrote any of what is not
 * approved yet is not the second person.
 * @throws DecisionRefused
 */
export function decideApproval(
  thing: Thing,
  { actor, writers, approved }: ApprovalContext,
): Extract<DecidedEvent, { type: 'RecordApproved' }> {
  if (thing.contents.length === 0) throw refused('record-exists', 'there is no such record');
  if (thing.withdrawn || thing.mergedInto !== null)
    throw refused('record-stands', 'the record is withdrawn or merged away; there is nothing to approve');
  if (approved === thing.revision)
    throw refused('approved-once', 'the record is approved as it stands; there is nothing new to approve');
  const fresh = writers.slice(approved === undefined ? 0 : Number(approved) + 1);
  if (fresh.includes(actor))
    throw refused('second-person', 'you wrote what is to be approved; somebody else must look at it');
  return {
    type: 'RecordApproved',
    data: { record: { kind: thing.kind, id: thing.id }, revision: Number(thing.revision) },
  };
}
