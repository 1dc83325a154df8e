import { z } from 'zod';
import { defineEvent, type StreamKind } from '../define-event';
import { CorrectionReason, Id, NoteReference } from '../primitives';

const adjustment: readonly StreamKind[] = ['adjustment'];

/** An event that is held back: what goes to its own stream once a second person approves. */
const withheld = z.strictObject({
  id: Id,
  type: z.string().max(60),
  schemaVersion: z.int().min(1),
  data: z.record(z.string(), z.unknown()),
  import: z.strictObject({ id: Id, row: z.int().min(1) }).optional(),
  warnings: z.array(z.strictObject({ code: z.string().max(60), noteRef: NoteReference })).optional(),
  illustrative: z.literal(true).optional(),
});

export const AdjustmentProposed = defineEvent({
  type: 'AdjustmentProposed',
  streams: adjustment,
  meaning:
    'A change to closed time is proposed; it holds the withheld events, which count nothing until it is approved.',
  data: z.strictObject({
    /** A large one is proposed in several parts. It is proposed once the last of them is recorded. */
    part: z.int().min(1),
    parts: z.int().min(1),
    writes: z
      .array(
        z.strictObject({
          stream: z.string().min(1).max(200),
          /** The revision of the stream that it was decided on; left out where there was no such stream. */
          after: z.int().min(0).optional(),
          events: z.array(withheld).min(1),
        }),
      )
      .min(1),
    reason: CorrectionReason,
    noteRef: NoteReference.optional(),
  }),
});
export const AdjustmentApproved = defineEvent({
  type: 'AdjustmentApproved',
  streams: adjustment,
  meaning:
    'A second person approved it: the withheld events were appended to their own streams with this one, or follow it where they undo more of an import than one append takes.',
  data: z.strictObject({ noteRef: NoteReference.optional() }),
});
export const AdjustmentDeclined = defineEvent({
  type: 'AdjustmentDeclined',
  streams: adjustment,
  meaning: 'It was not approved; its withheld events are never recorded.',
  data: z.strictObject({ noteRef: NoteReference.optional() }),
});
