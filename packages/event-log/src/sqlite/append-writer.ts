import { decodeStoredBody } from '@ledger/events';
import { isUnique, type ArrayStatement, type Database, type PreparedStatement } from '@ledger/sqlite';
import { digestOf } from '../command-digest';
import {
  CheckFailedError,
  CommandKeyReusedError,
  DuplicateEventError,
  WrongExpectedStateError,
} from '../errors';
import { isAs, makeEvents, utcText } from '../making-events';
import type { AppendCommand, AppendedEvent, AppendRequest, AppendResult, Clock, LogLimits } from '../port';
import { uuidBytes } from '../uuid-bytes';
import type { EventRows } from './event-rows';

/** Writes one append after another inside a transaction that its caller opened. */
export class AppendWriter {
  readonly #insertStream: PreparedStatement;
  readonly #streamId: ArrayStatement;
  readonly #insertEvent: PreparedStatement;
  readonly #hasId: ArrayStatement;
  readonly #insertCommand: PreparedStatement;
  readonly #command: ArrayStatement;
  #lastRecordedAt: string;

  constructor(
    database: Database,
    readonly rows: EventRows,
    readonly limits: LogLimits,
    readonly now: Clock,
  ) {
    this.#insertStream = database.prepare('INSERT INTO stream (name) VALUES (?)');
    this.#streamId = database.prepareArrays('SELECT id FROM stream WHERE name = ?');
    this.#insertEvent = database.prepare(
      'INSERT INTO event (stream, revision, id, bytes) VALUES (?, ?, ?, ?)',
    );
    this.#hasId = database.prepareArrays('SELECT 1 FROM event WHERE id = ?');
    this.#insertCommand = database.prepare(
      'INSERT INTO command (digest, hash, first, events) VALUES (?, ?, ?, ?)',
    );
    this.#command = database.prepareArrays('SELECT hash, first, events FROM command WHERE digest = ?');
    const [last] = rows.upToPosition(Number.MAX_SAFE_INTEGER, 1);
    this.#lastRecordedAt = last === undefined ? '' : decodeStoredBody(last.bytes).recordedAt;
  }

  /** What a command appended, if it did. */
  find(
    command: Pick<AppendCommand, 'actor' | 'scope' | 'key'>,
  ): { hash: string; result: AppendResult } | undefined {
    const row = this.#command.get(digestOf(command));
    if (row === undefined) return undefined;
    const [hash, first, events] = row;
    if (!ArrayBuffer.isView(hash)) throw new TypeError('A command row holds no hash');
    return {
      hash: Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('utf8'),
      result: resultOf(this.rows.appended(Number(first), Number(events)), true),
    };
  }

  /** Writes one append, or finds that it was written before. @throws what EventLog.append does */
  write(request: AppendRequest): AppendResult {
    const before = this.find(request.command);
    if (before !== undefined) {
      if (before.hash !== request.command.hash) throw new CommandKeyReusedError(request.command.scope);
      return before.result;
    }
    const now = utcText(this.now());
    const recordedAt = now > this.#lastRecordedAt ? now : this.#lastRecordedAt;
    const made = makeEvents(request, recordedAt, this.limits);
    for (const { stream, expected } of request.checks ?? []) {
      const actual = this.rows.revision(stream);
      if (!isAs(expected, actual)) throw new CheckFailedError(stream, expected, actual);
    }
    const events: AppendedEvent[] = [];
    let next = 0;
    for (const { stream, expected, events: ofStream } of request.writes) {
      const known = this.#streamId.get(stream)?.[0];
      // A stream row without events cannot be: both are written in one transaction.
      const actual = known === undefined ? undefined : this.rows.revisionOf(Number(known));
      if (!isAs(expected, actual)) throw new WrongExpectedStateError(stream, expected, actual);
      const streamId = Number(known ?? this.#insertStream.run(stream).lastInsertRowid);
      let revision = actual === undefined ? 0n : actual + 1n;
      for (const { id, bytes } of made.slice(next, next + ofStream.length)) {
        events.push({ id, stream, revision, position: this.#insert(streamId, revision, id, bytes) });
        revision += 1n;
      }
      next += ofStream.length;
    }
    const first = Number(events[0]?.position ?? 0n);
    this.#insertCommand.run(
      digestOf(request.command),
      Buffer.from(request.command.hash, 'utf8'),
      first,
      events.length,
    );
    this.#lastRecordedAt = recordedAt;
    return resultOf(events, false);
  }

  #insert(streamId: number, revision: bigint, id: string, bytes: Uint8Array): bigint {
    const idBytes = uuidBytes(id);
    try {
      return BigInt(this.#insertEvent.run(streamId, revision, idBytes, bytes).lastInsertRowid);
    } catch (error) {
      if (isUnique(error) && this.#hasId.get(idBytes) !== undefined) throw new DuplicateEventError(id);
      throw error;
    }
  }
}

function resultOf(events: readonly AppendedEvent[], replayed: boolean): AppendResult {
  const position = events.at(-1)?.position ?? 0n;
  return { replayed, events, position, cursor: String(position) };
}
