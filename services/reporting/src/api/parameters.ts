import { isLondonDate, parseFinancialYear } from '@ledger/calendar';
import { gainsCells, type TakeUpBy } from '@ledger/projections';
import { quarters, type Quarter, type TakeUpOf } from '@ledger/domain';
import { Role, Slug } from '@ledger/events';
import { AsRecordedBy, askedAt, ProblemError } from '@ledger/http';
import { z } from 'zod';

/** "2016/17", "2016-17" or "201617". */
export const Year = z
  .string()
  .refine((text) => parseFinancialYear(text) !== undefined, 'must be a financial year such as 2016/17')
  .describe('A financial year: 2016/17, 2016-17 or 201617.');

/** The number of a year that `Year` has checked. */
export function yearOf(text: string): number {
  return parseFinancialYear(text) ?? 0;
}

/** What every question takes: which day's knowledge to answer with, and which write to wait for. */
export const asked = {
  asRecordedBy: AsRecordedBy,
  after: z
    .string()
    .max(100)
    .optional()
    .describe('A cursor from a command: the answer includes what it recorded.'),
  format: z.enum(['json', 'csv']).optional(),
};

export { askedAt };

/** A day of the year asked about: for quarterly and half-year reports. */
export const AsAt = z
  .string()
  .refine(isLondonDate, 'must be a date such as 2019-09-30')
  .optional()
  .describe('As things were on this day of the year; left out, on its last day.');

/** What the rows of the savings table are. */
export const GainsBy = z.enum(['area', 'programme', 'body']);
export const By = z.enum(['region', 'type', 'control', 'party']);

export const TakeUpParameters = z.strictObject({
  measure: Slug.optional(),
  offer: Slug.optional(),
  programme: Slug.optional(),
  year: Year,
  by: By,
  referenceDate: z.string().refine(isLondonDate, 'must be a date such as 2017-03-31').optional(),
  ...asked,
});

/** What take-up is asked of: exactly one of measure, offer and programme. */
export function takeUpOf({
  measure,
  offer,
  programme,
}: {
  measure?: string | undefined;
  offer?: string | undefined;
  programme?: string | undefined;
}): TakeUpOf {
  const given = [measure, offer, programme].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new ProblemError(
      400,
      'INVALID_QUESTION',
      'Say what the take-up is of: one of measure, offer and programme.',
      {
        errors: [{ path: 'measure', message: 'give exactly one of measure, offer and programme' }],
      },
    );
  if (measure !== undefined) return { measure };
  return offer !== undefined ? { offer } : { programme: programme ?? '' };
}

/** Parameters of an explanation: those of the question it explains, and the page. */
export const ExplainParameters = z.strictObject({
  ask: z.enum(['annual-total', 'take-up', 'savings', 'savings-table']),
  measure: Slug.optional(),
  offer: Slug.optional(),
  programme: Slug.optional(),
  year: Year,
  by: z.enum([...By.options, 'all', ...GainsBy.options]).optional(),
  row: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe('Of the savings table: the id of its row, `none`, or `all`.'),
  column: z.enum(gainsCells).optional(),
  group: z.string().max(80).optional(),
  roles: z.string().max(200).optional().describe('Roles parted by commas.'),
  asAt: z.string().refine(isLondonDate, 'must be a date').optional(),
  quarter: z
    .enum(['1', '2', '3', '4', 'not-known'])
    .optional()
    .describe('A quarter of the year; not-known for what lies in no one quarter.'),
  referenceDate: z.string().refine(isLondonDate, 'must be a date').optional(),
  area: z.union([Slug, z.literal('none')]).optional(),
  realisation: z.string().max(60).optional(),
  gainType: z.string().max(60).optional(),
  amountBasis: z.string().max(60).optional(),
  notApportioned: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().max(60).optional(),
  asRecordedBy: asked.asRecordedBy,
  after: asked.after,
});

/** A quarter as an address names it. */
export function quarterOf(text: string | undefined): Quarter | undefined {
  return quarters.find((quarter) => String(quarter) === text);
}

export function rolesOf(text: string | undefined): Role[] | undefined {
  if (text === undefined) return undefined;
  const parsed = z.array(Role).safeParse(text.split(','));
  if (!parsed.success)
    throw new ProblemError(400, 'INVALID_QUESTION', `Roles are: ${Role.options.join(', ')}.`, {
      errors: [{ path: 'roles', message: 'names a role there is not' }],
    });
  return parsed.data;
}

export type { TakeUpBy };
