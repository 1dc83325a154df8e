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

/** An event as a scan of the log's file finds it: in numbers, which cost half of what big ones do. */
export interface ScannedEvent {
  readonly position: number;
  readonly revision: number;
  /** The number of its stream in this file. */
  readonly stream: number;
  /** The stored body as text; as bytes where the text may not be all that is in them. */
  readonly stored: string | Uint8Array;
}

/** What stands in a text for bytes that are no UTF-8. */
const replacement = '\ufffd';
/** How many streams are asked about at once. */
const streamsAtOnce = 20_000;

/** Reads a log's file beside its writer, in whatever thread or process. */
export class SqliteLogReader implements Pick<EventLog, 'readStream'> {
  readonly #database: Database;
  readonly #rows: EventRows;
  readonly #scan: ArrayStatement;
  readonly #bytes: ArrayStatement;
  readonly #streamName: ArrayStatement;

  private constructor(database: Database) {
    this.#database = database;
    this.#rows = new EventRows(database);
    this.#scan = database.prepareArrays(
      `SELECT position, revision, stream, CAST(bytes AS TEXT) FROM event
       WHERE position > ? AND position <= ? AND stream % ? >= ? AND stream % ? < ? ORDER BY position`,
    );
    this.#bytes = database.prepareArrays('SELECT bytes FROM event WHERE position = ?');
    this.#streamName = database.prepareArrays('SELECT name FROM stream WHERE id = ?');
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
  scan(after: number, upTo: number, { of, from, to }: LogShare): ScannedEvent[] {
    return this.#scan.all(after, upTo, of, from, of, to).map(([position, revision, stream, text]) => ({
      position: Number(position),
      revision: Number(revision),
      stream: Number(stream),
      stored: String(text).includes(replacement) ? this.#bytesAt(Number(position)) : String(text),
    }));
  }

  #bytesAt(position: number): Uint8Array {
    const bytes = this.#bytes.get(position)?.[0];
    if (!ArrayBuffer.isView(bytes)) throw new TypeError('An event row holds no bytes');
    return bytes;
  }

  /** The name of a stream by its number in this file. */
  streamName(stream: number): string {
    return String(this.#streamName.get(stream)?.[0]);
  }

  /** The last revision of each stream, by its number: 0 where there is only one event, or none. */
  lastRevisions(): Uint32Array {
    const highest = Number(this.#database.value('SELECT max(id) FROM stream') ?? 0);
    const last = new Uint32Array(highest + 1);
    const further = this.#database.prepareArrays(
      'SELECT stream, max(revision) FROM event WHERE stream > ? GROUP BY stream HAVING max(revision) > 0 LIMIT ?',
    );
    for (let after = 0; ;) {
      const page = further.all(after, streamsAtOnce);
      for (const [stream, revision] of page) last[Number(stream)] = Number(revision);
      const end = page.at(-1);
      if (end === undefined || page.length < streamsAtOnce) return last;
      after = Number(end[0]);
    }
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
