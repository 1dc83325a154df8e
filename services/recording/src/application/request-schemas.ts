import { CorrectionReason, eventTypes, Id, isEventType, Slug } from '@ledger/events';
import { isRecordContent } from '@ledger/domain';
import { z } from 'zod';

/** Free text for the vault: a note, or the comment that accepts a warning. */
const FreeText = z.string().min(1).max(4000);
const recordTypes = eventTypes.filter(isRecordContent);

/** One record as it is sent: names and codes may stand where a body's id does. */
export const RecordItem = z.strictObject({
  type: z
    .enum(recordTypes as [string, ...string[]])
    .describe('The type of the content event, for example SupportProvided.'),
  id: Id.optional().describe(
    'The record: left out for a new one; given for the next step of a place or membership.',
  ),
  data: z
    .record(z.string(), z.unknown())
    .describe('The content of the event; a body may be given by name, code or id.'),
  illustrative: z.literal(true).optional().describe('Only in a demonstration ledger: an invented record.'),
  comment: FreeText.optional().describe('Accepts the warnings of this record; auditors see it.'),
});
export type RecordItem = z.infer<typeof RecordItem>;

export const RecordRequest = z.strictObject({ records: z.array(RecordItem).min(1).max(5000) });

const Why = { reason: CorrectionReason, note: FreeText.optional() };

export const CorrectionRequest = z.strictObject({
  corrects: Id.optional().describe('The content event to correct, where the record has several.'),
  type: z.enum(recordTypes as [string, ...string[]]),
  data: z.record(z.string(), z.unknown()).describe('The whole content as it should be.'),
  comment: FreeText.optional(),
  ...Why,
});
export const WithdrawalRequest = z.strictObject({
  withdraws: Id.optional().describe('The content event to withdraw; left out, the whole record.'),
  ...Why,
});
export const ReinstatementRequest = z.strictObject({ reinstates: Id.optional(), ...Why });
export const MergeRequest = z.strictObject({ merged: Id, survivor: Id, ...Why });

/** A fact about a body: `body` is left out for a new one. */
export const BodyRequest = z.strictObject({
  body: z
    .string()
    .max(200)
    .optional()
    .describe('The body: its id, name or code. Left out when one is registered.'),
  type: z.enum([
    'BodyRegistered',
    'BodyDissolved',
    'BodyRenamed',
    'CodeAssigned',
    'ControlRecorded',
    'BodyFactCorrected',
    'BodyFactWithdrawn',
  ]),
  data: z.record(z.string(), z.unknown()),
});

/** A declaration of the catalogue. */
export const CatalogueRequest = z.strictObject({
  id: z.string().max(80).describe('The slug of the theme, programme, savings area, offer or measure.'),
  type: z.enum([
    'ThemeDeclared',
    'ProgrammeDeclared',
    'ApprovalAsked',
    'SavingsAreaDeclared',
    'OfferDeclared',
    'OfferMoved',
    'OfferRenamed',
    'RecordsDeclaredComplete',
    'MeasureDeclared',
  ]),
  data: z.record(z.string(), z.unknown()),
});

/** What is sent as JSON is recorded in one append, and held in memory meanwhile. A file is read and recorded in parts. */
const mostRecords = 15_000;
export const ImportRequest = z.strictObject({
  label: z.string().min(1).max(120),
  records: z
    .array(RecordItem)
    .min(1)
    .max(
      mostRecords,
      `must be at most ${mostRecords} of them; send more as a CSV file or a workbook (POST /api/import-files, or ledger import FILE --map NAME), which is one import however many rows it has`,
    ),
});
export const ReversalRequest = z.strictObject({
  ...Why,
  changedToo: z
    .literal(true)
    .optional()
    .describe('Takes back records too that were changed after the import; without it they are named.'),
});

const PeriodPart = {
  quarter: z.int().min(1).max(4).optional().describe('1 is April to June; left out, the whole year.'),
  programme: Slug.optional().describe('Left out, all programmes and what belongs to none.'),
};
export const ClosingRequest = z.strictObject({
  level: z.enum(['provisional', 'final']),
  ...PeriodPart,
  note: FreeText.optional(),
});
export const ReopeningRequest = z.strictObject({ ...PeriodPart, ...Why });

/** The commands whose events may be withheld, each with what it takes beside `do`. */
const adjustable = [
  'record',
  'correct',
  'withdraw',
  'reinstate',
  'merge',
  'undo-merge',
  'import',
  'reverse-imports',
  'claim-step',
] as const;
/** A change as its own command takes it; that command checks the rest, in the same words. */
const AdjustedChange = z
  .looseObject({ do: z.enum(adjustable) })
  .describe(
    'The change: `do`, and what that command takes; of a correction, withdrawal or reinstatement also `record`, as activity:<id>; of a reversal `imports`; of a step of a claim `claim` and `step`.',
  );
export type AdjustedChange = z.infer<typeof AdjustedChange>;
export const AdjustmentRequest = z.strictObject({ change: AdjustedChange, ...Why });
export const ApprovalRequest = z.strictObject({ note: FreeText.optional() });
export const DecisionRequest = z.strictObject({ note: FreeText.optional() });

/** Narrowing for types that a schema has just checked. */
export function eventType(type: string): Extract<Parameters<typeof isRecordContent>[0], string> {
  if (!isEventType(type)) throw new RangeError(`${type} is no event type`);
  return type;
}
