import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  FollowedSqliteLog,
  KurrentDbEventLog,
  KurrentDbLogCopy,
  SqliteLogCopy,
  type CopyTarget,
  type EventLog,
} from '@ledger/event-log';
import { WrongLedgerError } from '../opening';

/** Where an event log is. */
export type LogAddress =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'kurrentdb'; readonly address: string };

/**
 * An address as it is given: `sqlite:PATH`, the folder of a ledger or the file of its log, or `kurrentdb://…`.
 * @param absolute makes a path of one that was given
 * @throws WrongLedgerError where it is neither
 */
export function parseLogAddress(given: string, absolute: (path: string) => string): LogAddress {
  if (given.startsWith('sqlite:') && given.length > 'sqlite:'.length) {
    const path = absolute(given.slice('sqlite:'.length));
    return { engine: 'sqlite', file: path.endsWith('.db') ? path : join(path, 'log.db') };
  }
  if (/^(kurrentdb|kurrent|kdb)(\+discover)?:\/\//.test(given))
    return { engine: 'kurrentdb', address: given };
  throw new WrongLedgerError(
    'Say where a log is as sqlite:PATH, the folder of a ledger or the file of its log, or as kurrentdb://HOST:2113?tls=false.',
  );
}

type Source = Pick<EventLog, 'head' | 'readPage' | 'close'>;

/** Opens a log to copy it. @throws WrongLedgerError where there is none; EventLogError as KurrentDbEventLog.open does */
export async function openSource(at: LogAddress): Promise<Source> {
  if (at.engine === 'kurrentdb') return KurrentDbEventLog.open(at.address, { now: Date.now });
  if (!existsSync(at.file)) throw new WrongLedgerError(`There is no log at ${at.file}; nothing to copy.`);
  return FollowedSqliteLog.open(at.file);
}

/** Opens a log to copy another into it. @throws EventLogError LOG_LOCKED, or as KurrentDbLogCopy.open does */
export async function openTarget(at: LogAddress): Promise<CopyTarget> {
  if (at.engine === 'kurrentdb') return KurrentDbLogCopy.open(at.address, { now: Date.now });
  mkdirSync(dirname(at.file), { recursive: true });
  return SqliteLogCopy.open(at.file);
}
