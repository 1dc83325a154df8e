import type { StoredBody } from '@ledger/events';
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

/** An event whose stored body is read already. */
export interface RecordedBody {
  readonly position: bigint;
  readonly revision: bigint;
  readonly body: StoredBody;
}

/** Reads a log's file beside its writer, in whatever thread or process. */
export class SqliteLogReader implements Pick<EventLog, 'readStream'> {
  readonly #database: Database;
  readonly #rows: EventRows;
  readonly #share: ArrayStatement;
  readonly #inShare: ArrayStatement;

  private constructor(database: Database) {
    this.#database = database;
    this.#rows = new EventRows(database);
    this.#inShare = database.prepareArrays(
      'SELECT 1 FROM event WHERE position = ? AND stream % ? >= ? AND stream % ? < ?',
    );
    // One text for many events costs half of what a row for each does.
    this.#share = database.prepareArrays(
      `SELECT count(*), group_concat(
         '[' || position || ',' || revision || ',' || CAST(bytes AS TEXT) || ']', ',' ORDER BY position)
       FROM event WHERE position > ? AND position <= ? AND stream % ? >= ? AND stream % ? < ?`,
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

  /**
   * The stored bodies of a share of the streams after a position, up to another, in order.
   * @throws SyntaxError where one of them is no JSON; `readShare` gives them one by one
   */
  readBodies(after: number, upTo: number, { of, from, to }: LogShare): RecordedBody[] {
    const [count, text] = this.#share.get(after, upTo, of, from, of, to) ?? [];
    if (Number(count ?? 0) === 0) return [];
    // Made by the statement above; the log holds only what encodeStoredBody made.
    const read = JSON.parse(`[${String(text)}]`) as [number, number, StoredBody][];
    if (read.length !== count)
      throw new SyntaxError('A page of stored bodies is not what it was counted to be');
    return read.map(([position, revision, body]) => ({
      position: BigInt(position),
      revision: BigInt(revision),
      body,
    }));
  }

  /** The same one by one, as they are stored. */
  readShare(after: number, upTo: number, { of, from, to }: LogShare): RecordedEvent[] {
    return this.#rows
      .fromPosition(after + 1, upTo - after)
      .filter((_, at) => this.#inShare.get(after + 1 + at, of, from, of, to) !== undefined);
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
