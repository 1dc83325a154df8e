import { createHash } from 'node:crypto';

/** What is in a column: whole numbers, text, or bytes that are sealed. */
type Column = 'number' | 'text' | 'bytes';

/** A value of a row, the same whichever engine gave it. */
export type VaultValue = number | string | Uint8Array | null;
export type VaultRow = readonly VaultValue[];

/** A table of a vault, which is the same in every engine. */
export interface VaultTable {
  readonly name: string;
  /** Its columns; the first `key` of them are its key. */
  readonly columns: Readonly<Record<string, Column>>;
  readonly key: number;
  /** How many rows are read and written at once: fewer where one may be a whole file. */
  readonly atOnce: number;
}

const usual = 500;

/** The tables of a vault, each after those that it refers to. */
export const tablesOfVault: readonly VaultTable[] = [
  { name: 'secret', columns: { name: 'text', sealed: 'bytes' }, key: 1, atOnce: usual },
  { name: 'subject_key', columns: { id: 'number', sealed: 'bytes' }, key: 1, atOnce: usual },
  {
    name: 'person',
    columns: {
      id: 'text',
      command_key: 'text',
      subject_key: 'number',
      name: 'bytes',
      email: 'bytes',
      email_hash: 'text',
      hold: 'bytes',
      added: 'text',
    },
    key: 1,
    atOnce: usual,
  },
  { name: 'person_lookup', columns: { hash: 'text', person: 'text' }, key: 2, atOnce: usual },
  { name: 'erased', columns: { person: 'text' }, key: 1, atOnce: usual },
  {
    name: 'note',
    columns: {
      id: 'text',
      command_key: 'text',
      subject_key: 'number',
      sha256: 'text',
      sealed: 'bytes',
      written: 'text',
    },
    key: 1,
    atOnce: usual,
  },
  { name: 'note_about', columns: { person: 'text', note: 'text' }, key: 2, atOnce: usual },
  {
    name: 'evidence',
    columns: {
      id: 'text',
      keyed: 'text',
      subject_key: 'number',
      sha256: 'text',
      sealed: 'bytes',
      media_type: 'text',
      bytes: 'number',
      added: 'text',
    },
    key: 1,
    atOnce: 4,
  },
];

/** A value as an engine gave it, as it is in every engine. @throws TypeError where it is of no such column */
export function valueOf(column: Column, value: unknown): VaultValue {
  if (value === null) return null;
  if (column === 'bytes' && value instanceof Uint8Array) return value;
  if (column === 'number') return Number(value);
  if (column === 'text' && typeof value === 'string') return value;
  throw new TypeError(`A row of the vault holds something else than ${column}`);
}

/** Text that is the same for the same row, and for no other. */
export function textOfRow(row: VaultRow): string {
  return JSON.stringify(
    // A whole file may be in it: its hash takes less room than its bytes once more.
    row.map((value) =>
      value instanceof Uint8Array ? [createHash('sha256').update(value).digest('hex')] : value,
    ),
  );
}
