import { shownSent } from '@ledger/http';
import type { z } from 'zod';
import { inPlaces, readPounds } from '../forms/amount-text';

/*
 * The names of fields say what their numbers count: grossPence, fromYear, attributionHundredths. Whoever sends something
 * else is told what was read, and how the same is written there: pounds where pence are counted above all.
 */

interface Counted {
  readonly field: RegExp;
  readonly called: string;
  /** How what was sent is written there, or else what would be right. */
  readonly write: (sent: string) => string;
  /** A number of them as people read it; left out where that is the number itself. */
  readonly read?: (number: number) => string;
}

const counted: readonly Counted[] = [
  { field: /(^p|P)ence$/, called: 'no amount in whole pence', write: penceOf, read: inPounds },
  {
    field: /(^y|Y)ear$/,
    called: 'no financial year',
    write: () => 'give six digits as a number: 2019/20 is 201920',
  },
  {
    field: /Hundredths$/,
    called: 'no number of hundredths',
    write: () => 'give a whole number: 33.33 is 3333',
    read: (hundredths) => inPlaces(hundredths, 2),
  },
];

function penceOf(sent: string): string {
  const pence = readPounds(sent);
  const example =
    pence === undefined || pence < 0 ? '£1,250.50 is 125050' : `£${inPlaces(pence, 2)} is ${pence}`;
  return `give pence as a number, without quotes, comma or point: ${example}`;
}

function inPounds(pence: number): string {
  return `${pence < 0 ? '−' : ''}£${inPlaces(Math.abs(pence), 2)}`;
}

/** Whether a schema asks for a number and was sent something else, or for a year and was sent another number. */
function isMisread(issue: z.core.$ZodIssue, { called }: Counted): boolean {
  if (issue.code === 'invalid_type') return issue.expected === 'number' || issue.expected === 'int';
  return called === 'no financial year' && (issue.code === 'too_small' || issue.code === 'too_big');
}

/** Of a number that is too small or too large: what the field takes, and what the number reads as. */
function boundFault(issue: z.core.$ZodIssue, sent: string, { read }: Counted): string | undefined {
  if (read === undefined || typeof issue.input !== 'number') return undefined;
  if (issue.code === 'too_small')
    return `“${sent}” must be at least ${issue.minimum}; it is ${read(issue.input)}`;
  if (issue.code === 'too_big')
    return `“${sent}” must be at most ${issue.maximum}; it is ${read(issue.input)}`;
  return undefined;
}

/** What to say of something that is no number of what its field counts, or not as large as it may be; undefined of anything else. */
export function numberFault(issue: z.core.$ZodIssue): string | undefined {
  if (issue.input === undefined) return undefined;
  const field = issue.path.findLast((part) => typeof part === 'string') ?? '';
  const found = counted.find((one) => one.field.test(field));
  if (found === undefined) return undefined;
  const sent = shownSent(issue.input);
  return isMisread(issue, found)
    ? `“${sent}” is ${found.called}; ${found.write(sent)}`
    : boundFault(issue, sent, found);
}
