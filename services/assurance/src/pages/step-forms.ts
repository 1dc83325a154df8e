import { parseFinancialYear, parseSpanText } from '@ledger/calendar';
import { Baseline, Qualifier, ReopeningReason, ShortfallReason } from '@ledger/events';
import type { Fields } from '@ledger/http';
import { readPounds } from '@ledger/recording';
import type { ToldClaim } from '../routes/told-claim';

/** One field of the form of a step. */
export interface StepField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: 'text' | 'long' | 'pounds' | 'year' | 'choice' | 'day' | 'percent' | 'hidden';
  readonly options?: readonly string[];
}

/** The form of a step: what it is called, who takes it, and what it asks. */
export interface StepForm {
  readonly step: string;
  readonly title: string;
  readonly button: string;
  readonly fields: (claim: ToldClaim) => readonly StepField[];
  /** The request that the fields say; what cannot be read is left as it was typed, and refused in words. */
  readonly request: (form: Fields, claim: ToldClaim) => Readonly<Record<string, unknown>>;
}

const note: StepField = {
  name: 'note',
  label: 'Note (optional)',
  hint: 'Kept in the vault, where it can be erased.',
  kind: 'long',
};
const qualifiers: StepField = {
  name: 'qualifier',
  label: 'How exact',
  kind: 'choice',
  options: Qualifier.options,
};

function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  );
}

function pounds(typed: string | undefined): unknown {
  return typed === undefined ? undefined : (readPounds(typed) ?? typed);
}

function year(typed: string | undefined): unknown {
  return typed === undefined ? undefined : (parseFinancialYear(typed) ?? typed);
}

function day(typed: string | undefined): unknown {
  if (typed === undefined) return undefined;
  const read = parseSpanText(typed);
  return 'from' in read && read.from === read.to ? read.from : typed;
}

const noted = (form: Fields): Record<string, unknown> => given({ note: form['note'] });

function plain(step: string, title: string, button: string): StepForm {
  return { step, title, button, fields: () => [note], request: noted };
}

const amounts: readonly StepField[] = [
  { name: 'year', label: 'Financial year', hint: 'For example 2019/20', kind: 'year' },
  { name: 'grossPence', label: 'Gain', hint: 'In pounds, before what it cost', kind: 'pounds' },
  {
    name: 'costPence',
    label: 'Cost (optional)',
    hint: 'What it cost in that year to make the gain',
    kind: 'pounds',
  },
  qualifiers,
  note,
];

function amountsOf(form: Fields): Record<string, unknown> {
  return given({
    year: year(form['year']),
    grossPence: pounds(form['grossPence']),
    costPence: pounds(form['costPence']),
    qualifier: form['qualifier'],
    note: form['note'],
  });
}

/** The years of a claim that are delivered and not verified. */
function yearsToVerify({ claim }: ToldClaim): ToldClaim['claim']['years'] {
  return claim.years.filter(
    ({ deliveredPence, verifiedPence }) => deliveredPence !== null && verifiedPence === null,
  );
}

const baselineForm: StepForm = {
  step: 'propose-baseline',
  title: 'Propose a baseline',
  button: 'Propose',
  fields: () => [
    {
      name: 'valuePence',
      label: 'Value',
      hint: 'In pounds a year: what it cost or earned without the change',
      kind: 'pounds',
    },
    { name: 'fromYear', label: 'First year of the baseline', kind: 'year' },
    { name: 'toYear', label: 'Last year of the baseline', kind: 'year' },
    { name: 'source', label: 'Where the value is from', kind: 'text' },
    { name: 'sort', label: 'What it is', kind: 'choice', options: Baseline.shape.sort.options },
    { name: 'priceBasis', label: 'Price basis', kind: 'choice', options: Baseline.shape.priceBasis.options },
    { name: 'counterfactual', label: 'What would have happened otherwise (optional)', kind: 'text' },
    {
      name: 'attributionHundredths',
      label: 'Share put down to the programme (optional)',
      hint: 'Per cent, for example 60 or 33.33; left empty, nothing is said',
      kind: 'percent',
    },
    { name: 'attributionReason', label: 'Why this share (optional)', kind: 'text' },
    note,
  ],
  request: (form) =>
    given({
      valuePence: pounds(form['valuePence']),
      fromYear: year(form['fromYear']),
      toYear: year(form['toYear']),
      source: form['source'],
      sort: form['sort'],
      priceBasis: form['priceBasis'],
      counterfactual: form['counterfactual'],
      // A per cent has two decimals as a pound has.
      attributionHundredths: pounds(form['attributionHundredths']?.replace('%', '')),
      attributionReason: form['attributionReason'],
      note: form['note'],
    }),
};

const verifyForm: StepForm = {
  step: 'verify',
  title: 'Verify what was delivered',
  button: 'Verify',
  fields: (claim) => [
    ...yearsToVerify(claim).flatMap(({ year: label, number }): StepField[] => [
      {
        name: `verified-${number}`,
        label: `Verified of ${label}`,
        hint: 'In pounds, before what it cost; leave empty to leave the year',
        kind: 'pounds',
      },
      {
        name: `reason-${number}`,
        label: `Why the rest of ${label} is not verified`,
        kind: 'choice',
        options: ShortfallReason.options,
      },
    ]),
    note,
  ],
  request: (form, claim) => ({
    years: yearsToVerify(claim).flatMap(({ number }) =>
      form[`verified-${number}`] === undefined
        ? []
        : [
            given({
              year: number,
              verifiedPence: pounds(form[`verified-${number}`]),
              reason: form[`reason-${number}`],
            }),
          ],
    ),
    ...noted(form),
  }),
};

/** The forms of all steps, in the order in which they are offered. */
export const stepForms: readonly StepForm[] = [
  plain('agree-gain', 'Say that the gain is agreed', 'The gain is agreed'),
  {
    step: 'record-delivery',
    title: 'Record what was delivered',
    button: 'Record',
    fields: () => amounts,
    request: amountsOf,
  },
  {
    step: 'confirm',
    title: 'Confirm the gain for a further year',
    button: 'Confirm',
    fields: () => amounts,
    request: amountsOf,
  },
  baselineForm,
  plain('submit', 'Submit the claim to finance', 'Submit'),
  plain('start-review', 'Take the claim up', 'Start the review'),
  plain('agree-baseline', 'Agree to the baseline', 'Agree, which freezes it'),
  {
    step: 'query',
    title: 'Ask the team',
    button: 'Ask',
    fields: () => [
      { name: 'text', label: 'Question', hint: 'Kept in the vault, where it can be erased.', kind: 'long' },
      { name: 'due', label: 'To be answered by', hint: 'For example 30 June 2026', kind: 'day' },
    ],
    request: (form) => given({ text: form['text'], due: day(form['due']) }),
  },
  {
    step: 'answer',
    title: 'Answer finance',
    button: 'Answer',
    fields: ({ thread }) => [
      {
        name: 'query',
        label: 'Which question',
        kind: 'choice',
        options: thread.flatMap(({ query, answer }) => (answer === null ? [query] : [])),
      },
      { name: 'text', label: 'Answer', hint: 'Kept in the vault, where it can be erased.', kind: 'long' },
    ],
    request: (form) => given({ query: form['query'], text: form['text'] }),
  },
  verifyForm,
  plain('check-estimate', 'Say that the estimate is sound', 'The estimate is sound'),
  {
    step: 'reject',
    title: 'Reject the claim',
    button: 'Reject',
    fields: () => [
      { name: 'reason', label: 'Reason', kind: 'choice', options: ShortfallReason.options },
      note,
    ],
    request: (form) => given({ reason: form['reason'], note: form['note'] }),
  },
  {
    step: 'reopen',
    title: 'Open the claim again',
    button: 'Reopen',
    fields: () => [
      {
        name: 'because',
        label: 'Because of',
        kind: 'choice',
        options: ReopeningReason.options.filter((one) => one === 'new-information' || one === 'error-found'),
      },
      note,
    ],
    request: (form) => given({ because: form['because'], note: form['note'] }),
  },
  plain('lapse', 'Let the gain lapse', 'Let it lapse'),
];
