import { readFileSync } from 'node:fs';
import { read } from 'read';

/** Something that had to be asked for, where nobody is there to ask. */
export class NobodyToAskError extends Error {
  readonly code = 'NOBODY_TO_ASK';
  constructor(option: string) {
    super(`Nobody is there to ask; give ${option}.`);
    this.name = 'NobodyToAskError';
  }
}

/** The value of an option, or asked for at the terminal. @throws NobodyToAskError */
export async function given(value: string | undefined, question: string, option: string): Promise<string> {
  if (value !== undefined) return value;
  if (!process.stdin.isTTY) throw new NobodyToAskError(option);
  return read({ prompt: `${question}: `, output: process.stderr });
}

/** A password: from LEDGER_PASSWORD, from standard input (`--password -`), or asked for without showing it. */
export async function givenPassword(from: string | undefined, question: string): Promise<string> {
  if (from === '-') return readFileSync(0, 'utf8').replace(/\r?\n$/, '');
  const set = process.env['LEDGER_PASSWORD'];
  if (set !== undefined) return set;
  if (!process.stdin.isTTY)
    throw new NobodyToAskError('LEDGER_PASSWORD, or --password - and the password on standard input');
  return read({ prompt: `${question}: `, output: process.stderr, silent: true, replace: '' });
}

/** A new password, asked for twice. */
export async function newPassword(from: string | undefined): Promise<string> {
  const password = await givenPassword(from, 'Password (at least 12 characters)');
  if (from === '-' || process.env['LEDGER_PASSWORD'] !== undefined) return password;
  const again = await givenPassword(from, 'The same again');
  if (again !== password) throw new Error('The two passwords are not the same; nothing was made.');
  return password;
}
