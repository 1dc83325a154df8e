import type { Permission } from '@ledger/access';
import type { ClaimCommand } from '@ledger/domain';
import {
  Baseline,
  eventDefinitions,
  Id,
  ReopeningReason,
  ShortfallReason,
  type NoteRef,
} from '@ledger/events';
import { z } from 'zod';

const FreeText = z.string().min(1).max(4000);
const Note = { note: FreeText.optional().describe('Kept in the vault, where it can be erased.') };

/** What the data of a step is made with beside the request. */
interface Around {
  readonly noted: { readonly noteRef?: NoteRef };
  /** An id of the command, from which what it makes is named. */
  readonly made: string;
}

/** One step in the life of a claim, declared once: address, command and form are made from it. */
export interface ClaimStep {
  readonly step: string;
  readonly summary: string;
  /** The team writes for its own programmes; finance for all. */
  readonly permission: Extract<Permission, 'records:write' | 'claims:audit'>;
  readonly body: z.ZodType;
  /** The text for the vault, where the request has one. */
  readonly text: (request: unknown) => string | undefined;
  readonly command: (request: unknown, around: Around) => ClaimCommand;
}

/** Keeps the type of a step's request for what is made of it. */
function step<B extends z.ZodObject>(declared: {
  readonly step: ClaimCommand['step'];
  readonly summary: string;
  readonly permission: ClaimStep['permission'];
  readonly body: B;
  /** The field of the text; `note` unless said otherwise. */
  readonly textIn?: string;
  readonly command: (request: z.infer<B>, around: Around) => ClaimCommand;
}): ClaimStep {
  const { textIn = 'note', body, command, ...rest } = declared;
  return {
    ...rest,
    body,
    text: (request) => {
      const text: unknown =
        typeof request === 'object' && request !== null ? Reflect.get(request, textIn) : '';
      return typeof text === 'string' && text !== '' ? text : undefined;
    },
    // The request has been checked against this very body before.
    command: (request, around) => command(request as z.infer<B>, around),
  };
}

function noteOf({ noted }: Around): NoteRef {
  if (noted.noteRef === undefined) throw new RangeError('The text of this step is required by its schema');
  return noted.noteRef;
}

const Plain = z.strictObject(Note);

/** Every step that takes a JSON request; evidence comes as a file, at an address of its own. */
export const claimSteps: readonly ClaimStep[] = [
  step({
    step: 'propose-baseline',
    summary: 'Propose what a claim is measured against, and which share of it is put down to the programme',
    permission: 'records:write',
    body: z.strictObject({ ...Baseline.shape, ...Note }),
    command: (request, { noted }) => {
      const { note: _, ...baseline } = request;
      return { step: 'propose-baseline', data: { baseline, ...noted } };
    },
  }),
  step({
    step: 'submit',
    summary: 'Give a claim to finance; what it lacks is said',
    permission: 'records:write',
    body: Plain,
    command: (_, { noted }) => ({ step: 'submit', data: noted }),
  }),
  step({
    step: 'agree-gain',
    summary: 'Say that the body concerned agrees that the gain can be made',
    permission: 'records:write',
    body: Plain,
    command: (_, { noted }) => ({ step: 'agree-gain', data: noted }),
  }),
  step({
    step: 'record-delivery',
    summary: 'Record what a claim came to in a financial year',
    permission: 'records:write',
    body: z.strictObject({
      ...eventDefinitions.DeliveryRecorded.data.omit({ noteRef: true }).shape,
      ...Note,
    }),
    command: (request, { noted }) => {
      const { note: _, ...delivery } = request;
      return { step: 'record-delivery', data: { ...delivery, ...noted } };
    },
  }),
  step({
    step: 'confirm',
    summary: 'Confirm that a recurring gain was made in the next year too, and what it came to',
    permission: 'records:write',
    body: z.strictObject({ ...eventDefinitions.SavingConfirmed.data.omit({ noteRef: true }).shape, ...Note }),
    command: (request, { noted }) => {
      const { note: _, ...confirmed } = request;
      return { step: 'confirm', data: { ...confirmed, ...noted } };
    },
  }),
  step({
    step: 'lapse',
    summary:
      'Let a recurring gain lapse that was not confirmed in time: what was estimated of it is reversed',
    permission: 'claims:audit',
    body: Plain,
    command: (_, { noted }) => ({ step: 'lapse', data: noted }),
  }),
  step({
    step: 'answer',
    summary: 'Answer a query of finance',
    permission: 'records:write',
    body: z.strictObject({ query: Id, text: FreeText }),
    textIn: 'text',
    command: ({ query }, around) => ({ step: 'answer', data: { query, noteRef: noteOf(around) } }),
  }),
  step({
    step: 'start-review',
    summary: 'Take a submitted claim up',
    permission: 'claims:audit',
    body: Plain,
    command: (_, { noted }) => ({ step: 'start-review', data: noted }),
  }),
  step({
    step: 'agree-baseline',
    summary: 'Agree to the baseline of a claim, which freezes it',
    permission: 'claims:audit',
    body: Plain,
    command: (_, { noted }) => ({ step: 'agree-baseline', data: noted }),
  }),
  step({
    step: 'query',
    summary: 'Ask the team about a claim, with a day by which to answer',
    permission: 'claims:audit',
    body: z.strictObject({ text: FreeText, due: eventDefinitions.ClaimQueried.data.shape.due }),
    textIn: 'text',
    command: ({ due }, around) => ({
      step: 'query',
      data: { query: around.made, due, noteRef: noteOf(around) },
    }),
  }),
  step({
    step: 'verify',
    summary: 'Verify what was delivered, year by year, with the reason for what is left',
    permission: 'claims:audit',
    body: z.strictObject({ years: eventDefinitions.ClaimVerified.data.shape.years, ...Note }),
    command: ({ years }, { noted }) => ({ step: 'verify', data: { years, ...noted } }),
  }),
  step({
    step: 'check-estimate',
    summary: 'Say that an estimate is worked out soundly; it is not verified by that',
    permission: 'claims:audit',
    body: Plain,
    command: (_, { noted }) => ({ step: 'check-estimate', data: noted }),
  }),
  step({
    step: 'reject',
    summary: 'Reject a claim: its amounts count nowhere',
    permission: 'claims:audit',
    body: z.strictObject({ reason: ShortfallReason, ...Note }),
    command: ({ reason }, { noted }) => ({ step: 'reject', data: { reason, ...noted } }),
  }),
  step({
    step: 'reopen',
    summary: 'Open a claim again: what was verified of it is void',
    permission: 'claims:audit',
    body: z.strictObject({ because: ReopeningReason.extract(['new-information', 'error-found']), ...Note }),
    command: ({ because }, { noted }) => ({ step: 'reopen', data: { because, ...noted } }),
  }),
];
