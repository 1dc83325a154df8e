import {
  isCorrupt,
  isFailing,
  isFull,
  migrate,
  openDatabase,
  SqliteError,
  WriteBack,
  type Database,
} from '@ledger/sqlite';
import { EventLogError, logClosed } from '../errors';
import { followPages, Growth } from '../live-subscription';
import { checkRequest } from '../making-events';
import { parseCursor } from '../position-cursor';
import {
  usualLimits,
  type AppendCommand,
  type AppendRequest,
  type AppendResult,
  type CaughtUp,
  type Clock,
  type EventLog,
  type ReadOptions,
  type PageRequest,
  type RecordedEvent,
} from '../port';
import { AppendWriter } from './append-writer';
import { EventRows } from './event-rows';
import { GroupCommit } from './group-commit';
import { positionBefore } from './position-before';
import { logSchema } from './schema';
import { StreamEnds } from './stream-ends';
import { takeWriterLock, type WriterLock } from './writer-lock';

const pageSize = 1000;

/** Pages that an append changes, about: what all of them do, and for each event its row and places in two indexes. */
const pagesOfAppend = 6;
const pagesOfEvent = 2;

/** What SQLite says, in words of a log. */
function translate(error: unknown): unknown {
  if (isFull(error))
    return new EventLogError(
      'LOG_FULL',
      'The disk of the log is full or failing; nothing was recorded. Make room and send it again.',
      {
        cause: error,
      },
    );
  if (isCorrupt(error))
    return new EventLogError(
      'LOG_CORRUPT',
      'The file of the log is damaged or no ledger; restore it from a backup.',
      { cause: error },
    );
  return error;
}

/** After a commit that the disk failed in: whether it is there is found out when the file is opened again. */
function afterFailedCommit(error: unknown): EventLogError | undefined {
  if (!isFailing(error)) return undefined;
  return new EventLogError(
    'LOG_FAILED',
    'The disk failed while the log was being written, so nothing more is recorded until the ledger is started again. What was not answered may have been recorded or not: send it again then with the same key, and it is recorded once.',
    { cause: error },
  );
}

/** The log in one SQLite file. One process writes it; others may read. */
export class SqliteEventLog implements EventLog {
  readonly limits = usualLimits;
  readonly #database: Database;
  readonly #lock: WriterLock;
  readonly #rows: EventRows;
  readonly #writer: AppendWriter;
  readonly #commits: GroupCommit;
  readonly #growth = new Growth();
  readonly #ends: StreamEnds;
  readonly #writeBack: WriteBack | undefined;
  /** Of the commit that is being written. */
  #pages = 0;
  /** Undefined while it is open. */
  #closing: Promise<void> | undefined;

  private constructor(database: Database, lock: WriterLock, now: Clock) {
    this.#database = database;
    this.#lock = lock;
    this.#rows = new EventRows(database);
    this.#writer = new AppendWriter(database, this.#rows, this.limits, now);
    this.#ends = new StreamEnds(this.#rows);
    this.#writeBack = WriteBack.beside(database);
    this.#commits = new GroupCommit(
      database,
      (request) => {
        this.#pages += pagesOfAppend;
        for (const { stream, events } of request.writes) {
          this.#ends.changes(stream);
          this.#pages += pagesOfEvent * events.length;
        }
        return this.#writer.write(request);
      },
      () => {
        this.#ends.committed();
        this.#growth.announce();
        this.#writeBack?.grown(this.#pages);
        this.#pages = 0;
      },
      { translate, afterFailedCommit },
    );
  }

  /**
   * Opens a file for writing, making it where it is missing.
   * @throws EventLogError LOG_LOCKED where another process writes it, LOG_CORRUPT where it is no log
   * @throws NewerSchemaError where a newer release wrote it
   */
  static open(file: string, now: Clock): SqliteEventLog {
    const lock = takeWriterLock(file);
    try {
      const database = openDatabase(file, { synchronous: 'FULL', soleWriter: true });
      try {
        migrate(database, logSchema);
        return new SqliteEventLog(database, lock, now);
      } catch (error) {
        database.close();
        throw error;
      }
    } catch (error) {
      lock.release();
      throw translate(error);
    }
  }

  /** The level of durability that the writing connection reports: 2 is FULL. */
  get synchronous(): number {
    return Number(this.#database.value('PRAGMA synchronous'));
  }

  get failure(): EventLogError | undefined {
    return this.#commits.stopped;
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    if (this.#closing !== undefined) throw logClosed();
    checkRequest(request, this.limits);
    return this.#commits.append(request);
  }

  async findCommand(
    command: Pick<AppendCommand, 'actor' | 'scope' | 'key'>,
  ): Promise<{ hash: string; result: AppendResult } | undefined> {
    return this.#writer.find(command);
  }

  async *readAll({
    from,
    direction = 'forward',
    limit = Infinity,
  }: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    const forward = direction === 'forward';
    let next = from === undefined ? (forward ? 1 : Number.MAX_SAFE_INTEGER) : Number(from);
    yield* paged(limit, (size) => {
      const page = forward ? this.#rows.fromPosition(next, size) : this.#rows.upToPosition(next, size);
      const last = page.at(-1);
      if (last !== undefined) next = Number(last.position) + (forward ? 1 : -1);
      return page;
    });
  }

  async readPage({ after, limit }: PageRequest): Promise<readonly RecordedEvent[]> {
    // Most who follow ask when there is nothing new: no statement is run for that.
    return Number(after) >= this.#ends.last() ? [] : this.#rows.fromPosition(Number(after) + 1, limit);
  }

  async *readStream(
    stream: string,
    { from, direction = 'forward', limit = Infinity }: ReadOptions = {},
  ): AsyncIterable<RecordedEvent> {
    const forward = direction === 'forward';
    let next = from === undefined ? (forward ? 0 : Number.MAX_SAFE_INTEGER) : Number(from);
    yield* paged(limit, (size) => {
      const page = forward
        ? this.#rows.streamFrom(stream, next, size)
        : this.#rows.streamUpTo(stream, next, size);
      const last = page.at(-1);
      if (last !== undefined) next = Number(last.revision) + (forward ? 1 : -1);
      return page;
    });
  }

  async streamRevision(stream: string): Promise<bigint | undefined> {
    return this.#ends.revision(stream);
  }

  async head(): Promise<{ position: bigint; cursor: string }> {
    const last = this.#ends.last();
    return { position: BigInt(last), cursor: String(last) };
  }

  async positionAt(instant: string): Promise<bigint> {
    return positionBefore(this.#rows, instant);
  }

  async positionOfCursor(cursor: string): Promise<bigint> {
    return parseCursor(cursor);
  }

  subscribe(options: {
    readonly after: bigint;
    readonly signal?: AbortSignal;
  }): AsyncIterable<RecordedEvent | CaughtUp> {
    return followPages((page) => this.readPage(page), this.#growth, options);
  }

  /** Writes what is waiting, then lets go of the file; whoever closes it again waits for the same. */
  async close(): Promise<void> {
    await (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#commits.drain();
    await this.#writeBack?.close();
    this.#writeBackAll();
    this.#database.close();
    this.#lock.release();
  }

  /** Leaves nothing in the write-ahead log, so that the file is all there is: a driver may let go of it only later. */
  #writeBackAll(): void {
    try {
      // Whoever reads still is not waited for: then, and on a disk that is full or fails, it stays and is read from there.
      this.#database.value('PRAGMA busy_timeout = 0');
      this.#database.value('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (!(error instanceof SqliteError)) throw error;
    }
  }
}

/** Reads page after page, so that no statement stays open between turns of the event loop. */
function* paged(limit: number, read: (size: number) => RecordedEvent[]): Generator<RecordedEvent> {
  let left = limit;
  while (left > 0) {
    const page = read(Math.min(left, pageSize));
    yield* page;
    left -= page.length;
    if (page.length < Math.min(pageSize, left + page.length)) return;
  }
}
