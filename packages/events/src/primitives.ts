import { z } from 'zod';

/*
 * The small shapes that events are made of. They are plain enough to come out as JSON Schema whole: what a
 * JSON Schema cannot say (a date that exists, `from` not after `to`) is a rule of the domain, checked before
 * anything is appended.
 */

/** A random or derived id: lower-case UUID. */
export const Id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a lower-case UUID');
/** A readable id of the catalogue: `corporate-peer-challenge`. */
export const Slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+([-.][a-z0-9]+)*$/, 'must be lower-case letters, digits, hyphens and full stops');
/** A London date, `2016-04-01`. */
export const LondonDate = z
  .string()
  .regex(/^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/, 'must be a date written as YYYY-MM-DD');
/** A title, course, service or project: at most 120 characters, naming no person (design section 4). */
export const Label = z
  .string()
  // Of nothing at all there is no more to say.
  .min(1, { error: 'must not be empty', abort: true })
  .max(120, 'must be at most 120 characters')
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  .regex(/^[^\u0000-\u001f\u007f]+$/, 'must not contain control characters');
/** A financial year as data: 201617 is 2016/17. */
export const FinancialYear = z.int().min(190001).max(299900);
/** Whole pence; negative only where a schema says so. */
export const Pence = z.int().min(0);
/** A decimal number kept as the digits it was written in. */
export const Decimal = z
  .string()
  .max(40)
  .regex(/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/, 'must be a number in plain digits, such as 12 or 90.88');

/** A result as it is printed: digits with at most four decimals, never negative. */
export const PrintedNumber = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?$/, 'must be a number in plain digits, such as 92 or 4.35');

/** **Rule**: when it happened is content: inclusive London dates, and how they are known. */
export const Occurred = z.strictObject({
  from: LondonDate,
  to: LondonDate,
  basis: z.enum(['stated', 'report-year']),
});

/** The role of a body in an activity (design section 2). */
export const Role = z.enum([
  'recipient',
  'host',
  'participant',
  'provider',
  'presenter',
  'partner',
  'venue',
  'member',
]);
export const BodyInRole = z.strictObject({ body: Id, role: Role });
/** At least one body, each once in a role. */
export const BodiesInRoles = z.array(BodyInRole).min(1, 'needs at least one body').max(2000);

/** The levels of a hierarchy of activities, from the whole to its parts: a programme has projects, a project has sessions (A12). */
export const HierarchyLevel = z.enum(['programme', 'project', 'session']);

export const NoteReference = z.strictObject({ vault: Id, sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** The affiliation under which a councillor publicly stands (design section 4). */
export const Party = z.enum([
  'Conservative',
  'Labour',
  'Liberal Democrat',
  'Green',
  'Reform UK',
  'UKIP',
  'Independent',
  'Other',
  'not stated',
]);
/** How exact a published or claimed number is; it travels into every label and total. */
export const Qualifier = z.enum(['exact', 'at least', 'more than', 'about', 'near', 'estimated', 'up to']);

/** Why a record was corrected or withdrawn. */
export const CorrectionReason = z.enum([
  'typing-error',
  'late-information',
  'wrong-body',
  'wrong-date',
  'duplicate',
  'did-not-happen',
  'wrong-offer',
  'import-reversed',
  'other',
]);

export type Role = z.infer<typeof Role>;
export type BodyInRole = z.infer<typeof BodyInRole>;
export type Occurred = z.infer<typeof Occurred>;
export type Party = z.infer<typeof Party>;
export type HierarchyLevel = z.infer<typeof HierarchyLevel>;
export type Qualifier = z.infer<typeof Qualifier>;
export type CorrectionReason = z.infer<typeof CorrectionReason>;

/** At most so many cells and rows of one file are answered: what is said of them is in one event. */
export const mostAnswers = 1000;
