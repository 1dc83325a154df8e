import { join } from 'node:path';
import { decodeStoredBody } from '@ledger/events';
import type { PageRequest, ReadOptions, RecordedEvent } from '@ledger/event-log';
import {
  openDatabase,
  type ArrayStatement,
  type Database,
  type PreparedStatement,
  type SqlValue,
} from '@ledger/sqlite';
import type { FiguresLog } from './recompute';

/** Events written in one go. */
const batch = 500;
const columns = 'position, revision, stream, bytes';

function eventOf([position, revision, stream, bytes]: SqlValue[]): RecordedEvent {
  if (!ArrayBuffer.isView(bytes)) throw new TypeError('An event row holds no bytes');
  return {
    position: BigInt(Number(position)),
    revision: BigInt(Number(revision)),
    stream: String(stream),
    bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  };
}

/**
 * The events of a bundle on the disk for as long as figures are recomputed from them: a million of them would not fit into
 * the memory that verifying may take.
 */
export class TemporaryLog implements FiguresLog {
  readonly #database: Database;
  // Prepared once: a statement holds memory that the collector does not see.
  readonly #insert: PreparedStatement;
  readonly #next: ArrayStatement;
  readonly #page: ArrayStatement;
  readonly #ofStream: ArrayStatement;
  #waiting: Uint8Array[] = [];
  #size: number;

  private constructor(readonly folder: string) {
    // Nothing here outlives the verification; that the disk has it matters to nobody.
    const options = { synchronous: 'NORMAL', cacheKilobytes: 8000 } as const;
    this.#database = openDatabase(join(folder, 'events.db'), options);
    this.#database.exec(`
      PRAGMA synchronous = OFF;
      CREATE TABLE IF NOT EXISTS event (
        position INTEGER PRIMARY KEY, revision INTEGER NOT NULL, stream TEXT NOT NULL, bytes BLOB NOT NULL,
        UNIQUE (stream, revision)
      );
    `);
    this.#size = Number(this.#database.value('SELECT max(position) FROM event') ?? 0);
    this.#insert = this.#database.prepare(`INSERT INTO event (${columns}) VALUES (?, ?, ?, ?)`);
    this.#next = this.#database.prepareArrays(
      'SELECT revision + 1 FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1',
    );
    this.#page = this.#database.prepareArrays(
      `SELECT ${columns} FROM event WHERE position > ? ORDER BY position LIMIT ?`,
    );
    this.#ofStream = this.#database.prepareArrays(
      `SELECT ${columns} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    );
  }

  /** A new one in an empty folder, or one that was filled before, perhaps in another thread. */
  static open(folder: string): TemporaryLog {
    return new TemporaryLog(folder);
  }

  /** Events in it. */
  get size(): number {
    return this.#size;
  }

  /** Adds the next event. One that is no event is left out of every stream; the verifier has found it by then. */
  add(bytes: Uint8Array): void {
    this.#waiting.push(bytes.slice());
    if (this.#waiting.length >= batch) this.flush();
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#database.transaction(() => {
      for (const bytes of this.#waiting) {
        const { stream } = decodeStoredBody(bytes);
        this.#size += 1;
        this.#insert.run(this.#size, this.#next.get(stream)?.[0] ?? 0, stream, bytes);
      }
    });
    this.#waiting = [];
  }

  async readPage({ after, limit }: PageRequest): Promise<RecordedEvent[]> {
    return this.#page.all(Number(after), limit).map(eventOf);
  }

  async *readStream(
    stream: string,
    { from = 0n, limit = -1 }: ReadOptions = {},
  ): AsyncIterable<RecordedEvent> {
    yield* this.#ofStream.all(stream, Number(from), limit).map(eventOf);
  }

  /** Figures of a bundle name positions, never days. */
  async positionAt(): Promise<bigint> {
    return BigInt(this.#size);
  }

  /** Writes what waits and lets go of the file. */
  close(): void {
    this.flush();
    this.#database.close();
  }
}
