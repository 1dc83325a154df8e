import {
  CheckFailedError,
  CommandKeyReusedError,
  DuplicateEventError,
  invalidAppend,
  isLogError,
  WrongExpectedStateError,
} from '../errors';
import { isAs, makeEvents, utcText, type MadeEvent } from '../making-events';
import type {
  AppendCommand,
  AppendedEvent,
  AppendRequest,
  AppendResult,
  Clock,
  ExpectedState,
  LogLimits,
  StreamCheck,
} from '../port';
import { digestOf } from '../command-digest';
import { cursorOf } from './address-cursor';
import type { Follower } from './follower';
import { sentId } from './sent-id';
import type { PositionIndex } from './position-index';
import type { RecentEvents } from './recent-events';
import type { ExactState, Sender, SentCheck, SentWrite } from './sender';
import { refused, sortOf, unreachable, type Conflict } from './server-errors';

/** Appends that are sent at once. */
const largestWave = 64;
/** How often one append is tried while others write to the same streams. */
const mostRounds = 100;

interface AppenderParts {
  readonly prefix: string;
  readonly limits: LogLimits;
  readonly now: Clock;
  /** How long an append is tried while KurrentDB cannot be reached, in milliseconds. */
  readonly patienceMs: number;
  readonly sender: Sender;
  readonly follower: Follower;
  readonly index: PositionIndex;
  readonly recent: RecentEvents;
  /** Why nothing more can be appended. */
  readonly failure: () => Error | undefined;
}

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Appends in waves: those of a wave are stamped with one time and sent at once, the next wave when all have been answered.
 * So times never go back on one writer, whichever of a wave KurrentDB takes first. Two appends to one stream, or of one
 * command, are never in one wave.
 */
export class Appender {
  readonly #parts: AppenderParts;
  readonly #queue: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(parts: AppenderParts) {
    this.#parts = parts;
  }

  async append(request: AppendRequest): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is being appended. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // After this turn: requests that arrive together are sent together.
    await new Promise<void>((resolve) => void setImmediate(resolve));
    while (this.#queue.length > 0) {
      const wave = this.#nextWave();
      const { now, index } = this.#parts;
      const stamp = Math.max(now(), index.lastRecordedMs);
      await Promise.all(
        wave.map(({ request, resolve, reject }) => this.#appendOne(request, stamp).then(resolve, reject)),
      );
    }
    this.#running = undefined;
  }

  #nextWave(): Waiting[] {
    const taken = new Set<string>();
    const wave: Waiting[] = [];
    const left: Waiting[] = [];
    for (const waiting of this.#queue.splice(0)) {
      const { writes, command } = waiting.request;
      const names = [
        ...writes.map(({ stream }) => `stream ${stream}`),
        Buffer.from(digestOf(command)).toString('hex'),
      ];
      if (wave.length < largestWave && names.every((name) => !taken.has(name))) wave.push(waiting);
      else left.push(waiting);
      for (const name of names) taken.add(name);
    }
    this.#queue.push(...left);
    return wave;
  }

  async #appendOne(request: AppendRequest, stamp: number): Promise<AppendResult> {
    const { limits, index, patienceMs } = this.#parts;
    const until = performance.now() + patienceMs;
    const former = this.#former(request.command);
    if (former !== undefined) return { ...former, replayed: true };
    const made = makeEvents(request, utcText(stamp), limits);
    mustBeNew(made, index);
    for (let round = 0, pauseMs = 25; round < mostRounds; round++) {
      try {
        const result = await this.#attempt(request, made, until);
        if (result !== undefined) return result;
      } catch (error) {
        if (isLogError(error) || error instanceof TypeError) throw error;
        if (sortOf(error) === 'refused') throw refused(error);
        const failure = this.#parts.failure();
        if (failure !== undefined) throw failure;
        if (performance.now() >= until)
          throw unreachable(
            'The append may have been recorded or not: send it again with the same key, and it is recorded once.',
            error,
          );
        await new Promise<void>((resolve) => void setTimeout(resolve, pauseMs));
        pauseMs = Math.min(pauseMs * 2, 1000);
      }
    }
    throw unreachable('Others write to the same streams without end. Send it again.', undefined);
  }

  /** What the command appended before. @throws CommandKeyReusedError */
  #former(command: AppendCommand): AppendResult | undefined {
    const known = this.#parts.index.command(command);
    if (known === undefined) return undefined;
    if (known.hash !== command.hash) throw new CommandKeyReusedError(command.scope);
    return resultOf(known.events, this.#parts.index);
  }

  /**
   * Sends an append once.
   * @returns undefined where others wrote first and it may be tried again
   * @throws what EventLog.append does, and what the client does
   */
  async #attempt(
    request: AppendRequest,
    made: readonly MadeEvent[],
    until: number,
  ): Promise<AppendResult | undefined> {
    const { sender, follower, index } = this.#parts;
    const left = (): number => Math.max(1, until - performance.now());
    const before = index.head;
    const { writes, checks } = await this.#exactly(request, made, left());
    const sent = await sender.send(writes, checks).catch(async (error: unknown) => {
      if (sortOf(error) === 'refused') throw error;
      // It may have been written all the same: what is there is looked at before it is sent again.
      await follower.catchUp(left());
      if (this.#parts.index.command(request.command) === undefined) throw error;
      return undefined;
    });
    if (sent?.sent === 'conflict') {
      await this.#seeConflicts(sent.conflicts, left());
      if (index.command(request.command) === undefined) {
        this.#refuseIfWrong(request, sent.conflicts);
        return undefined;
      }
    }
    if (sent?.sent !== 'written') {
      const former = this.#former(request.command);
      return former && { ...former, replayed: !this.#isOurs(former, made, before) };
    }
    const seen = (): boolean =>
      [...sent.last].every(([stream, revision]) => (index.revision(this.#ours(stream)) ?? -1n) >= revision);
    if (!(await follower.reach(seen, left())))
      throw follower.lastError ?? new Error('the subscription brings nothing');
    const written = resultOf(this.#writtenBy(request, sent.last), index);
    return { ...written, replayed: !this.#isOurs(written, made, before) };
  }

  /** What was written up to given revisions: what is stored there, which for a repeat is not what was sent. */
  #writtenBy({ writes }: AppendRequest, last: ReadonlyMap<string, bigint>): AppendedEvent[] {
    const { prefix, index } = this.#parts;
    return writes.flatMap(({ stream, events }) => {
      const end = last.get(`${prefix}.${stream}`) ?? -1n;
      return events.flatMap(
        (_event, at) => index.appended(stream, end - BigInt(events.length - 1 - at)) ?? [],
      );
    });
  }

  /** Whether the first event of a result is the very one that was made here. */
  #isOurs(result: AppendResult, [first]: readonly MadeEvent[], before: bigint): boolean {
    const position = result.events[0]?.position ?? 0n;
    const [stored] = this.#parts.recent.after(position - 1n, 1) ?? [];
    if (stored === undefined || first === undefined) return position > before;
    return Buffer.from(stored.bytes).equals(first.bytes);
  }

  #ours(stream: string): string {
    return stream.slice(this.#parts.prefix.length + 1);
  }

  /** The writes and checks as they are sent. @throws WrongExpectedStateError, CheckFailedError */
  async #exactly(
    { writes, checks = [], command }: AppendRequest,
    made: readonly MadeEvent[],
    patienceMs: number,
  ): Promise<{ readonly writes: SentWrite[]; readonly checks: SentCheck[] }> {
    const { prefix, index, follower } = this.#parts;
    const inDoubt = [...writes, ...checks].some(
      ({ stream, expected }) => expected === 'stream-exists' && index.revision(stream) === undefined,
    );
    // Another process may have made it a moment ago: to refuse by what was seen until then would be wrong.
    if (inDoubt) await follower.catchUp(patienceMs);
    let next = 0;
    const exact = writes.map(({ stream, expected, events }) => {
      const actual = index.revision(stream);
      if (cannotHold(expected, actual)) throw new WrongExpectedStateError(stream, expected, actual);
      const at: ExactState = typeof expected === 'bigint' ? expected : (actual ?? 'no_stream');
      const sent = events.map(({ type }, n) => {
        const bytes = made[next + n]?.bytes ?? new Uint8Array();
        return { id: sentId(command, next + n), type, bytes };
      });
      next += events.length;
      return { stream: `${prefix}.${stream}`, at, events: sent };
    });
    return { writes: exact, checks: checks.flatMap((check) => this.#exactCheck(check, exact)) };
  }

  /** A check as it is sent; none where it always holds, or is one with the state that its stream is written at. */
  #exactCheck({ stream, expected }: StreamCheck, writes: readonly SentWrite[]): SentCheck[] {
    const { prefix, index } = this.#parts;
    const actual = index.revision(stream);
    if (cannotHold(expected, actual)) throw new CheckFailedError(stream, expected, actual);
    const written = writes.find((write) => write.stream === `${prefix}.${stream}`);
    if (written !== undefined) {
      const at = typeof written.at === 'bigint' ? written.at : undefined;
      if (!isAs(expected, at)) throw new CheckFailedError(stream, expected, at);
      return [];
    }
    if (expected === 'any') return [];
    const state =
      expected === 'no-stream' ? 'no_stream' : expected === 'stream-exists' ? 'stream_exists' : expected;
    return [{ stream: `${prefix}.${stream}`, state }];
  }

  /** Sees what others wrote before, so that the next attempt is made at what is there. */
  async #seeConflicts(conflicts: readonly Conflict[], patienceMs: number): Promise<void> {
    const { index, follower } = this.#parts;
    if (conflicts.length === 0) await follower.catchUp(patienceMs);
    await follower.reach(
      () =>
        conflicts.every(
          ({ stream, actual }) => (index.revision(this.#ours(stream)) ?? -1n) >= (actual ?? -1n),
        ),
      patienceMs,
    );
  }

  /** @throws WrongExpectedStateError, CheckFailedError */
  #refuseIfWrong({ writes, checks = [] }: AppendRequest, conflicts: readonly Conflict[]): void {
    for (const { stream, actual } of conflicts) {
      const ours = this.#ours(stream);
      const write = writes.find((one) => one.stream === ours);
      if (write !== undefined && !isAs(write.expected, actual))
        throw new WrongExpectedStateError(ours, write.expected, actual);
      const check = checks.find((one) => one.stream === ours);
      if (check !== undefined && !isAs(check.expected, actual))
        throw new CheckFailedError(ours, check.expected, actual);
    }
  }
}

/** Whether a state cannot hold any more, by what was seen: streams only ever grow. */
function cannotHold(expected: ExpectedState, actual: bigint | undefined): boolean {
  if (expected === 'stream-exists') return actual === undefined;
  if (expected === 'no-stream') return actual !== undefined;
  return typeof expected === 'bigint' && actual !== undefined && expected < actual;
}

/** Ids are not unique in KurrentDB: they are held against all that were seen. @throws DuplicateEventError */
function mustBeNew(made: readonly MadeEvent[], index: PositionIndex): void {
  const ids = new Set<string>();
  for (const { id } of made) {
    if (ids.has(id) || index.hasEvent(id)) throw new DuplicateEventError(id);
    ids.add(id);
  }
}

function resultOf(events: AppendResult['events'], index: PositionIndex): AppendResult {
  const position = events.at(-1)?.position ?? 0n;
  const address = index.at(position)?.address;
  if (address === undefined) throw invalidAppend('A command without events is in the index.');
  return { replayed: false, events, position, cursor: cursorOf(address) };
}
