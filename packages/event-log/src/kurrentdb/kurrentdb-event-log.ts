import { collected } from '../collected';
import { EventLogError, logClosed } from '../errors';
import { followPages, type Growth } from '../live-subscription';
import { checkRequest } from '../making-events';
import type {
  AppendCommand,
  AppendRequest,
  AppendResult,
  CaughtUp,
  EventLog,
  LogLimits,
  ReadOptions,
  PageRequest,
  RecordedEvent,
} from '../port';
import { cursorOf, parseAddress } from './address-cursor';
import { Appender } from './appender';
import type { Connection } from './connection';
import type { Follower } from './follower';
import { isAfter } from './own-events';
import { limitsOf, OpenParts, usualPatienceMs, type KurrentDbOptions } from './open-parts';
import type { LogFinding, PositionIndex } from './position-index';
import { Reader } from './reader';
import type { RecentEvents } from './recent-events';
import type { Abilities } from './sender';

/** The log in a KurrentDB. Many processes may write it; each follows it, and knows of it what it has seen. */
export class KurrentDbEventLog implements EventLog {
  readonly limits: LogLimits;
  readonly #index: PositionIndex;
  readonly #recent: RecentEvents;
  readonly #growth: Growth;
  readonly #follower: Follower;
  readonly #reader: Reader;
  readonly #appender: Appender;
  readonly #connections: readonly Connection[];
  #failure: Error | undefined;
  #closed = false;

  private constructor(abilities: Abilities, parts: OpenParts, options: KurrentDbOptions) {
    this.limits = limitsOf(abilities);
    this.#index = parts.index;
    this.#recent = parts.recent;
    this.#growth = parts.growth;
    this.#follower = parts.follower;
    this.#connections = [parts.asking, parts.following];
    const { prefix } = parts;
    this.#reader = new Reader(parts.asking, prefix, parts.index);
    const { now, patienceMs = usualPatienceMs } = options;
    const { index, recent, follower, sender } = parts;
    const failure = (): Error | undefined => this.#failure;
    this.#appender = new Appender({
      prefix,
      limits: this.limits,
      now,
      patienceMs,
      sender,
      follower,
      index,
      recent,
      failure,
    });
  }

  /**
   * Opens the log at an address, and reads on from what was seen of it before.
   * @throws EventLogError LOG_UNREACHABLE, LOG_REFUSED, LOG_CORRUPT where events are missing in KurrentDB
   */
  static async open(address: string, options: KurrentDbOptions): Promise<KurrentDbEventLog> {
    const { abilities, parts } = await OpenParts.open(address, options);
    const log = new KurrentDbEventLog(abilities, parts, options);
    parts.onBroken = (error) => (log.#failure = error);
    return log;
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  /** What was found in KurrentDB that should not be there, and command keys that two processes took at once. */
  get findings(): readonly LogFinding[] {
    return this.#index.findings();
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    if (this.#closed) throw logClosed();
    if (this.#failure !== undefined) throw this.#failure;
    checkRequest(request, this.limits);
    return this.#appender.append(request);
  }

  async findCommand(
    command: Pick<AppendCommand, 'actor' | 'scope' | 'key'>,
  ): Promise<{ hash: string; result: AppendResult } | undefined> {
    const known = this.#index.command(command);
    if (known === undefined) return undefined;
    const position = known.events.at(-1)?.position ?? 0n;
    const result = { replayed: true, events: known.events, position, cursor: this.#cursorAt(position) };
    return { hash: known.hash, result };
  }

  async *readAll({
    from,
    direction = 'forward',
    limit = Infinity,
  }: ReadOptions = {}): AsyncIterable<RecordedEvent> {
    const { head } = this.#index;
    if (limit <= 0) return;
    if (direction === 'forward') {
      const first = from === undefined || from < 1n ? 1n : from;
      yield* this.#forward(first - 1n, least(head, first - 1n + asCount(limit)));
      return;
    }
    const last = from === undefined ? head : least(from, head);
    yield* backward(last, greatest(1n, last - asCount(limit) + 1n), (first, upTo) =>
      this.#forward(first - 1n, upTo),
    );
  }

  async *#forward(after: bigint, upTo: bigint): AsyncGenerator<RecordedEvent> {
    let position = after;
    while (position < upTo) {
      const recent = this.#recent.after(position, Number(least(upTo - position, 1000n)));
      if (recent !== undefined && recent.length > 0) yield* recent;
      else {
        // What lies before the events in memory is read, in one stretch.
        yield* this.#reader.positions(position, upTo);
        return;
      }
      position += BigInt(recent.length);
    }
  }

  async readPage({ after, limit }: PageRequest): Promise<readonly RecordedEvent[]> {
    return collected(this.readAll({ from: after + 1n, limit }));
  }

  async *readStream(
    stream: string,
    { from, direction = 'forward', limit = Infinity }: ReadOptions = {},
  ): AsyncIterable<RecordedEvent> {
    const end = this.#index.revision(stream);
    if (end === undefined || limit <= 0) return;
    if (direction === 'forward') {
      const first = greatest(from ?? 0n, 0n);
      const last = least(end, first + asCount(limit) - 1n);
      if (first <= last) yield* this.#reader.stream(stream, first, last);
      return;
    }
    const last = least(from ?? end, end);
    yield* backward(last, greatest(0n, last - asCount(limit) + 1n), (first, upTo) =>
      this.#reader.stream(stream, first, upTo),
    );
  }

  async streamRevision(stream: string): Promise<bigint | undefined> {
    return this.#index.revision(stream);
  }

  async head(): Promise<{ position: bigint; cursor: string }> {
    const position = this.#index.head;
    return { position, cursor: this.#cursorAt(position) };
  }

  #cursorAt(position: bigint): string {
    return cursorOf(this.#index.at(position)?.address ?? { commit: 0n, prepare: 0n });
  }

  async positionAt(instant: string): Promise<bigint> {
    const before = Date.parse(instant);
    return this.#index.lastWhere(({ ms }) => ms < before);
  }

  async positionOfCursor(cursor: string): Promise<bigint> {
    const address = parseAddress(cursor);
    const seen = (): boolean => !isAfter(address, this.#index.seen) || address.commit === 0n;
    // Another process may have given it for what this one has not seen yet.
    if (!(await this.#follower.reach(seen, cursorPatienceMs)))
      throw new EventLogError(
        'INVALID_CURSOR',
        'The cursor is beyond the end of the ledger, as far as it was seen here.',
      );
    return this.#index.lastWhere((event) => !isAfter(event.address, address));
  }

  /** Events that were passed long ago are read in one stretch, those of now come out of memory. */
  async *subscribe({
    after,
    signal,
  }: {
    readonly after: bigint;
    readonly signal?: AbortSignal;
  }): AsyncGenerator<RecordedEvent | CaughtUp> {
    let position = after;
    while (this.#recent.after(position, 1) === undefined && position < this.#index.head)
      for await (const event of this.#reader.positions(position, this.#index.head)) {
        if (signal?.aborted === true) return;
        yield event;
        position = event.position;
      }
    const options = { after: position, ...(signal !== undefined && { signal }) };
    yield* followPages((page) => this.#nextPage(page), this.#growth, options);
  }

  /** What follows a position. @throws where nothing can follow any more, so that whoever waits for it is told */
  async #nextPage(request: PageRequest): Promise<readonly RecordedEvent[]> {
    const page = await this.readPage(request);
    if (page.length === 0 && this.#failure !== undefined) throw this.#failure;
    return page;
  }

  /** Finishes what is being appended, then lets go of KurrentDB. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#appender.idle();
    await this.#follower.stop();
    await Promise.all(this.#connections.map((connection) => connection.close()));
    this.#index.close();
  }
}

/** How long a question waits for what its cursor names. */
const cursorPatienceMs = 5000;

function asCount(limit: number): bigint {
  return BigInt(Math.min(limit, Number.MAX_SAFE_INTEGER));
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function greatest(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

/** Reads backward, a page at a time: each is read forward and turned round. */
async function* backward(
  last: bigint,
  first: bigint,
  read: (first: bigint, upTo: bigint) => AsyncIterable<RecordedEvent>,
): AsyncGenerator<RecordedEvent> {
  for (let upTo = last; upTo >= first;) {
    const from = greatest(first, upTo - 499n);
    const page = await collected(read(from, upTo));
    yield* page.reverse();
    upTo = from - 1n;
  }
}
