import type { LogAddress } from './log-address';
import { EventLogError } from './errors';
import type { Clock, EventLog, ReadableLog } from './port';
import { FollowedSqliteLog } from './sqlite/followed-sqlite-log';
import { SqliteEventLog } from './sqlite/sqlite-event-log';

/** A log that another process writes. */
export type FollowedLog = ReadableLog & Pick<EventLog, 'positionOfCursor' | 'close'>;

const noAdapter = (): EventLogError =>
  new EventLogError(
    'LOG_FAILED',
    'This release keeps its log in SQLite only; name the file with LEDGER_LOG=sqlite:PATH.',
  );

/** Opens a log for writing. @throws EventLogError LOG_LOCKED where another process writes it, SqliteError */
export async function openLog(address: LogAddress, clock: Clock): Promise<EventLog> {
  if (address.engine !== 'sqlite') throw noAdapter();
  return SqliteEventLog.open(address.file, clock);
}

/** Opens a log that another process writes. @throws SqliteError where it is missing or is none */
export async function followLog(address: LogAddress): Promise<FollowedLog> {
  if (address.engine !== 'sqlite') throw noAdapter();
  return FollowedSqliteLog.open(address.file);
}
