import type { CommandStamp, ImportStamp, WarningStamp } from '@ledger/events';

/** The state a stream must be in for a write or check to hold; a bigint is the revision of its last event. */
export type ExpectedState = 'any' | 'no-stream' | 'stream-exists' | bigint;

/** An event to append. The log makes the stored body of it, once. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: unknown;
  readonly import?: ImportStamp;
  readonly warnings?: readonly WarningStamp[];
  readonly illustrative?: true;
}

export interface StreamWrite {
  readonly stream: string;
  readonly expected: ExpectedState;
  readonly events: readonly NewEvent[];
}

/** A stream that must be in a state at the moment of the append; nothing is written to it. */
export interface StreamCheck {
  readonly stream: string;
  readonly expected: ExpectedState;
}

/** Who appends, and by which command; `key` and `hash` are keyed hashes made by the caller. */
export interface AppendCommand extends CommandStamp {
  readonly actor: string;
}

export interface AppendRequest {
  readonly writes: readonly StreamWrite[];
  readonly checks?: readonly StreamCheck[];
  readonly command: AppendCommand;
  readonly correlationId: string;
  readonly causationId: string;
}

export interface AppendedEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
}

export interface AppendResult {
  /** True where the same command had been appended before: this is its first result. */
  readonly replayed: boolean;
  readonly events: readonly AppendedEvent[];
  /** Position of the last event. */
  readonly position: bigint;
  /** The engine's own address of the last event, for reading one's own writes; never shown as a position. */
  readonly cursor: string;
}

/** An event as it is stored: bytes in = bytes out. */
export interface RecordedEvent {
  /** Place in the whole log, from 1 without gaps. */
  readonly position: bigint;
  /** Place in its stream, from 0. */
  readonly revision: bigint;
  readonly stream: string;
  readonly bytes: Uint8Array;
  /** The engine's own address of it, where that is not the position in digits. */
  readonly cursor?: string;
}

/** What an adapter can take; what it cannot do it refuses by name. */
export interface LogLimits {
  readonly eventBytes: number;
  readonly appendBytes: number;
  readonly appendEvents: number;
  /** Whether one append may write several streams. */
  readonly multiStream: boolean;
  /** Whether `checks` are enforced inside the write. */
  readonly checks: boolean;
  /** Where a command key is unique at once: in the whole log, or within one stream. */
  readonly commandKeys: 'log' | 'stream';
}

export const usualLimits: LogLimits = {
  eventBytes: 256 * 1024,
  appendBytes: 64 * 1024 * 1024,
  appendEvents: 20_000,
  multiStream: true,
  checks: true,
  commandKeys: 'log',
};

export interface ReadOptions {
  /** First position or revision to read, included; by default the first, or the last when reading backward. */
  readonly from?: bigint;
  readonly direction?: 'forward' | 'backward';
  readonly limit?: number;
}

/** Events behind a position, up to so many. */
export interface PageRequest {
  readonly after: bigint;
  readonly limit: number;
}

/**
 * The one interface to an event log. Nothing in it overwrites or deletes.
 */
export interface EventLog {
  readonly limits: LogLimits;
  /**
   * Appends events to one or more streams, all or nothing. The same command again (same actor, scope, key and
   * hash) gives the first result, also while the first is in flight and after a restart.
   * @throws WrongExpectedStateError, CheckFailedError, CommandKeyReusedError, DuplicateEventError,
   *   EventTooLargeError, AppendTooLargeError, InvalidAppendError, NotCanonicalError, LogFullError, LogFailedError, LogClosedError,
   *   and where the engine is a server: LogUnreachableError, LogRefusedError
   */
  append(request: AppendRequest): Promise<AppendResult>;
  /** What a command appended, if it did: lets a handler answer a repeat before deciding anew. */
  findCommand(
    command: Pick<AppendCommand, 'actor' | 'scope' | 'key'>,
  ): Promise<{ readonly hash: string; readonly result: AppendResult } | undefined>;
  readAll(options?: ReadOptions): AsyncIterable<RecordedEvent>;
  /** Up to `limit` events after a position, in order. */
  readPage(page: PageRequest): Promise<readonly RecordedEvent[]>;
  readStream(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent>;
  /** The revision of a stream's last event, or undefined where it does not exist. */
  streamRevision(stream: string): Promise<bigint | undefined>;
  /** The last position, 0 where the log is empty, and its cursor. */
  head(): Promise<{ readonly position: bigint; readonly cursor: string }>;
  /** The last position recorded before a UTC instant, 0 where there is none. */
  positionAt(instant: string): Promise<bigint>;
  /**
   * The position of a cursor; where another process gave it for what this one has not seen yet, as soon as it has.
   * @throws EventLogError INVALID_CURSOR for a text that is none of this log's
   */
  positionOfCursor(cursor: string): Promise<bigint>;
  /** Every event after a position, then live ones as they come, without gap or repeat; says once when it has caught up. */
  subscribe(options: {
    readonly after: bigint;
    readonly signal?: AbortSignal;
  }): AsyncIterable<RecordedEvent | CaughtUp>;
  /** Why nothing more is taken until the log is opened again; undefined while all is well. */
  readonly failure: Error | undefined;
  close(): Promise<void>;
}

/** What those who only follow a log need of it. */
export type ReadableLog = Pick<EventLog, 'head' | 'readPage' | 'readStream' | 'positionAt' | 'subscribe'>;

/** A subscription has delivered everything up to this position and now waits for new events. */
export interface CaughtUp {
  readonly caughtUp: bigint;
}

/** Milliseconds since 1970, UTC. */
export type Clock = () => number;
