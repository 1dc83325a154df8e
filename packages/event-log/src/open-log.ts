import { KurrentDbEventLog } from './kurrentdb/kurrentdb-event-log';
import type { LogAddress } from './log-address';
import type { Clock, EventLog, ReadableLog } from './port';
import { FollowedSqliteLog } from './sqlite/followed-sqlite-log';
import { SqliteEventLog } from './sqlite/sqlite-event-log';

/** A log that another process writes. */
export type FollowedLog = ReadableLog & Pick<EventLog, 'positionOfCursor' | 'close'>;

export interface OpenLogOptions {
  /**
   * A file of one process alone, in which is remembered what was seen of a log in KurrentDB; without one it is read from
   * its start each time. A log in a file needs none.
   */
  readonly indexFile?: string | undefined;
}

/**
 * Opens a log for writing.
 * @throws EventLogError LOG_LOCKED where another process writes the file, LOG_UNREACHABLE, LOG_REFUSED, LOG_CORRUPT; SqliteError
 */
export async function openLog(
  address: LogAddress,
  clock: Clock,
  options: OpenLogOptions = {},
): Promise<EventLog> {
  if (address.engine === 'sqlite') return SqliteEventLog.open(address.file, clock);
  return openKurrentDb(address.connection, clock, options);
}

/**
 * Opens a log that another process writes.
 * @throws SqliteError where the file is missing or is none; EventLogError LOG_UNREACHABLE, LOG_REFUSED, LOG_CORRUPT
 */
export async function followLog(address: LogAddress, options: OpenLogOptions = {}): Promise<FollowedLog> {
  if (address.engine === 'sqlite') return FollowedSqliteLog.open(address.file);
  // Whoever follows stamps nothing.
  return openKurrentDb(address.connection, Date.now, options);
}

/** What it is built of is loaded here, when the first log is opened on it. */
async function openKurrentDb(
  connection: string,
  now: Clock,
  { indexFile }: OpenLogOptions,
): Promise<KurrentDbEventLog> {
  return KurrentDbEventLog.open(connection, { now, ...(indexFile !== undefined && { indexFile }) });
}
