import { z } from 'zod';
import { defineEvent } from '../define-event';
import {
  CorrectionReason,
  FinancialYear,
  Id,
  Label,
  NoteReference,
  Occurred,
  Pence,
  Qualifier,
  Role,
  Slug,
} from '../primitives';

/** Government Efficiency Framework words (design section 7). */
export const GainType = z.enum([
  'cash-releasing efficiency',
  'income',
  'capital receipt',
  'cost avoidance',
  'non-cash',
  'scope reduction',
  'third-party',
  'not stated',
]);
export const Realisation = z.enum(['not stated', 'identified', 'agreed', 'delivered', 'sustained', 'lapsed']);
export const AmountBasis = z.enum(['forecast', 'actual', 'not stated']);

/**
 * One amount of a claim. `fromYear` equal to `toYear` gives that year its slice; a wider span is an amount whose
 * yearly slices are *not given*, and nothing divides it (design section 7).
 */
export const ClaimAmount = z.strictObject({
  fromYear: FinancialYear,
  toYear: FinancialYear,
  basis: AmountBasis,
  grossPence: Pence,
  costPence: Pence.optional(),
  qualifier: Qualifier,
});

/** What a claim says. Shares are given for every body, to the penny of the gross total, or for none. */
export const ClaimContent = z.strictObject({
  offer: Slug.optional(),
  savingsArea: Slug.optional(),
  title: Label,
  bodies: z.array(z.strictObject({ body: Id, role: Role, sharePence: Pence.optional() })).max(2000),
  occurred: Occurred,
  gainType: GainType,
  realisation: Realisation.extract(['not stated', 'identified', 'agreed', 'delivered']),
  amounts: z.array(ClaimAmount).min(1, 'needs at least one amount').max(50),
  recurrence: z.enum(['one-off', 'recurring', 'not stated']),
  service: Label.optional(),
  project: Label.optional(),
  source: Label,
  method: z.enum([
    'actuals',
    "council's estimate",
    "consultant's estimate",
    'extrapolated from a sample',
    'not stated',
  ]),
  linkedActivities: z.array(Id).max(200).optional(),
});

export const SavingsRecorded = defineEvent({
  type: 'SavingsRecorded',
  streams: ['claim'],
  content: true,
  meaning: 'Opens a claim that something was saved or earned, in the realisation that its source states.',
  data: ClaimContent,
});
export const ClaimRevised = defineEvent({
  type: 'ClaimRevised',
  streams: ['claim'],
  meaning: 'The whole content of a claim anew, with the reason.',
  data: z.strictObject({
    content: ClaimContent,
    reason: CorrectionReason,
    noteRef: NoteReference.optional(),
  }),
});
export const ClaimWithdrawn = defineEvent({
  type: 'ClaimWithdrawn',
  streams: ['claim'],
  meaning: 'The claim is no longer made.',
  data: z.strictObject({ reason: CorrectionReason, noteRef: NoteReference.optional() }),
});
