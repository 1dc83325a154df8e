import { z } from 'zod';
import { lowerFirst } from './first-letter';
import type { ProblemFault } from './problem';
import { shownSent } from './shown-sent';

function quoted(sent: unknown): string {
  return `“${shownSent(sent)}”`;
}

/** The fault of a parameter in words; undefined where the schema has words of its own. */
function inWords(issue: z.core.$ZodIssue, sent: unknown): string | undefined {
  if (issue.code === 'invalid_value')
    return `${sent === undefined ? 'is missing; it' : quoted(sent)} must be one of: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type' && sent === undefined) return 'is missing';
  if (issue.code === 'invalid_type' && /^(number|int)$/.test(issue.expected))
    return `${quoted(sent)} is no whole number`;
  if (issue.code === 'too_small' && issue.origin !== 'string')
    return `${quoted(sent)} is too little; give at least ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.origin !== 'string')
    return `${quoted(sent)} is too much; give at most ${issue.maximum}`;
  return undefined;
}

/** Whether a parameter is a number, though an address holds texts only. */
function isNumber(schema: unknown): boolean {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return isNumber(schema.unwrap());
  return schema instanceof z.ZodNumber;
}

type Sent = Readonly<Record<string, unknown>>;

/** Nothing at all would read as 0. */
function withoutEmptyNumbers(schema: z.ZodType, sent: Sent): Sent {
  if (!(schema instanceof z.ZodObject)) return sent;
  const shape: Sent = schema.shape;
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [
      name,
      typeof value === 'string' && value.trim() === '' && isNumber(shape[name]) ? Number.NaN : value,
    ]),
  );
}

function faultsOf(schema: z.ZodType, { issues }: z.ZodError, sent: Sent): ProblemFault[] {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((path) => ({
        path,
        message: `there is no such parameter here; parameters are: ${known.length === 0 ? 'none' : known.join(', ')}`,
      }));
    const value = sent[String(issue.path[0])];
    return [{ path: issue.path.join('.'), message: inWords(issue, value) ?? lowerFirst(issue.message) }];
  });
}

/** Parameters of an address as their schema reads them, or what is wrong with each in words. */
export function readParameters<S extends z.ZodType>(
  schema: S,
  sent: Sent,
): { readonly data: z.infer<S> } | { readonly faults: readonly ProblemFault[] } {
  const parsed = schema.safeParse(withoutEmptyNumbers(schema, sent));
  return parsed.success ? { data: parsed.data } : { faults: faultsOf(schema, parsed.error, sent) };
}
