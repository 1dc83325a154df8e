import type { Line } from '@ledger/domain';

/**
 * A sheet gathers the lines that share what questions fix: sort, year, event type, offer and the years of an
 * amount. What differs within a sheet is the body, the person and the manner.
 */
export type Sheet = Pick<Line, 'kind' | 'event' | 'offer' | 'amountFrom' | 'amountTo' | 'illustrative'> & {
  /** The financial year both ends lie in, or null where it is not known. */
  readonly year: number | null;
};

/** What of a line is in neither the sheet nor body, person, dates and quantity: few of them, shared by many lines. */
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
