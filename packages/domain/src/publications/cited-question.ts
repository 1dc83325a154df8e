import { parseFinancialYear } from '@ledger/calendar';
import { LondonDate, Slug } from '@ledger/events';
import { z } from 'zod';

/*
 * A published figure names its question in texts, as an address does, so that whoever holds the events alone can ask it
 * again. What names the row of a table may be left out to mean all of its rows.
 */

const Year = z
  .string()
  .refine((text) => parseFinancialYear(text) !== undefined, 'must be a financial year such as 2019/20')
  .describe('A financial year: 2019/20.');
const Day = LondonDate.optional();
const Words = z.string().min(1).max(200).optional();

/** The columns of the savings table that may be published. */
export const gainsColumns = ['estimate', 'delivered', 'delivered-net', 'verified'] as const;
export type GainsColumn = (typeof gainsColumns)[number];

/** What each question that may be published is asked with. */
export const citedParameters = {
  'annual-total': z.strictObject({
    year: Year,
    measure: Slug.optional().describe('The row.'),
    asAt: Day.describe('Up to this day of the year.'),
    quarter: z.enum(['1', '2', '3', '4', 'not-known']).optional(),
  }),
  'take-up': z.strictObject({
    year: Year,
    measure: Slug.optional(),
    offer: Slug.optional(),
    programme: Slug.optional(),
    by: z.enum(['region', 'type', 'control', 'party']),
    group: Words.describe('The row.'),
    referenceDate: Day,
  }),
  savings: z.strictObject({
    year: Year,
    area: z.union([Slug, z.literal('none')]).optional(),
    realisation: Words,
    gainType: Words,
    amountBasis: Words,
    notApportioned: z.literal('true').optional(),
  }),
  'savings-table': z.strictObject({
    year: Year,
    by: z.enum(['area', 'programme', 'body']),
    row: z.string().min(1).max(80).optional().describe('An area, programme or body, `none`, or `all`.'),
    column: z.enum(gainsColumns).optional(),
  }),
} as const;

export type CitedAsk = keyof typeof citedParameters;
export type CitedParameters<A extends CitedAsk> = z.infer<(typeof citedParameters)[A]>;

/** A question that may be published: of one figure, or of a table. */
export type CitedQuestion = {
  [A in CitedAsk]: { readonly ask: A; readonly parameters: CitedParameters<A> };
}[CitedAsk];

function isCitedAsk(ask: string): ask is CitedAsk {
  return Object.hasOwn(citedParameters, ask);
}

/** Reads a question as an event or a bundle holds it; undefined where this release does not know it. */
export function readCitedQuestion(
  ask: string,
  parameters: Readonly<Record<string, string>>,
): CitedQuestion | undefined {
  if (!isCitedAsk(ask)) return undefined;
  const read = citedParameters[ask].safeParse(parameters);
  // The parameters are those of the question, whose schema has just read them.
  return read.success ? ({ ask, parameters: read.data } as CitedQuestion) : undefined;
}
