import { z } from 'zod';
import { defineEvent } from '../define-event';
import {
  Decimal,
  FinancialYear,
  Id,
  Label,
  LondonDate,
  Occurred,
  PrintedNumber,
  Qualifier,
  Slug,
} from '../primitives';

export const MetricObserved = defineEvent({
  type: 'MetricObserved',
  streams: ['observation'],
  content: true,
  meaning:
    'A level or a count of something was observed. A level (stock) is of its last day, a count (flow) of its span.',
  data: z.strictObject({
    metric: Slug,
    offer: Slug.optional(),
    body: Id.optional(),
    occurred: Occurred,
    kind: z.enum(['flow', 'stock']),
    value: z.int(),
    unit: z.enum(['count', 'pence', 'hundredths-of-days']),
    qualifier: Qualifier,
  }),
});

export const SurveyResultRecorded = defineEvent({
  type: 'SurveyResultRecorded',
  streams: ['observation'],
  content: true,
  meaning:
    'One answer of a survey: what was asked, on which scale, over which period, and how many people it is of. A percentage has a base.',
  data: z.strictObject({
    offer: Slug.optional(),
    /** What was asked, in short; it names no person. */
    question: Label,
    /** What could be answered: "1 very dissatisfied to 5 very satisfied". */
    scale: Label,
    /** The answers that a percentage is of: "4 or 5". */
    answer: Label.optional(),
    /** The period that was surveyed. */
    occurred: Occurred,
    /** `score` is a mean on the scale. */
    resultIn: z.enum(['percent', 'score']),
    result: PrintedNumber,
    /** How many people answered this question. */
    base: z.int().min(1).max(10_000_000).optional(),
    /** How many people answered the survey, and how many were asked to. */
    responses: z.int().min(1).max(10_000_000),
    invited: z.int().min(1).max(10_000_000).optional(),
    /** The percentage stands as a report printed it, though no whole number of people gives it on its base. */
    asPublished: z.boolean().optional(),
    source: Label.optional(),
  }),
});

export const EarlierSupportDeclared = defineEvent({
  type: 'EarlierSupportDeclared',
  streams: ['observation'],
  content: true,
  meaning:
    'What a body or person had, or had not, had of an offer before the ledger: history older than its records.',
  data: z
    .strictObject({
      offer: Slug,
      body: Id.optional(),
      person: Id.optional(),
      had: z.boolean(),
      upTo: LondonDate,
      source: Label,
    })
    // zod's JSON Schema cannot say this; the domain's rules say it again in words.
    .describe('exactly one of body and person'),
});

export const FigureBroughtForward = defineEvent({
  type: 'FigureBroughtForward',
  streams: ['observation'],
  content: true,
  meaning: 'A figure as a report printed it, to stand beside what is computed. It is never counted.',
  data: z.strictObject({
    figure: Slug,
    value: Decimal,
    unit: z.enum(['count', 'percent', 'GBP', 'days', 'hours', 'ratio', 'score']),
    qualifier: Qualifier,
    kind: z.enum(['flow', 'stock', 'cumulative', 'rate']),
    theme: Label,
    programme: Label,
    measure: Label,
    dimension: z.record(Label, Label).optional(),
    numerator: Decimal.optional(),
    base: Decimal.optional(),
    financialYear: FinancialYear,
    asAt: LondonDate.optional(),
    /** The surveyed or other period in words, where it is not the year. */
    period: Label.optional(),
    roundedTo: Decimal.optional(),
    document: Label,
    /** Where in the document: a slug of the place (headline, body, annex-a …), never a quotation. */
    place: Label.optional(),
    /** Of a change: the figures it compares, null where one is not printed. */
    compares: z.strictObject({ current: Slug.nullable(), previous: Slug.nullable() }).optional(),
  }),
});
