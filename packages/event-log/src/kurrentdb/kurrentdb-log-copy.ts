import { DamagedBodyError, decodeStoredBody, type StoredBody } from '@ledger/events';
import { collected } from '../collected';
import { digestOf } from '../command-digest';
import { damaged, differs, type CopyTarget } from '../copying/copy-target';
import { isLogError } from '../errors';
import type { PageRequest, RecordedEvent } from '../port';
import { cursorOf } from './address-cursor';
import { limitsOf, OpenParts, usualPatienceMs, type KurrentDbOptions } from './open-parts';
import { Reader } from './reader';
import { sentId } from './sent-id';
import type { Abilities, SentEvent, SentWrite } from './sender';
import { refused, sortOf, unreachable } from './server-errors';

/** The events of one stream that follow one another in the log. */
interface Run {
  readonly stream: string;
  readonly first: bigint;
  readonly firstPosition: bigint;
  readonly events: SentEvent[];
}

function bodyOf({ bytes, position }: RecordedEvent): StoredBody {
  try {
    return decodeStoredBody(bytes);
  } catch (error) {
    if (error instanceof DamagedBodyError) throw damaged(position);
    throw error;
  }
}

/** A log in KurrentDB that is being filled with the events of another log, by one process. */
export class KurrentDbLogCopy implements CopyTarget {
  readonly #parts: OpenParts;
  readonly #reader: Reader;
  readonly #several: boolean;
  readonly #limits: { readonly appendBytes: number; readonly appendEvents: number };
  readonly #patienceMs: number;
  /** The command whose events are being copied, and where its first one is. */
  #command: { readonly name: string; readonly first: bigint } | undefined;

  private constructor(
    parts: OpenParts,
    abilities: Abilities,
    { patienceMs = usualPatienceMs }: KurrentDbOptions,
  ) {
    this.#parts = parts;
    this.#reader = new Reader(parts.asking, parts.prefix, parts.index);
    this.#several = abilities.records || abilities.sessions;
    this.#limits = limitsOf(abilities);
    this.#patienceMs = patienceMs;
  }

  /** @throws EventLogError LOG_UNREACHABLE, LOG_REFUSED, LOG_CORRUPT where events are missing in KurrentDB */
  static async open(address: string, options: KurrentDbOptions): Promise<KurrentDbLogCopy> {
    const { abilities, parts } = await OpenParts.open(address, options);
    return new KurrentDbLogCopy(parts, abilities, options);
  }

  async head(): Promise<{ position: bigint; cursor: string }> {
    const { index } = this.#parts;
    return {
      position: index.head,
      cursor: cursorOf(index.at(index.head)?.address ?? { commit: 0n, prepare: 0n }),
    };
  }

  async readPage({ after, limit }: PageRequest): Promise<readonly RecordedEvent[]> {
    const { head } = this.#parts.index;
    const upTo = after + BigInt(limit);
    return collected(this.#reader.positions(after, upTo < head ? upTo : head));
  }

  async add(events: readonly RecordedEvent[]): Promise<void> {
    const { follower, index } = this.#parts;
    for (const runs of this.#batches(events)) await this.#send(runs);
    const last = events.at(-1)?.position ?? 0n;
    if (!(await follower.reach(() => index.head >= last, this.#patienceMs)))
      throw unreachable('Begin the copy again: it goes on where it is.', follower.lastError);
    if (index.head > last) throw differs(last + 1n);
  }

  /**
   * What is sent at once, each all or nothing: runs of different streams, where the server takes several, so that
   * their events enter the log in the order that they have.
   */
  *#batches(events: readonly RecordedEvent[]): Generator<readonly Run[]> {
    let runs: Run[] = [];
    let bytes = 0;
    let count = 0;
    for (const event of events) {
      const last = runs.at(-1);
      const fits =
        count < this.#limits.appendEvents && bytes + event.bytes.length <= this.#limits.appendBytes;
      const goesOn = last?.stream === event.stream;
      const begins =
        runs.length === 0 || (this.#several && runs.every(({ stream }) => stream !== event.stream));
      if (!fits || (!goesOn && !begins)) {
        yield runs;
        [runs, bytes, count] = [[], 0, 0];
      }
      const open = runs.at(-1);
      const sent = this.#sent(event);
      if (open?.stream === event.stream) open.events.push(sent);
      else {
        const { stream, revision: first, position: firstPosition } = event;
        runs.push({ stream, first, firstPosition, events: [sent] });
      }
      bytes += event.bytes.length;
      count += 1;
    }
    if (runs.length > 0) yield runs;
  }

  /** The event with the id that an append would have given it, so that a repeat of its command is recognised. */
  #sent(event: RecordedEvent): SentEvent {
    const { actor, command, type } = bodyOf(event);
    const stamp = { actor, ...command };
    const name = `${Buffer.from(digestOf(stamp)).toString('hex')} ${command.hash}`;
    if (this.#command?.name !== name) {
      const known = this.#parts.index.command(stamp);
      const goesOn = known !== undefined && known.first + BigInt(known.events.length) === event.position;
      this.#command = { name, first: goesOn ? known.first : event.position };
    }
    return { id: sentId(stamp, Number(event.position - this.#command.first)), type, bytes: event.bytes };
  }

  /** Sends runs until they are there: to send them again is harmless. */
  async #send(runs: readonly Run[]): Promise<void> {
    const { sender, prefix } = this.#parts;
    const writes = runs.map(({ stream, first, events }): SentWrite => ({
      stream: `${prefix}.${stream}`,
      at: first === 0n ? 'no_stream' : first - 1n,
      events,
    }));
    const until = performance.now() + this.#patienceMs;
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
      try {
        const { sent } = await sender.send(writes, []);
        if (sent === 'conflict') throw differs(runs[0]?.firstPosition ?? 0n);
        return;
      } catch (error) {
        if (isLogError(error)) throw error;
        if (sortOf(error) === 'refused') throw refused(error);
        if (performance.now() >= until)
          throw unreachable('Begin the copy again: it goes on where it is.', error);
        await new Promise<void>((resolve) => void setTimeout(resolve, pauseMs));
      }
    }
  }

  async close(): Promise<void> {
    await this.#parts.close();
  }
}
