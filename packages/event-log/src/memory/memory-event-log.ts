import {
  CheckFailedError,
  CommandKeyReusedError,
  DuplicateEventError,
  logClosed,
  WrongExpectedStateError,
} from '../errors';
import { followPages, Growth } from '../live-subscription';
import { parseCursor } from '../position-cursor';
import { checkRequest, isAs, makeEvents, utcText } from '../making-events';
import { recordedAtOf } from '../recorded-at';
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

interface Remembered {
  readonly hash: string;
  readonly result: AppendResult;
}

function commandName({ actor, scope, key }: Pick<AppendCommand, 'actor' | 'scope' | 'key'>): string {
  return JSON.stringify([actor, scope, key]);
}

/** A log in memory, for tests and dry runs: the same rules, nothing outlives the process. */
export class MemoryEventLog implements EventLog {
  readonly limits = usualLimits;
  readonly failure = undefined;
  readonly #events: (RecordedEvent & { readonly recordedAt: string })[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #ids = new Set<string>();
  readonly #commands = new Map<string, Remembered>();
  readonly #growth = new Growth();
  readonly #now: Clock;
  #closed = false;

  constructor(now: Clock) {
    this.#now = now;
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    if (this.#closed) throw logClosed();
    checkRequest(request, this.limits);
    const name = commandName(request.command);
    const before = this.#commands.get(name);
    if (before !== undefined) {
      if (before.hash !== request.command.hash) throw new CommandKeyReusedError(request.command.scope);
      return { ...before.result, replayed: true };
    }
    const last = this.#events.at(-1)?.recordedAt ?? '';
    const now = utcText(this.#now());
    const recordedAt = now > last ? now : last;
    const made = makeEvents(request, recordedAt, this.limits);
    this.#verify(
      request,
      made.map(({ id }) => id),
    );
    const events = made.map(({ id, stream, bytes }) => {
      const ofStream = this.#streams.get(stream) ?? [];
      this.#streams.set(stream, ofStream);
      const event = {
        position: BigInt(this.#events.length + 1),
        revision: BigInt(ofStream.length),
        stream,
        bytes,
        recordedAt,
      };
      this.#events.push(event);
      ofStream.push(event);
      this.#ids.add(id);
      return { id, stream, revision: event.revision, position: event.position };
    });
    const position = BigInt(this.#events.length);
    const result = { replayed: false, events, position, cursor: String(position) };
    this.#commands.set(name, { hash: request.command.hash, result });
    this.#growth.announce();
    return result;
  }

  /** Everything that can refuse the append, before any of it is written. */
  #verify({ writes, checks = [] }: AppendRequest, ids: readonly string[]): void {
    for (const { stream, expected } of writes) {
      const actual = this.#revision(stream);
      if (!isAs(expected, actual)) throw new WrongExpectedStateError(stream, expected, actual);
    }
    for (const { stream, expected } of checks) {
      const actual = this.#revision(stream);
      if (!isAs(expected, actual)) throw new CheckFailedError(stream, expected, actual);
    }
    const seen = new Set<string>();
    for (const id of ids) {
      if (this.#ids.has(id) || seen.has(id)) throw new DuplicateEventError(id);
      seen.add(id);
    }
  }

  #revision(stream: string): bigint | undefined {
    const length = this.#streams.get(stream)?.length;
    return length === undefined ? undefined : BigInt(length - 1);
  }

  async findCommand(
    command: Pick<AppendCommand, 'actor' | 'scope' | 'key'>,
  ): Promise<Remembered | undefined> {
    const found = this.#commands.get(commandName(command));
    return found && { hash: found.hash, result: { ...found.result, replayed: true } };
  }

  async *readAll({
    from,
    direction = 'forward',
    limit = Infinity,
  }: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    yield* pick(this.#events, from === undefined ? undefined : Number(from) - 1, direction, limit);
  }

  async readPage({ after, limit }: PageRequest): Promise<readonly RecordedEvent[]> {
    return this.#events.slice(Number(after), Number(after) + limit);
  }

  async *readStream(
    stream: string,
    { from, direction = 'forward', limit = Infinity }: ReadOptions = {},
  ): AsyncIterable<RecordedEvent> {
    yield* pick(
      this.#streams.get(stream) ?? [],
      from === undefined ? undefined : Number(from),
      direction,
      limit,
    );
  }

  async streamRevision(stream: string): Promise<bigint | undefined> {
    return this.#revision(stream);
  }

  async head(): Promise<{ position: bigint; cursor: string }> {
    return { position: BigInt(this.#events.length), cursor: String(this.#events.length) };
  }

  async positionAt(instant: string): Promise<bigint> {
    return BigInt(this.#events.findLastIndex(({ bytes }) => (recordedAtOf(bytes) ?? instant) < instant) + 1);
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

  async close(): Promise<void> {
    this.#closed = true;
  }
}

function* pick(
  events: readonly RecordedEvent[],
  from: number | undefined,
  direction: 'forward' | 'backward',
  limit: number,
): Generator<RecordedEvent> {
  const step = direction === 'forward' ? 1 : -1;
  // A start outside the log begins at its nearer end, or finds nothing.
  const start =
    direction === 'forward' ? Math.max(from ?? 0, 0) : Math.min(from ?? events.length - 1, events.length - 1);
  for (let at = start, left = limit; left > 0; at += step, left--) {
    const event = events[at];
    if (event === undefined) return;
    yield event;
  }
}
