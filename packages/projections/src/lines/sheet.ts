import { yearOfSpan } from '@ledger/calendar';
import type { Line } from '@ledger/domain';

/**
 * A sheet gathers the lines that share what questions fix: sort, offer, year, state of the money. What differs
 * within a sheet (body, role, person, party, subject) is the member.
 */
export type Sheet = Pick<
  Line,
  | 'kind'
  | 'event'
  | 'offer'
  | 'savingsArea'
  | 'basis'
  | 'amountFrom'
  | 'amountTo'
  | 'gainType'
  | 'realisation'
  | 'assurance'
  | 'amountBasis'
  | 'qualifier'
  | 'illustrative'
> & {
  /** The financial year both ends lie in, or null where it is not known. */
  readonly year: number | null;
};

export type Member = Pick<Line, 'body' | 'role' | 'person' | 'party' | 'subject'>;

const sheetNames = [
  'kind',
  'year',
  'event',
  'offer',
  'savingsArea',
  'basis',
  'amountFrom',
  'amountTo',
  'gainType',
  'realisation',
  'assurance',
  'amountBasis',
  'qualifier',
  'illustrative',
] as const satisfies readonly (keyof Sheet)[];
const memberNames = [
  'body',
  'role',
  'person',
  'party',
  'subject',
] as const satisfies readonly (keyof Member)[];

/** The key of a line's sheet in the dictionary. */
export function sheetKey(line: Line): string {
  const sheet: Sheet = { ...line, year: yearOfSpan(line) };
  return JSON.stringify(sheetNames.map((name) => sheet[name]));
}

export function memberKey(line: Line): string {
  return JSON.stringify(memberNames.map((name) => line[name]));
}

function parse<T>(names: readonly (keyof T)[], key: string): T {
  // The keys of a dictionary are only ever made by the functions above.
  const values = JSON.parse(key) as unknown[];
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? null])) as T;
}

export function parseSheet(key: string): Sheet {
  return parse<Sheet>(sheetNames, key);
}

export function parseMember(key: string): Member {
  return parse<Member>(memberNames, key);
}
