import { EventLogError } from '../errors';
import type { LogAddress } from './own-events';

/** The cursor of an address: two numbers, of use only to this engine. */
export function cursorOf({ commit, prepare }: LogAddress): string {
  return `${commit}-${prepare}`;
}

/** @throws EventLogError INVALID_CURSOR */
export function parseAddress(cursor: string): LogAddress {
  const [, commit, prepare] = /^(\d{1,18})-(\d{1,18})$/.exec(cursor) ?? [];
  if (commit === undefined || prepare === undefined)
    throw new EventLogError('INVALID_CURSOR', `“${cursor.slice(0, 40)}” is no cursor of this ledger.`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}
