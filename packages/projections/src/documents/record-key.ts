import type { Thing } from '@ledger/domain';

/** What sorts of key records are found by. */
export const recordKeyNames = ['type', 'offer', 'year', 'figure', 'body', 'project', 'word'] as const;
export type RecordKeyName = (typeof recordKeyNames)[number];

/** A key of the index of records. */
export interface RecordKey {
  readonly kind: Thing['kind'];
  readonly name: RecordKeyName;
  readonly value: string;
}

/** The key as it stands in the dictionary, beside those of sheets: a list of four. */
export function recordKey(kind: Thing['kind'], name: RecordKeyName, value: string): string {
  return JSON.stringify(['record', kind, name, value]);
}

/** Reads a key of the index of records; undefined where it is the key of a sheet or of a roll-up. */
export function parseRecordKey(key: string): RecordKey | undefined {
  // Made by recordKey, sheetKey or rollUpKey: a list.
  const values = JSON.parse(key) as unknown[];
  if (values.length !== 4) return undefined;
  const [, kind, name, value] = values as [string, Thing['kind'], RecordKeyName, string];
  return { kind, name, value };
}
