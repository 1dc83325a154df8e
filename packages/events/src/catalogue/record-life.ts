import { z } from 'zod';
import { defineEvent, type StreamKind } from '../define-event';
import { CorrectionReason, Id, NoteReference } from '../primitives';

const why = { reason: CorrectionReason, noteRef: NoteReference.optional() };

/** A correction names the content event it changes and carries that event's whole content, type and version. */
const corrected = z.strictObject({
  corrects: Id,
  type: z.string().max(60),
  schemaVersion: z.int().min(1),
  content: z.record(z.string(), z.unknown()),
  ...why,
});
/** A withdrawal that names no event takes the whole record. */
const withdrawn = z.strictObject({ withdraws: Id.optional(), ...why });
const reinstated = z.strictObject({ reinstates: Id.optional(), ...why });

const activity: readonly StreamKind[] = ['activity'];
const observation: readonly StreamKind[] = ['observation'];
const deliverable: readonly StreamKind[] = ['deliverable'];

export const ActivityCorrected = defineEvent({
  type: 'ActivityCorrected',
  streams: activity,
  meaning: 'Replaces the whole content of one content event of an activity.',
  data: corrected,
});
export const ActivityWithdrawn = defineEvent({
  type: 'ActivityWithdrawn',
  streams: activity,
  meaning: 'An activity, or one content event of it, counts no longer.',
  data: withdrawn,
});
export const ActivityReinstated = defineEvent({
  type: 'ActivityReinstated',
  streams: activity,
  meaning: 'Undoes a withdrawal.',
  data: reinstated,
});
export const ActivityMergedInto = defineEvent({
  type: 'ActivityMergedInto',
  streams: activity,
  meaning: 'This record is the same thing as another, which survives; this one counts no longer.',
  data: z.strictObject({ survivor: Id, ...why }),
});
export const MergeAccepted = defineEvent({
  type: 'MergeAccepted',
  streams: activity,
  meaning: 'In the survivor: another record was merged into this one.',
  data: z.strictObject({ merged: Id, ...why }),
});
export const MergeUndone = defineEvent({
  type: 'MergeUndone',
  streams: activity,
  meaning: 'In both records: the merge with the other is undone.',
  data: z.strictObject({ other: Id, ...why }),
});

export const ObservationCorrected = defineEvent({
  type: 'ObservationCorrected',
  streams: observation,
  meaning: 'Replaces the whole content of an observation.',
  data: corrected,
});
export const ObservationWithdrawn = defineEvent({
  type: 'ObservationWithdrawn',
  streams: observation,
  meaning: 'An observation counts no longer.',
  data: withdrawn,
});
export const ObservationReinstated = defineEvent({
  type: 'ObservationReinstated',
  streams: observation,
  meaning: 'Undoes the withdrawal of an observation.',
  data: reinstated,
});

export const DeliverableCorrected = defineEvent({
  type: 'DeliverableCorrected',
  streams: deliverable,
  meaning:
    'Replaces the whole content of one content event of a deliverable: what was agreed, or one rating.',
  data: corrected,
});
export const DeliverableWithdrawn = defineEvent({
  type: 'DeliverableWithdrawn',
  streams: deliverable,
  meaning: 'A deliverable, or one rating of it, counts no longer.',
  data: withdrawn,
});
export const DeliverableReinstated = defineEvent({
  type: 'DeliverableReinstated',
  streams: deliverable,
  meaning: 'Undoes a withdrawal.',
  data: reinstated,
});
