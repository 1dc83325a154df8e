import { z } from 'zod';
import { defineEvent } from '../define-event';
import { FinancialYear, Label, LondonDate, Slug } from '../primitives';

export const Rag = z.enum(['green', 'amber', 'red']);
export type Rag = z.infer<typeof Rag>;

const Count = z.int().min(0).max(10_000_000);

export const DeliverableAgreed = defineEvent({
  type: 'DeliverableAgreed',
  streams: ['deliverable'],
  content: true,
  meaning:
    'Something is to be delivered in a financial year: what counts as done, and what each colour of a rating of it will mean.',
  data: z.strictObject({
    title: Label,
    offer: Slug.optional(),
    year: FinancialYear,
    agreedOn: LondonDate,
    /** What counts as done, in words. */
    target: Label,
    /** How many of what the target speaks of, where it can be counted. */
    targetCount: Count.min(1).optional(),
    greenMeans: Label,
    amberMeans: Label,
    redMeans: Label,
  }),
});

export const DeliverableRated = defineEvent({
  type: 'DeliverableRated',
  streams: ['deliverable'],
  content: true,
  meaning:
    'How a deliverable stood on a day. A rating holds until the next one; what its colours mean is as agreed unless it says otherwise.',
  data: z.strictObject({
    asAt: LondonDate,
    rag: Rag,
    /** How many of the target's number were reached by that day. */
    achieved: Count.optional(),
    /** Where this rating used another definition than the one agreed: all three, or none. */
    greenMeans: Label.optional(),
    amberMeans: Label.optional(),
    redMeans: Label.optional(),
  }),
});
