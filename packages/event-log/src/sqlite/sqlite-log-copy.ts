import { DamagedBodyError, decodeStoredBody, type StoredBody } from '@ledger/events';
import {
  migrate,
  openDatabase,
  type ArrayStatement,
  type Database,
  type PreparedStatement,
} from '@ledger/sqlite';
import { digestOf } from '../command-digest';
import { damaged, differs, type CopyTarget } from '../copying/copy-target';
import type { PageRequest, RecordedEvent } from '../port';
import { uuidBytes } from '../uuid-bytes';
import { EventRows } from './event-rows';
import { logSchema } from './schema';
import { takeWriterLock, type WriterLock } from './writer-lock';

/** A log's file that is being filled with the events of another log. */
export class SqliteLogCopy implements CopyTarget {
  readonly #database: Database;
  readonly #lock: WriterLock;
  readonly #rows: EventRows;
  readonly #insertStream: PreparedStatement;
  readonly #streamId: ArrayStatement;
  readonly #insertEvent: PreparedStatement;
  readonly #command: ArrayStatement;
  readonly #insertCommand: PreparedStatement;
  readonly #growCommand: PreparedStatement;

  private constructor(database: Database, lock: WriterLock) {
    this.#database = database;
    this.#lock = lock;
    this.#rows = new EventRows(database);
    this.#insertStream = database.prepare('INSERT INTO stream (name) VALUES (?)');
    this.#streamId = database.prepareArrays('SELECT id FROM stream WHERE name = ?');
    this.#insertEvent = database.prepare(
      'INSERT INTO event (position, stream, revision, id, bytes) VALUES (?, ?, ?, ?, ?)',
    );
    this.#command = database.prepareArrays('SELECT hash, first, events FROM command WHERE digest = ?');
    this.#insertCommand = database.prepare(
      'INSERT INTO command (digest, hash, first, events) VALUES (?, ?, ?, 1)',
    );
    this.#growCommand = database.prepare('UPDATE command SET events = events + 1 WHERE digest = ?');
  }

  /**
   * Opens a file for this, making it where it is missing.
   * @throws EventLogError LOG_LOCKED where another process writes it
   */
  static open(file: string): SqliteLogCopy {
    const lock = takeWriterLock(file);
    try {
      const database = openDatabase(file, { synchronous: 'FULL', soleWriter: true });
      try {
        migrate(database, logSchema);
        return new SqliteLogCopy(database, lock);
      } catch (error) {
        database.close();
        throw error;
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  async head(): Promise<{ position: bigint; cursor: string }> {
    const last = this.#rows.last();
    return { position: BigInt(last), cursor: String(last) };
  }

  async readPage({ after, limit }: PageRequest): Promise<readonly RecordedEvent[]> {
    return this.#rows.fromPosition(Number(after) + 1, limit);
  }

  async add(events: readonly RecordedEvent[]): Promise<void> {
    this.#database.transaction(() => {
      for (const event of events) this.#addOne(event);
    });
  }

  #addOne({ position, revision, stream, bytes }: RecordedEvent): void {
    const body = bodyOf(bytes, position);
    const known = this.#streamId.get(stream)?.[0];
    const last = known === undefined ? undefined : this.#rows.revisionOf(Number(known));
    // Positions follow one another in what is copied and in a log; one that does not fit was not the next.
    if (BigInt(this.#rows.last()) + 1n !== position || (last ?? -1n) + 1n !== revision)
      throw differs(position);
    const streamId = Number(known ?? this.#insertStream.run(stream).lastInsertRowid);
    this.#insertEvent.run(Number(position), streamId, Number(revision), uuidBytes(body.id), bytes);
    this.#addCommand(body, position);
  }

  #addCommand({ actor, command }: StoredBody, position: bigint): void {
    const digest = digestOf({ actor, ...command });
    const known = this.#command.get(digest);
    if (known === undefined) {
      this.#insertCommand.run(digest, Buffer.from(command.hash, 'utf8'), Number(position));
      return;
    }
    const [, first, events] = known;
    // Where two processes once took one key for two things, the first is the one that a repeat is answered with.
    if (Number(first) + Number(events) === Number(position)) this.#growCommand.run(digest);
  }

  async close(): Promise<void> {
    this.#database.close();
    this.#lock.release();
  }
}

function bodyOf(bytes: Uint8Array, position: bigint): StoredBody {
  try {
    return decodeStoredBody(bytes);
  } catch (error) {
    if (error instanceof DamagedBodyError) throw damaged(position);
    throw error;
  }
}
