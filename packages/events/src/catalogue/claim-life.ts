import { z } from 'zod';
import { defineEvent, type StreamKind } from '../define-event';
import { FinancialYear, Id, Label, LondonDate, NoteReference, Pence, Qualifier } from '../primitives';

const claim: readonly StreamKind[] = ['claim'];
const noted = { noteRef: NoteReference.optional() };
/** A share in hundredths of a per cent: 10000 is the whole. */
const ShareHundredths = z.int().min(0).max(10_000);

/** What a claim is measured against, and how much of it is put down to the programme. */
export const Baseline = z.strictObject({
  /** What the service cost, or earned, without the change; per year, in pence. */
  valuePence: Pence,
  fromYear: FinancialYear,
  toYear: FinancialYear,
  source: Label,
  sort: z.enum(['outturn', 'approved budget', 'forecast', 'benchmark']),
  priceBasis: z.enum(['cash prices', 'constant prices']),
  /** What would have happened otherwise, where that is not the baseline going on. */
  counterfactual: Label.optional(),
  attributionHundredths: ShareHundredths.optional(),
  attributionReason: Label.optional(),
});

/** Why not all, or nothing, of an amount could be verified. */
export const ShortfallReason = z.enum([
  'no-evidence',
  'baseline-not-right',
  'not-attributable',
  'counted-twice',
  'cost-not-taken-off',
  'service-got-worse',
  'not-delivered',
  'arithmetic',
  'other',
]);
export const ReopeningReason = z.enum([
  'baseline-changed',
  'claim-revised',
  'amount-changed',
  'new-information',
  'error-found',
]);
export const EvidenceSort = z.enum([
  'accounts',
  'budget',
  'invoice',
  'contract',
  'statement of the council',
  'calculation',
  'correspondence',
  'other',
]);

export const GainAgreed = defineEvent({
  type: 'GainAgreed',
  streams: claim,
  meaning: 'The body concerned agrees that the gain can be made; nothing of it is delivered yet.',
  data: z.strictObject(noted),
});
export const DeliveryRecorded = defineEvent({
  type: 'DeliveryRecorded',
  streams: claim,
  meaning: 'What a claim came to in a financial year: the actual gain, and what it cost to make.',
  data: z.strictObject({
    year: FinancialYear,
    grossPence: Pence,
    costPence: Pence.optional(),
    qualifier: Qualifier,
    ...noted,
  }),
});
export const ClaimSubmitted = defineEvent({
  type: 'ClaimSubmitted',
  streams: claim,
  meaning: 'The claim is complete and is given to finance.',
  data: z.strictObject(noted),
});
export const ClaimReviewStarted = defineEvent({
  type: 'ClaimReviewStarted',
  streams: claim,
  meaning: 'Finance has taken the claim up.',
  data: z.strictObject(noted),
});
export const BaselineProposed = defineEvent({
  type: 'BaselineProposed',
  streams: claim,
  meaning:
    'What the claim is measured against, and which share of it is put down to the programme, as proposed.',
  data: z.strictObject({ baseline: Baseline, ...noted }),
});
export const BaselineAgreed = defineEvent({
  type: 'BaselineAgreed',
  streams: claim,
  meaning: 'Another person agrees to the baseline, which is frozen by it.',
  data: z.strictObject({ proposal: Id, ...noted }),
});
export const EvidenceAttached = defineEvent({
  type: 'EvidenceAttached',
  streams: claim,
  meaning: 'A file in the vault is evidence of the claim; the hash is of the encrypted file.',
  data: z.strictObject({
    evidence: Id,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().min(1),
    mediaType: z.string().min(1).max(100),
    title: Label,
    sort: EvidenceSort,
    dated: LondonDate.optional(),
    ...noted,
  }),
});
export const ClaimQueried = defineEvent({
  type: 'ClaimQueried',
  streams: claim,
  meaning: 'Finance asks the team about the claim; what is asked is in the vault.',
  data: z.strictObject({ query: Id, due: LondonDate, noteRef: NoteReference }),
});
export const ClaimAnswered = defineEvent({
  type: 'ClaimAnswered',
  streams: claim,
  meaning: 'The team answers a query; the answer is in the vault.',
  data: z.strictObject({ query: Id, noteRef: NoteReference }),
});
export const ClaimVerified = defineEvent({
  type: 'ClaimVerified',
  streams: claim,
  meaning: 'So much of what was delivered in each year is verified; why the rest is not.',
  data: z.strictObject({
    years: z
      .array(
        z.strictObject({
          year: FinancialYear,
          verifiedPence: Pence,
          reason: ShortfallReason.optional(),
        }),
      )
      .min(1)
      .max(50),
    ...noted,
  }),
});
export const EstimateChecked = defineEvent({
  type: 'EstimateChecked',
  streams: claim,
  meaning: 'The estimate is worked out soundly. It is not verified: nothing of it is delivered.',
  data: z.strictObject(noted),
});
export const ClaimRejected = defineEvent({
  type: 'ClaimRejected',
  streams: claim,
  meaning: 'Finance does not accept the claim; its amounts count nowhere.',
  data: z.strictObject({ reason: ShortfallReason, ...noted }),
});
export const ClaimReopened = defineEvent({
  type: 'ClaimReopened',
  streams: claim,
  meaning: 'The claim is open again and its verification void: it is submitted and looked at anew.',
  data: z.strictObject({
    because: ReopeningReason,
    /** The years whose verification is void by it. */
    voids: z.array(FinancialYear).max(50),
    ...noted,
  }),
});

/** Of the amounts of one claim: what counts in the other. */
const Elsewhere = z.strictObject({ year: FinancialYear, pence: Pence.min(1) });

export const ClaimPlaced = defineEvent({
  type: 'ClaimPlaced',
  streams: claim,
  meaning: 'In both claims: the one is a part of what the other says.',
  data: z.strictObject({ part: Id, whole: Id, ...noted }),
});
export const OverlapResolved = defineEvent({
  type: 'OverlapResolved',
  streams: claim,
  meaning:
    'In both claims: whether they count the same gain twice, and which of them counts what. A later one takes the place of an earlier.',
  data: z.strictObject({
    other: Id,
    as: z.enum(['distinct', 'same', 'shared']),
    /** False in the claim whose gains count in the other alone. */
    countsHere: z.boolean(),
    /** What of this claim counts in the other, where they share a gain. */
    elsewhere: z.array(Elsewhere).max(50),
    ...noted,
  }),
});

export const SavingConfirmed = defineEvent({
  type: 'SavingConfirmed',
  streams: claim,
  meaning: 'A recurring gain was made in a further year too: what it came to, and what it cost.',
  data: z.strictObject({
    year: FinancialYear,
    grossPence: Pence,
    costPence: Pence.optional(),
    qualifier: Qualifier,
    ...noted,
  }),
});
export const SavingLapsed = defineEvent({
  type: 'SavingLapsed',
  streams: claim,
  meaning:
    'A recurring gain was not confirmed in time: from this year on, what was estimated of it counts no longer.',
  data: z.strictObject({ from: FinancialYear, ...noted }),
});

/** The tests of an audit worksheet (NAO's tests of impact, and what makes claims wrong most often). */
export const WorksheetTest = z.enum([
  'evidence',
  'baseline',
  'period',
  'attribution',
  'double count',
  'net of cost',
  'service quality',
  'sustained',
  'arithmetic',
]);
export const TestResult = z.enum(['passed', 'failed', 'not applicable']);

export const ClaimTested = defineEvent({
  type: 'ClaimTested',
  streams: claim,
  meaning: 'The audit worksheet of a claim: how it came through each test, and what that is worth in pence.',
  data: z.strictObject({
    tests: z
      .array(
        z.strictObject({
          test: WorksheetTest,
          result: TestResult,
          /** What the finding takes off the claim, or adds to it. */
          effectPence: z.int().optional(),
          noteRef: NoteReference.optional(),
        }),
      )
      .min(1)
      .max(9),
    ...noted,
  }),
});
