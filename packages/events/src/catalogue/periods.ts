import { z } from 'zod';
import { defineEvent, type StreamKind } from '../define-event';
import { CorrectionReason, NoteReference, Slug } from '../primitives';

const period: readonly StreamKind[] = ['period'];

/** Which part of the stream's year: a quarter or all of it, of one programme or of all. */
const part = {
  /** 1 is April to June; left out, the whole year. */
  quarter: z.int().min(1).max(4).optional(),
  /** Left out, all programmes, and what belongs to none. */
  programme: Slug.optional(),
};

export const PeriodClosed = defineEvent({
  type: 'PeriodClosed',
  streams: period,
  meaning:
    'A quarter or year is closed, provisionally or finally: what lies wholly in it is recorded and changed no more.',
  data: z.strictObject({
    level: z.enum(['provisional', 'final']),
    ...part,
    /** The offers of the programme at that moment: moving one to another programme opens nothing. */
    offers: z.array(Slug).max(2000).optional(),
    noteRef: NoteReference.optional(),
  }),
});
export const PeriodReopened = defineEvent({
  type: 'PeriodReopened',
  streams: period,
  meaning: 'A provisional closing is taken back. A final one never is.',
  data: z.strictObject({ ...part, reason: CorrectionReason, noteRef: NoteReference.optional() }),
});
