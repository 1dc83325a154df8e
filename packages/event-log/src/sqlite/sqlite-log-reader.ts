import { openDatabase, type ArrayStatement, type Database } from '@ledger/sqlite';
import type { EventLog, ReadOptions, RecordedEvent } from '../port';
import { EventRows } from './event-rows';

/** Which streams of the log to read: those whose number leaves one of some remainders. */
export interface LogShare {
  readonly of: number;
  /** From this remainder on, up to but without the other. */
  readonly from: number;
  readonly to: number;
}

/** Reads a log's file beside its writer, in whatever thread or process. */
export class SqliteLogReader implements Pick<EventLog, 'readStream'> {
  readonly #database: Database;
  readonly #rows: EventRows;
  readonly #share: ArrayStatement;

  private constructor(database: Database) {
    this.#database = database;
    this.#rows = new EventRows(database);
    this.#share = database.prepareArrays(
      `SELECT e.position, e.revision, s.name, e.bytes FROM event e JOIN stream s ON s.id = e.stream
       WHERE e.position > ? AND e.position <= ? AND e.stream % ? >= ? AND e.stream % ? < ? ORDER BY e.position`,
    );
  }

  /** @throws SqliteError where the file is missing or is no database */
  static open(file: string): SqliteLogReader {
    return new SqliteLogReader(openDatabase(file, { synchronous: 'FULL', readOnly: true }));
  }

  /** The last position, 0 where the log is empty. */
  head(): number {
    return this.#rows.last();
  }

  /** The events of a share of the streams after a position, up to another, in order. */
  readShare(after: number, upTo: number, { of, from, to }: LogShare): RecordedEvent[] {
    return this.#share.all(after, upTo, of, from, of, to).map(this.#rows.toEvent);
  }

  async *readStream(
    stream: string,
    { from = 0n, limit = Number.MAX_SAFE_INTEGER }: ReadOptions = {},
  ): AsyncIterable<RecordedEvent> {
    yield* this.#rows.streamFrom(stream, Number(from), limit);
  }

  close(): void {
    this.#database.close();
  }
}
