import { z } from 'zod';
import { defineEvent } from '../define-event';
import { FinancialYear, HierarchyLevel, Label, Slug } from '../primitives';

const declared = { label: Label };

export const ThemeDeclared = defineEvent({
  type: 'ThemeDeclared',
  streams: ['theme'],
  content: true,
  meaning: 'A theme, the widest group of the catalogue: theme ⊃ programme ⊃ offer.',
  data: z.strictObject(declared),
});
export const ProgrammeDeclared = defineEvent({
  type: 'ProgrammeDeclared',
  streams: ['programme'],
  content: true,
  meaning: 'A programme within a theme.',
  data: z.strictObject({ ...declared, theme: Slug }),
});
export const ApprovalAsked = defineEvent({
  type: 'ApprovalAsked',
  streams: ['programme'],
  meaning:
    'From here on the records of a programme are to be approved by a second person, or no longer. What was recorded before is as it was.',
  data: z.strictObject({ asked: z.boolean() }),
});
export const SavingsAreaDeclared = defineEvent({
  type: 'SavingsAreaDeclared',
  streams: ['savings-area'],
  content: true,
  meaning: 'A row of the savings annex: a second grouping, across programmes.',
  data: z.strictObject({ ...declared, order: z.int().min(1) }),
});

const placed = { programme: Slug, savingsArea: Slug.optional() };

export const OfferDeclared = defineEvent({
  type: 'OfferDeclared',
  streams: ['offer'],
  content: true,
  meaning: 'A kind of support, within a programme. A new offer needs no release.',
  data: z.strictObject({
    ...declared,
    ...placed,
    peerChallenge: z.boolean().optional(),
    restricted: z.boolean().optional(),
    /** Where its activities are parts of one another: the one level that is counted (A12). */
    countedLevel: HierarchyLevel.optional(),
  }),
});
export const OfferMoved = defineEvent({
  type: 'OfferMoved',
  streams: ['offer'],
  content: true,
  meaning: 'An offer belongs to another programme or savings area from this position on; no record changes.',
  data: z.strictObject({ ...placed }),
});
export const OfferRenamed = defineEvent({
  type: 'OfferRenamed',
  streams: ['offer'],
  content: true,
  meaning: 'An offer bears another label.',
  data: z.strictObject(declared),
});

export const RecordsDeclaredComplete = defineEvent({
  type: 'RecordsDeclaredComplete',
  streams: ['offer'],
  meaning:
    'Whether the records of an offer for a financial year are complete: only then is a difference from a published figure shown.',
  data: z.strictObject({ year: FinancialYear, complete: z.boolean() }),
});

export const MeasureDeclared = defineEvent({
  type: 'MeasureDeclared',
  streams: ['measure'],
  content: true,
  meaning:
    'Puts a counting rule in force for a measure from this position; every rule once cited stays runnable.',
  data: z.strictObject({
    label: Label,
    unit: z.enum([
      'activity',
      'organisation',
      'person',
      'attendance',
      'place',
      'day',
      'GBP',
      'graduate',
      'deliverable',
      'percent',
      'ratio',
    ]),
    kind: z.enum(['flow', 'stock']),
    /** The code that counts, for example `distinct-bodies/1`; never edited once released. */
    rule: z.string().regex(/^[a-z0-9-]+\/[0-9]+$/, 'must be a rule id such as distinct-bodies/1'),
    parameters: z.record(z.string(), z.unknown()),
    /** Measures of one family may be added to one another; others are refused (S3). */
    addsWith: Slug.optional(),
  }),
});
