import type { ArrayStatement, Database, SqlValue } from '@ledger/sqlite';
import type { AppendedEvent, RecordedEvent } from '../port';
import { uuidOf } from '../uuid-bytes';

/** Column order and conversions of the table `event`, in this one place. */
const columns = 'e.position, e.revision, s.name, e.bytes';
const from = 'FROM event e JOIN stream s ON s.id = e.stream';

function toEvent([position, revision, stream, bytes]: SqlValue[]): RecordedEvent {
  if (!(bytes instanceof Uint8Array) && !isBytes(bytes)) throw new TypeError('An event row holds no bytes');
  return {
    position: BigInt(Number(position)),
    revision: BigInt(Number(revision)),
    stream: String(stream),
    bytes,
  };
}

/** Bytes from another realm are no instance of this one's Uint8Array. */
function isBytes(value: SqlValue | undefined): value is Uint8Array {
  return ArrayBuffer.isView(value);
}

/** Reads of the log. */
export class EventRows {
  readonly #after: ArrayStatement;
  readonly #before: ArrayStatement;
  readonly #streamAfter: ArrayStatement;
  readonly #streamBefore: ArrayStatement;
  readonly #last: ArrayStatement;
  readonly #revision: ArrayStatement;
  readonly #revisionOf: ArrayStatement;
  readonly #appended: ArrayStatement;

  constructor(database: Database) {
    const all = (where: string): ArrayStatement =>
      database.prepareArrays(`SELECT ${columns} ${from} ${where}`);
    this.#after = all('WHERE e.position >= ? ORDER BY e.position LIMIT ?');
    this.#before = all('WHERE e.position <= ? ORDER BY e.position DESC LIMIT ?');
    const ofStream = 'e.stream = (SELECT id FROM stream WHERE name = ?)';
    this.#streamAfter = all(`WHERE ${ofStream} AND e.revision >= ? ORDER BY e.revision LIMIT ?`);
    this.#streamBefore = all(`WHERE ${ofStream} AND e.revision <= ? ORDER BY e.revision DESC LIMIT ?`);
    this.#last = database.prepareArrays('SELECT max(position) FROM event');
    this.#revision = database.prepareArrays(
      'SELECT max(revision) FROM event WHERE stream = (SELECT id FROM stream WHERE name = ?)',
    );
    this.#revisionOf = database.prepareArrays('SELECT max(revision) FROM event WHERE stream = ?');
    this.#appended = database.prepareArrays(
      `SELECT e.position, e.revision, s.name, e.id ${from} WHERE e.position >= ? ORDER BY e.position LIMIT ?`,
    );
  }

  fromPosition(position: number, limit: number): RecordedEvent[] {
    return this.#after.all(position, limit).map(toEvent);
  }

  upToPosition(position: number, limit: number): RecordedEvent[] {
    return this.#before.all(position, limit).map(toEvent);
  }

  streamFrom(stream: string, revision: number, limit: number): RecordedEvent[] {
    return this.#streamAfter.all(stream, revision, limit).map(toEvent);
  }

  streamUpTo(stream: string, revision: number, limit: number): RecordedEvent[] {
    return this.#streamBefore.all(stream, revision, limit).map(toEvent);
  }

  /** The last position, 0 where there is none. */
  last(): number {
    return Number(this.#last.get()?.[0] ?? 0);
  }

  revision(stream: string): bigint | undefined {
    return revisionIn(this.#revision.get(stream));
  }

  /** The revision of a stream's last event, by the stream's number. */
  revisionOf(stream: number): bigint | undefined {
    return revisionIn(this.#revisionOf.get(stream));
  }

  /** What one append wrote: its positions follow one another. */
  appended(first: number, events: number): AppendedEvent[] {
    return this.#appended.all(first, events).map(([position, revision, stream, id]) => ({
      id: idOf(id),
      stream: String(stream),
      revision: BigInt(Number(revision)),
      position: BigInt(Number(position)),
    }));
  }
}

function revisionIn(row: readonly SqlValue[] | undefined): bigint | undefined {
  const revision = row?.[0] ?? null;
  return revision === null ? undefined : BigInt(Number(revision));
}

function idOf(value: SqlValue | undefined): string {
  if (value === undefined || !isBytes(value)) throw new TypeError('An event row holds no id');
  return uuidOf(value);
}
