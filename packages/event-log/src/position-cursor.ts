import { EventLogError } from './errors';

/** On engines whose cursor is the position in digits. @throws EventLogError INVALID_CURSOR */
export function parseCursor(cursor: string): bigint {
  if (!/^\d{1,18}$/.test(cursor))
    throw new EventLogError('INVALID_CURSOR', `“${cursor.slice(0, 40)}” is no cursor of this ledger.`);
  return BigInt(cursor);
}
