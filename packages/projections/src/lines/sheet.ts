import type { Line } from '@ledger/domain';

/**
 * A sheet gathers the lines that share what questions fix: sort, year, event type, offer and the years of an
 * amount. What differs within a sheet is the member.
 */
export type Sheet = Pick<Line, 'kind' | 'event' | 'offer' | 'amountFrom' | 'amountTo' | 'illustrative'> & {
  /** The financial year both ends lie in, or null where it is not known. */
  readonly year: number | null;
};

/** What of a member is neither body nor person: few of them, shared by many members. */
export type Manner = Pick<
  Line,
  | 'role'
  | 'party'
  | 'subject'
  | 'savingsArea'
  | 'gainType'
  | 'realisation'
  | 'assurance'
  | 'amountBasis'
  | 'qualifier'
>;

export type Member = Manner & Pick<Line, 'body' | 'person'>;

const sheetNames = [
  'kind',
  'year',
  'event',
  'offer',
  'amountFrom',
  'amountTo',
  'illustrative',
] as const satisfies readonly (keyof Sheet)[];

const mannerNames = [
  'role',
  'party',
  'subject',
  'savingsArea',
  'gainType',
  'realisation',
  'assurance',
  'amountBasis',
  'qualifier',
] as const satisfies readonly (keyof Manner)[];

/** The key of a sheet in the dictionary. */
export function sheetKey(sheet: Sheet): string {
  return JSON.stringify(sheetNames.map((name) => sheet[name]));
}

export function mannerKey(manner: Manner): string {
  return JSON.stringify(mannerNames.map((name) => manner[name]));
}

/** The key of a member: the numbers of its body and person (0 for none) and of its manner, in their dictionaries. */
export function memberKey(body: number, person: number, manner: number): string {
  return `${body} ${person} ${manner}`;
}

/** A member's key in its parts. */
export function memberParts(key: string): {
  readonly body: number;
  readonly person: number;
  readonly manner: number;
} {
  const [body, person, manner] = key.split(' ', 3);
  return { body: Number(body), person: Number(person), manner: Number(manner) };
}

function parse<T>(names: readonly (keyof T)[], values: readonly unknown[]): T {
  // The keys of a dictionary are only ever made by the functions above.
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? null])) as T;
}

/** Reads a sheet's key; undefined where it is the key of a roll-up, which has a name in front. */
export function parseSheet(key: string): Sheet | undefined {
  // Made by sheetKey or rollUpKey: a list.
  const values = JSON.parse(key) as unknown[];
  return values.length === sheetNames.length ? parse<Sheet>(sheetNames, values) : undefined;
}

export function parseManner(key: string): Manner {
  return parse<Manner>(mannerNames, JSON.parse(key) as unknown[]);
}
