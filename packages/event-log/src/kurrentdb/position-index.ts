import { DamagedBodyError, decodeStoredBody, type StoredBody } from '@ledger/events';
import {
  migrate,
  openDatabase,
  type ArrayStatement,
  type Database,
  type PreparedStatement,
  type SqlValue,
} from '@ledger/sqlite';
import { digestOf } from '../command-digest';
import { EventLogError } from '../errors';
import type { AppendCommand, AppendedEvent, RecordedEvent } from '../port';
import { uuidBytes, uuidOf } from '../uuid-bytes';
import { indexSchema } from './index-schema';
import { isAfter, type LogAddress, type SeenEvent, type SeenSetting } from './own-events';

/** Something about the log that somebody should look at. */
export interface LogFinding {
  /** The last position before it. */
  readonly position: bigint;
  readonly problem: string;
}

/** What a command appended. */
interface KnownCommand {
  readonly hash: string;
  readonly first: bigint;
  readonly events: readonly AppendedEvent[];
}

function bodyOf(bytes: Uint8Array): StoredBody | undefined {
  try {
    return decodeStoredBody(bytes);
  } catch (error) {
    if (error instanceof DamagedBodyError) return undefined;
    throw error;
  }
}

function whole(value: SqlValue | undefined): bigint {
  return BigInt(Number(value ?? 0));
}

function idOf(value: SqlValue | undefined): string {
  if (value === null || !ArrayBuffer.isView(value)) throw new TypeError('An event of a command has no id');
  return uuidOf(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
}

/**
 * What a follower knows of the log in KurrentDB: for each event of the ledger its position, which is the count of them,
 * and its address in `$all`; what each command appended; where each stream ends. It is written by the follower alone,
 * in the order of `$all`, and never ahead of what was seen.
 */
export class PositionIndex {
  readonly #database: Database;
  readonly #insertEvent: PreparedStatement;
  readonly #insertStream: PreparedStatement;
  readonly #moveStream: PreparedStatement;
  readonly #stream: ArrayStatement;
  readonly #insertCommand: PreparedStatement;
  readonly #growCommand: PreparedStatement;
  readonly #command: ArrayStatement;
  readonly #keep: PreparedStatement;
  readonly #appended: ArrayStatement;
  readonly #at: ArrayStatement;
  readonly #ofRevision: ArrayStatement;
  readonly #hasId: ArrayStatement;
  readonly #insertFinding: PreparedStatement;
  #head = 0n;
  #lastMs = 0;
  #seen: LogAddress | undefined;

  private constructor(database: Database) {
    this.#database = database;
    this.#insertEvent = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#insertStream = database.prepare('INSERT INTO stream (name, revision) VALUES (?, ?)');
    this.#moveStream = database.prepare('UPDATE stream SET revision = ? WHERE id = ?');
    this.#stream = database.prepareArrays('SELECT id, revision FROM stream WHERE name = ?');
    this.#insertCommand = database.prepare('INSERT INTO command VALUES (?, ?, ?, 1)');
    this.#growCommand = database.prepare('UPDATE command SET events = events + 1 WHERE digest = ?');
    this.#command = database.prepareArrays('SELECT hash, first, events FROM command WHERE digest = ?');
    this.#keep = database.prepare(
      'INSERT INTO followed VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    );
    this.#appended = database.prepareArrays(
      `SELECT e.id, s.name, e.revision, e.position FROM event e JOIN stream s ON s.id = e.stream
       WHERE e.position >= ? ORDER BY e.position LIMIT ?`,
    );
    this.#at = database.prepareArrays(
      `SELECT s.name, e.revision, e.commit_at, e.prepare_at, e.recorded_ms FROM event e JOIN stream s ON s.id = e.stream
       WHERE e.position = ?`,
    );
    this.#ofRevision = database.prepareArrays(
      'SELECT position, id FROM event WHERE stream = (SELECT id FROM stream WHERE name = ?) AND revision = ?',
    );
    this.#hasId = database.prepareArrays('SELECT 1 FROM event WHERE id = ?');
    this.#insertFinding = database.prepare('INSERT INTO finding VALUES (?, ?)');
  }

  /**
   * Opens an index, in a file or in memory.
   * @param file where it outlives the process, so that the next need not read the log from its start
   */
  static open(file: string | undefined): PositionIndex {
    const database = openDatabase(file ?? ':memory:', { synchronous: 'NORMAL' });
    try {
      migrate(database, indexSchema);
      const index = new PositionIndex(database);
      index.#load();
      return index;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #load(): void {
    const [position, ms] =
      this.#database
        .prepareArrays('SELECT position, recorded_ms FROM event ORDER BY position DESC LIMIT 1')
        .get() ?? [];
    this.#head = whole(position);
    this.#lastMs = Number(ms ?? 0);
    const seen = this.kept('seen')?.split('/');
    this.#seen = seen && { commit: BigInt(seen[0] ?? 0), prepare: BigInt(seen[1] ?? 0) };
  }

  /** Something that is kept under a name. */
  kept(name: string): string | undefined {
    const value = this.#database.value('SELECT value FROM followed WHERE name = ?', name);
    return typeof value === 'string' ? value : undefined;
  }

  keep(name: string, value: string): void {
    this.#keep.run(name, value);
  }

  /** Forgets everything: the log is another one, or was changed. */
  clear(): void {
    this.#database.transaction(() => {
      for (const table of ['followed', 'stream', 'event', 'command', 'finding'])
        this.#database.exec(`DELETE FROM ${table}`);
    });
    this.#load();
  }

  /** The last position. */
  get head(): bigint {
    return this.#head;
  }

  /** The greatest time at which an event was recorded, in milliseconds. */
  get lastRecordedMs(): number {
    return this.#lastMs;
  }

  /** How far `$all` has been seen, the ledger's or not; undefined before anything was. */
  get seen(): LogAddress | undefined {
    return this.#seen;
  }

  /** Everything up to an address was seen, though nothing of the ledger may have been there. */
  moveTo(address: LogAddress): void {
    if (!isAfter(address, this.#seen)) return;
    this.#seen = address;
    this.keep('seen', `${address.commit}/${address.prepare}`);
  }

  /**
   * Takes what was seen, in order; what comes again is passed over. All of it is taken or nothing.
   * @returns the events of the ledger in it, with their positions
   * @throws EventLogError LOG_CORRUPT where events of a stream are missing in KurrentDB
   */
  take(seen: readonly (SeenEvent | SeenSetting)[]): readonly RecordedEvent[] {
    const before = { head: this.#head, ms: this.#lastMs, seen: this.#seen };
    try {
      return this.#database.transaction(() => {
        const taken = seen.filter(({ address }) => isAfter(address, before.seen));
        const events = taken.flatMap((one) => this.#takeOne(one) ?? []);
        const last = taken.at(-1);
        if (last !== undefined) this.moveTo(last.address);
        return events;
      });
    } catch (error) {
      this.#head = before.head;
      this.#lastMs = before.ms;
      this.#seen = before.seen;
      throw error;
    }
  }

  #takeOne(one: SeenEvent | SeenSetting): RecordedEvent | undefined {
    if ('settingOf' in one) {
      this.#find(
        `The settings of the stream ${one.settingOf} were changed in KurrentDB. Nothing of the ledger may be deleted, truncated or given an age: see what was set.`,
      );
      return undefined;
    }
    const { stream, revision, bytes } = one;
    const streamId = this.#advance(stream, revision);
    if (bytes === undefined) {
      this.#find(
        `Something that is not of the ledger was written to its stream ${stream}, at revision ${revision}. It is not counted.`,
      );
      return undefined;
    }
    this.#head += 1n;
    const body = bodyOf(bytes);
    const ms = body === undefined ? Number.NaN : Date.parse(body.recordedAt);
    if (ms > this.#lastMs) this.#lastMs = ms;
    const { commit, prepare } = one.address;
    const id = body === undefined ? null : uuidBytes(body.id);
    this.#insertEvent.run(
      Number(this.#head),
      streamId,
      Number(revision),
      Number(commit),
      Number(prepare),
      id,
      this.#lastMs,
    );
    if (body !== undefined) this.#takeCommand(body);
    return { position: this.#head, revision, stream, bytes };
  }

  #advance(stream: string, revision: bigint): number {
    const known = this.#stream.get(stream);
    const last = known === undefined ? -1n : whole(known[1]);
    if (revision !== last + 1n)
      throw new EventLogError(
        'LOG_CORRUPT',
        `In KurrentDB the stream ${stream} goes on from revision ${last} to ${revision}: events of the ledger are missing there. Restore the database from a backup that has them.`,
      );
    if (known === undefined) return this.#insertStream.run(stream, Number(revision)).lastInsertRowid;
    this.#moveStream.run(Number(revision), known[0] ?? null);
    return Number(known[0]);
  }

  #takeCommand({ actor, command }: StoredBody): void {
    const digest = digestOf({ actor, ...command });
    const known = this.#command.get(digest);
    if (known === undefined) {
      this.#insertCommand.run(digest, command.hash, Number(this.#head));
      return;
    }
    const [hash, first, events] = known;
    if (hash === command.hash && whole(first) + whole(events) === this.#head) this.#growCommand.run(digest);
    else
      this.#find(
        `One key of ${command.scope} was used for two requests, at positions ${whole(first)} and ${this.#head}: two processes took them at once. Correct one of them if both say the same.`,
      );
  }

  #find(problem: string): void {
    this.#insertFinding.run(Number(this.#head), problem);
  }

  findings(): readonly LogFinding[] {
    return this.#database
      .prepareArrays('SELECT position, problem FROM finding ORDER BY rowid')
      .all()
      .map(([position, problem]) => ({ position: whole(position), problem: String(problem) }));
  }

  /** The revision of a stream's last event, as far as was seen. */
  revision(stream: string): bigint | undefined {
    const known = this.#stream.get(stream);
    return known === undefined ? undefined : whole(known[1]);
  }

  /** The position of an event of a stream; undefined for what is not the ledger's or was not seen. */
  positionOf(stream: string, revision: bigint): bigint | undefined {
    const row = this.#ofRevision.get(stream, Number(revision));
    return row === undefined ? undefined : whole(row[0]);
  }

  /** An event of a stream, as an append answers; undefined where `positionOf` is. */
  appended(stream: string, revision: bigint): AppendedEvent | undefined {
    const row = this.#ofRevision.get(stream, Number(revision));
    return row && { id: idOf(row[1]), stream, revision, position: whole(row[0]) };
  }

  hasEvent(id: string): boolean {
    return this.#hasId.get(uuidBytes(id)) !== undefined;
  }

  /** Which event is at a position, and where. */
  at(position: bigint):
    | {
        readonly stream: string;
        readonly revision: bigint;
        readonly address: LogAddress;
        readonly ms: number;
      }
    | undefined {
    const row = this.#at.get(Number(position));
    if (row === undefined) return undefined;
    const [stream, revision, commit, prepare, ms] = row;
    return {
      stream: String(stream),
      revision: whole(revision),
      address: { commit: whole(commit), prepare: whole(prepare) },
      ms: Number(ms),
    };
  }

  /** The last position whose event a test holds for; the test holds up to some position and no longer. */
  lastWhere(holds: (event: { readonly address: LogAddress; readonly ms: number }) => boolean): bigint {
    let yes = 0n;
    let no = this.#head + 1n;
    while (no - yes > 1n) {
      const middle = (yes + no) / 2n;
      const event = this.at(middle);
      if (event !== undefined && holds(event)) yes = middle;
      else no = middle;
    }
    return yes;
  }

  /** What a command appended, as far as was seen. */
  command(command: Pick<AppendCommand, 'actor' | 'scope' | 'key'>): KnownCommand | undefined {
    const row = this.#command.get(digestOf(command));
    if (row === undefined) return undefined;
    const [hash, first, events] = row;
    return {
      hash: String(hash),
      first: whole(first),
      events: this.#appended.all(Number(first), Number(events)).map(([id, stream, revision, position]) => ({
        id: idOf(id),
        stream: String(stream),
        revision: whole(revision),
        position: whole(position),
      })),
    };
  }

  close(): void {
    this.#database.close();
  }
}
