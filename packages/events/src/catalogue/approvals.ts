import { z } from 'zod';
import { defineEvent } from '../define-event';
import { Id, NoteReference } from '../primitives';

export const RecordApproved = defineEvent({
  type: 'RecordApproved',
  streams: ['approval'],
  meaning:
    'Somebody other than those who said it approves what a record says at a revision. It changes nothing that is counted.',
  data: z.strictObject({
    record: z.strictObject({ kind: z.enum(['activity', 'claim', 'observation', 'deliverable']), id: Id }),
    /** The revision of the record that was looked at: what came after it is not approved. */
    revision: z.int().min(0),
    noteRef: NoteReference.optional(),
  }),
});
