import {
  canonicalJson,
  eventDefinitions,
  type CorrectionReason,
  type EventData,
  type LedgerEvent,
} from '@ledger/events';
import { reopeningByRevision } from '../claims/decide-claim';
import { isOfOneLevel } from '../things/hierarchy';
import type { StandingContent, Thing } from '../things/thing';
import { checkContent } from './content-rules';
import type { DecidedEvent, DecisionContext } from './decision';
import { deliverableFaults } from './deliverable-rules';
import { levelFaults } from './hierarchy-rules';
import type { Decision } from './record';
import { DecisionRefused, refuseIfAny } from './refusal';

/** Why a record is changed: a reason code and, if there is one, a note in the vault. */
export interface Why {
  readonly reason: CorrectionReason;
  readonly noteRef?: EventData<'ClaimRevised'>['noteRef'];
}

/** How each kind of record is changed; a claim has events of its own. */
const changesOf = {
  activity: {
    corrected: 'ActivityCorrected',
    withdrawn: 'ActivityWithdrawn',
    reinstated: 'ActivityReinstated',
  },
  observation: {
    corrected: 'ObservationCorrected',
    withdrawn: 'ObservationWithdrawn',
    reinstated: 'ObservationReinstated',
  },
  deliverable: {
    corrected: 'DeliverableCorrected',
    withdrawn: 'DeliverableWithdrawn',
    reinstated: 'DeliverableReinstated',
  },
} as const;

function refused(code: string, path: string, message: string): DecisionRefused {
  return new DecisionRefused([{ code, path, message }]);
}

function whyFields({ reason, noteRef }: Why): {
  reason: CorrectionReason;
  noteRef?: NonNullable<Why['noteRef']>;
} {
  return { reason, ...(noteRef !== undefined && { noteRef }) };
}

function mustExist(thing: Thing): void {
  if (thing.contents.length === 0)
    throw refused(
      'record-exists',
      'id',
      `there is no ${thing.kind} with the id ${thing.id}; look it up under records`,
    );
}

/** The content event a change is about: the one named, or the only one there is. */
function contentOf(thing: Thing, eventId: string | undefined, path: string): StandingContent {
  mustExist(thing);
  const [only, ...others] = thing.contents;
  const found =
    eventId === undefined && others.length === 0
      ? only
      : thing.contents.find((content) => content.eventId === eventId);
  if (found === undefined)
    throw refused(
      'content-exists',
      path,
      eventId === undefined
        ? `the record has several steps; name the event that is meant: ${thing.contents.map((content) => content.eventId).join(', ')}`
        : `${eventId} is no event of this record; its events are ${thing.contents.map((content) => content.eventId).join(', ')}`,
    );
  return found;
}

/**
 * Decides on a correction: whole new content of the same type, and a reason (A6).
 * @throws DecisionRefused
 */
export function decideCorrection(
  thing: Thing,
  { corrects, content, ...why }: Why & { readonly corrects?: string; readonly content: LedgerEvent },
  context: DecisionContext,
): Decision {
  const standing = contentOf(thing, corrects, 'corrects');
  if (thing.withdrawn || thing.mergedInto !== null || standing.withdrawn)
    throw refused(
      'record-stands',
      'corrects',
      'what is withdrawn or merged away cannot be corrected; reinstate it first',
    );
  if (content.type !== standing.event.type)
    throw refused(
      'type-never-changes',
      'type',
      `a record never changes its type (it is ${standing.event.type}); withdraw it and record it anew`,
    );
  if (canonicalJson(content.data) === canonicalJson(standing.event.data))
    throw refused(
      'correction-changes',
      'data',
      'the correction changes nothing; give the content as it should be',
    );
  const { errors, warnings } = checkContent(content, context);
  const beside = thing.kind === 'deliverable' ? deliverableFaults(thing, content, standing.eventId) : [];
  refuseIfAny([...errors, ...beside, ...levelFaults(standing.event, content)]);
  const reopening = content.type === 'SavingsRecorded' ? reopeningByRevision(thing, content.data) : [];
  return { events: [correction(thing, standing, content, why), ...reopening], warnings };
}

/** The event that gives a content event another content. */
function correction(
  thing: Thing,
  { eventId }: StandingContent,
  content: LedgerEvent,
  why: Why,
): DecidedEvent {
  if (thing.kind === 'claim') {
    if (content.type !== 'SavingsRecorded')
      throw refused('type-never-changes', 'type', 'a claim is always SavingsRecorded');
    return { type: 'ClaimRevised', data: { content: content.data, ...whyFields(why) } };
  }
  const data = {
    corrects: eventId,
    type: content.type,
    schemaVersion: eventDefinitions[content.type].version,
    content: { ...content.data },
    ...whyFields(why),
  };
  return { type: changesOf[thing.kind].corrected, data };
}

/** The correction that gives a content event back what it said before; for reversing an import. */
export function correctBack(thing: Thing, eventId: string, content: LedgerEvent, why: Why): DecidedEvent {
  return correction(thing, contentOf(thing, eventId, 'corrects'), content, why);
}

/** Decides on a withdrawal: of the whole record, or of one content event. @throws DecisionRefused */
export function decideWithdrawal(
  thing: Thing,
  { withdraws, ...why }: Why & { readonly withdraws?: string },
): Decision {
  mustExist(thing);
  if (thing.withdrawn) throw refused('record-stands', 'id', 'the record is withdrawn already');
  if (thing.mergedInto !== null)
    throw refused(
      'record-stands',
      'id',
      `the record is merged into ${thing.mergedInto}; undo the merge first`,
    );
  if (thing.kind === 'claim') {
    if (withdraws !== undefined)
      throw refused('whole-claim', 'withdraws', 'a claim is withdrawn whole; leave `withdraws` out');
    return { events: [{ type: 'ClaimWithdrawn', data: whyFields(why) }], warnings: [] };
  }
  if (withdraws !== undefined && contentOf(thing, withdraws, 'withdraws').withdrawn)
    throw refused('content-stands', 'withdraws', 'this event of the record is withdrawn already');
  const data = { ...(withdraws !== undefined && { withdraws }), ...whyFields(why) };
  return { events: [{ type: changesOf[thing.kind].withdrawn, data }], warnings: [] };
}

/** Decides on undoing a withdrawal. @throws DecisionRefused */
export function decideReinstatement(
  thing: Thing,
  { reinstates, ...why }: Why & { readonly reinstates?: string },
): Decision {
  mustExist(thing);
  if (thing.kind === 'claim')
    throw refused('claim-withdrawn', 'id', 'a withdrawn claim is not reinstated; record it anew');
  const withdrawn =
    reinstates === undefined ? thing.withdrawn : contentOf(thing, reinstates, 'reinstates').withdrawn;
  if (!withdrawn)
    throw refused('is-withdrawn', 'id', 'nothing of this is withdrawn, so there is nothing to reinstate');
  const data = { ...(reinstates !== undefined && { reinstates }), ...whyFields(why) };
  return { events: [{ type: changesOf[thing.kind].reinstated, data }], warnings: [] };
}

/** What a merge or its undoing writes to each of two streams. */
export interface PairDecision {
  readonly merged: DecidedEvent;
  readonly survivor: DecidedEvent;
}

/** Decides on merging one activity into another that is the same thing. @throws DecisionRefused */
export function decideMerge(merged: Thing, survivor: Thing, why: Why): PairDecision {
  mustExist(merged);
  mustExist(survivor);
  if (merged.id === survivor.id)
    throw refused('two-records', 'survivor', 'a record cannot be merged into itself');
  for (const [thing, path] of [
    [merged, 'merged'],
    [survivor, 'survivor'],
  ] as const) {
    if (thing.kind !== 'activity') throw refused('activities-merge', path, 'only activities are merged');
    if (thing.withdrawn || thing.mergedInto !== null)
      throw refused('record-stands', path, 'it is withdrawn or merged away already');
  }
  const [one, other] = [merged, survivor].map((thing) => thing.contents[0]?.event);
  if (one?.type !== other?.type)
    throw refused(
      'same-type',
      'merged',
      `a ${one?.type} and a ${other?.type} are different things and are not merged`,
    );
  if (one !== undefined && other !== undefined && !isOfOneLevel(one, other))
    throw refused(
      'same-level',
      'merged',
      'they are of different levels or offers of a hierarchy, so they are different things and are not merged',
    );
  return {
    merged: { type: 'ActivityMergedInto', data: { survivor: survivor.id, ...whyFields(why) } },
    survivor: { type: 'MergeAccepted', data: { merged: merged.id, ...whyFields(why) } },
  };
}

/** Decides on undoing a merge, in both records. @throws DecisionRefused */
export function decideMergeUndone(merged: Thing, survivor: Thing, why: Why): PairDecision {
  if (merged.mergedInto !== survivor.id)
    throw refused('is-merged', 'merged', 'this record is not merged into that one');
  return {
    merged: { type: 'MergeUndone', data: { other: survivor.id, ...whyFields(why) } },
    survivor: { type: 'MergeUndone', data: { other: merged.id, ...whyFields(why) } },
  };
}
