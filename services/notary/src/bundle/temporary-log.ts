import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeStoredBody } from '@ledger/events';
import type { EventLog, ReadOptions, RecordedEvent } from '@ledger/event-log';
import { openDatabase, type Database, type SqlValue } from '@ledger/sqlite';

/** Events written in one go. */
const batch = 2000;
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
 * the memory that verifying may take. The folder is removed when it is closed.
 */
export class TemporaryLog implements Pick<EventLog, 'readPage' | 'readStream' | 'positionAt'> {
  readonly folder = mkdtempSync(join(tmpdir(), 'ledger-verify-'));
  readonly #database: Database;
  #waiting: Uint8Array[] = [];
  #size = 0;

  constructor() {
    // Nothing here outlives the process; that the disk has it matters to nobody.
    this.#database = openDatabase(join(this.folder, 'events.db'), { synchronous: 'NORMAL' });
    this.#database.exec(`
      PRAGMA synchronous = OFF;
      CREATE TABLE event (
        position INTEGER PRIMARY KEY, revision INTEGER NOT NULL, stream TEXT NOT NULL, bytes BLOB NOT NULL,
        UNIQUE (stream, revision)
      );
    `);
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
    const next = this.#database.prepareArrays(
      'SELECT revision + 1 FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1',
    );
    const insert = this.#database.prepare(`INSERT INTO event (${columns}) VALUES (?, ?, ?, ?)`);
    this.#database.transaction(() => {
      for (const bytes of this.#waiting) {
        const { stream } = decodeStoredBody(bytes);
        this.#size += 1;
        insert.run(this.#size, next.get(stream)?.[0] ?? 0, stream, bytes);
      }
    });
    this.#waiting = [];
  }

  async readPage({
    after,
    limit,
  }: {
    readonly after: bigint;
    readonly limit: number;
  }): Promise<RecordedEvent[]> {
    return this.#database
      .prepareArrays(`SELECT ${columns} FROM event WHERE position > ? ORDER BY position LIMIT ?`)
      .all(Number(after), limit)
      .map(eventOf);
  }

  async *readStream(
    stream: string,
    { from = 0n, limit = -1 }: ReadOptions = {},
  ): AsyncIterable<RecordedEvent> {
    yield* this.#database
      .prepareArrays(
        `SELECT ${columns} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
      )
      .all(stream, Number(from), limit)
      .map(eventOf);
  }

  /** Figures of a bundle name positions, never days. */
  async positionAt(): Promise<bigint> {
    return BigInt(this.#size);
  }

  close(): void {
    this.#database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
