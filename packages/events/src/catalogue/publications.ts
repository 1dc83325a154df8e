import { z } from 'zod';
import { defineEvent } from '../define-event';
import { Decimal, Label, Qualifier } from '../primitives';

export const FigurePublished = defineEvent({
  type: 'FigurePublished',
  streams: ['publication'],
  meaning:
    'A figure is told to others: the question, the rule that answered it, the position that it is as recorded by, and what it said. Figures of one table stand in one publication.',
  data: z.strictObject({
    /** Where it is printed: a report, a chapter, an annex. The same for all figures of a publication. */
    publication: Label,
    /** The question, and what it was asked with: enough to ask it again of the events alone. */
    ask: z.enum(['annual-total', 'take-up', 'savings', 'savings-table']),
    parameters: z.record(
      z.string().regex(/^[a-zA-Z]{1,30}$/, 'must be the name of a parameter'),
      z.string().max(200),
    ),
    rule: z.string().min(1).max(80),
    /** As recorded by this position; this event stands behind it. */
    position: z.string().regex(/^[0-9]{1,15}$/, 'must be a position'),
    /** What was missing as recorded by that position: nothing, or the figure would not have been published. */
    completeness: z.strictObject({ parked: z.int().min(0), importing: z.int().min(0) }),
    /** Whether its year was finally closed by then, and whether it had changed since. */
    standing: z.enum(['provisional', 'final', 'restated']),
    label: z.string().min(1).max(4000),
    value: Decimal,
    unit: z.string().min(1).max(40),
    /** As it was printed. */
    shown: z.string().min(1).max(200),
    /** Of a share, ratio or mean. */
    numerator: z.int().min(0).optional(),
    base: z.int().min(0).optional(),
    /** Of gains: how exact the least exact of them is. */
    qualifier: Qualifier.optional(),
    /** Of gains: the part of the value that is put down to the programme, in the same unit. */
    attributed: Decimal.optional(),
  }),
});
