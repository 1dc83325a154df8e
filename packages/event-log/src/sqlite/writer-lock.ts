import { isBusy, openDatabase, type Database } from '@ledger/sqlite';
import { EventLogError } from '../errors';

/**
 * Holds the right to write a log for as long as the process lives. It is an operating-system lock on a file
 * beside the log, so a process that was killed leaves none behind.
 * @throws EventLogError LOG_LOCKED where another process holds it
 */
export class WriterLock {
  readonly #database: Database;

  constructor(logFile: string) {
    this.#database = openDatabase(`${logFile}.lock`, {
      synchronous: 'NORMAL',
      busyTimeoutMs: 0,
      journal: 'DELETE',
    });
    try {
      this.#database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      this.#database.close();
      if (!isBusy(error)) throw error;
      throw lockedError(logFile, error);
    }
  }

  release(): void {
    this.#database.exec('ROLLBACK');
    this.#database.close();
  }
}

function lockedError(logFile: string, cause: unknown): EventLogError {
  return new EventLogError(
    'LOG_LOCKED',
    `${logFile} is open for writing in another process. Stop that one first, or go through it: the ledger command does so by itself while the server runs.`,
    { cause },
  );
}

/** Takes the lock, telling a lock held elsewhere from other failures. */
export function takeWriterLock(logFile: string): WriterLock {
  try {
    return new WriterLock(logFile);
  } catch (error) {
    if (isBusy(error)) throw lockedError(logFile, error);
    throw error;
  }
}
