import { openDatabase, type Database } from '@ledger/sqlite';
import { followPages, Growth } from '../live-subscription';
import { parseCursor } from '../position-cursor';
import type { CaughtUp, ReadableLog, ReadOptions, RecordedEvent, PageRequest } from '../port';
import { EventRows } from './event-rows';
import { positionBefore } from './position-before';

/** How often the file is looked at for what its writer has added, in milliseconds. */
const lookEvery = 50;

/**
 * A log's file that another process of this machine writes: read as it grows. SQLite tells nobody that a file has grown,
 * so it is looked at; events come within some tens of milliseconds.
 */
export class FollowedSqliteLog implements ReadableLog {
  readonly #database: Database;
  readonly #rows: EventRows;
  readonly #growth = new Growth();
  readonly #looking: NodeJS.Timeout;
  #seen: number;

  private constructor(database: Database) {
    this.#database = database;
    this.#rows = new EventRows(database);
    this.#seen = this.#rows.last();
    this.#looking = setInterval(() => this.#look(), lookEvery);
    this.#looking.unref();
  }

  /** @throws SqliteError where the file is missing or is no database */
  static open(file: string): FollowedSqliteLog {
    return new FollowedSqliteLog(openDatabase(file, { synchronous: 'FULL', readOnly: true }));
  }

  #look(): void {
    const last = this.#rows.last();
    if (last === this.#seen) return;
    this.#seen = last;
    this.#growth.announce();
  }

  async head(): Promise<{ position: bigint; cursor: string }> {
    const last = this.#rows.last();
    return { position: BigInt(last), cursor: String(last) };
  }

  async readPage({ after, limit }: PageRequest): Promise<readonly RecordedEvent[]> {
    return this.#rows.fromPosition(Number(after) + 1, limit);
  }

  async *readStream(
    stream: string,
    { from, direction = 'forward', limit = Number.MAX_SAFE_INTEGER }: ReadOptions = {},
  ): AsyncIterable<RecordedEvent> {
    yield* direction === 'forward'
      ? this.#rows.streamFrom(stream, Number(from ?? 0n), limit)
      : this.#rows.streamUpTo(stream, Number(from ?? Number.MAX_SAFE_INTEGER), limit);
  }

  async positionAt(instant: string): Promise<bigint> {
    return positionBefore(this.#rows, instant);
  }

  subscribe(options: {
    readonly after: bigint;
    readonly signal?: AbortSignal;
  }): AsyncIterable<RecordedEvent | CaughtUp> {
    return followPages((page) => this.readPage(page), this.#growth, options);
  }

  async positionOfCursor(cursor: string): Promise<bigint> {
    return parseCursor(cursor);
  }

  /** Lets go of the file; subscriptions are to be ended by their signals before. */
  async close(): Promise<void> {
    clearInterval(this.#looking);
    this.#database.close();
  }
}
