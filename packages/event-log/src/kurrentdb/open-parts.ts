import { collected } from '../collected';
import { EventLogError } from '../errors';
import { Growth, grownWithin } from '../live-subscription';
import { usualLimits, type Clock, type LogLimits } from '../port';
import { Connection } from './connection';
import { Follower } from './follower';
import { parseKurrentDbAddress } from './kurrentdb-address';
import { isAfter } from './own-events';
import { PositionIndex } from './position-index';
import { Reader } from './reader';
import { RecentEvents } from './recent-events';
import { Sender, type Abilities } from './sender';
import { refused, sortOf, unreachable } from './server-errors';

export interface KurrentDbOptions {
  /** The clock that events are stamped by. */
  readonly now: Clock;
  /** A file in which what was seen of the log is remembered; without one it is read from its start each time. */
  readonly indexFile?: string;
  /** How long an append, or the opening, is tried while KurrentDB cannot be reached; 20 s unless said otherwise. */
  readonly patienceMs?: number;
  /** How long to wait for one answer; 5 s unless said otherwise. */
  readonly answerMs?: number;
}

export const usualPatienceMs = 20_000;

/** The largest append that servers take unless they are told otherwise is 1 MiB, with 200 bytes for what is around an event. */
const sizes = { eventBytes: usualLimits.eventBytes, appendBytes: 1_000_000, appendEvents: 240 };

export function limitsOf({ sessions, records }: Abilities): LogLimits {
  return { ...sizes, multiStream: sessions || records, checks: records, commandKeys: 'stream' };
}

/** What a log in KurrentDB, and a copy into one, are put together from. */
export class OpenParts {
  readonly index: PositionIndex;
  readonly recent = new RecentEvents();
  readonly growth = new Growth();
  /** For appends and reads; the subscription has a client of its own, which no failed append takes away. */
  readonly asking: Connection;
  readonly following: Connection;
  readonly sender: Sender;
  readonly follower: Follower;
  #broken: Error | undefined;
  #onBroken: (error: Error) => void = () => undefined;

  /**
   * Connects, and sees everything that is there.
   * @throws EventLogError LOG_UNREACHABLE, LOG_REFUSED, LOG_CORRUPT where events are missing in KurrentDB
   */
  static async open(
    address: string,
    options: KurrentDbOptions,
  ): Promise<{ readonly abilities: Abilities; readonly parts: OpenParts }> {
    const { connection, prefix } = parseKurrentDbAddress(address);
    const { patienceMs = usualPatienceMs } = options;
    const until = performance.now() + patienceMs;
    const parts = new OpenParts(connection, prefix, options);
    try {
      const abilities = await parts.#abilities(until);
      await parts.#trustIndex();
      await parts.#seeAll(until);
      return { abilities, parts };
    } catch (error) {
      await parts.close();
      throw error;
    }
  }

  private constructor(
    connection: string,
    readonly prefix: string,
    { indexFile, answerMs = 5000 }: KurrentDbOptions,
  ) {
    this.index = PositionIndex.open(indexFile);
    this.asking = new Connection(connection);
    this.following = new Connection(connection);
    this.sender = new Sender(this.asking, answerMs);
    const { index, recent, growth } = this;
    this.follower = new Follower({
      connection: this.following,
      prefix,
      index,
      recent,
      growth,
      broken: (error) => {
        this.#broken = error instanceof EventLogError ? error : refused(error);
        this.#onBroken(this.#broken);
        growth.announce();
      },
    });
  }

  /** What the server can do, as soon as it answers. @throws EventLogError LOG_UNREACHABLE, LOG_REFUSED */
  async #abilities(until: number): Promise<Abilities> {
    for (;;) {
      try {
        return await this.sender.abilities();
      } catch (error) {
        if (error instanceof TypeError) throw error;
        if (sortOf(error) === 'refused') throw refused(error);
        if (performance.now() >= until) throw unreachable('Is it running, and is the address right?', error);
        await grownWithin(this.growth, 100);
      }
    }
  }

  /** An index is believed where it is of this ledger and its last event still is where it was; else it is made anew. */
  async #trustIndex(): Promise<void> {
    const { index, prefix } = this;
    if (index.kept('prefix') === prefix && (index.head === 0n || (await this.#lastIsThere()))) return;
    index.clear();
    index.keep('prefix', prefix);
  }

  async #lastIsThere(): Promise<boolean> {
    const { head } = this.index;
    const reader = new Reader(this.asking, this.prefix, this.index, { idleMs: 3000, attempts: 1 });
    try {
      return (await collected(reader.positions(head - 1n, head))).length === 1;
    } catch (error) {
      // A position that the database does not know, or something else there: this is another one, or one restored.
      if (error instanceof EventLogError) return false;
      throw error;
    }
  }

  /** Follows, and resolves when everything that is there has been seen, however long that takes while it goes on. */
  async #seeAll(until: number): Promise<void> {
    this.follower.start();
    let patienceMs = Math.max(1, until - performance.now());
    for (let seen = this.index.seen; !(await this.follower.catchUp(patienceMs)); seen = this.index.seen) {
      if (this.#broken !== undefined) throw this.#broken;
      if (!isAfter(this.index.seen ?? { commit: -1n, prepare: -1n }, seen))
        throw unreachable('Is it running, and is the address right?', this.follower.lastError);
      patienceMs = usualPatienceMs;
    }
  }

  /** Who is told of what cannot be mended, also if it has happened already. */
  set onBroken(told: (error: Error) => void) {
    this.#onBroken = told;
    if (this.#broken !== undefined) told(this.#broken);
  }

  async close(): Promise<void> {
    await this.follower.stop();
    await Promise.all([this.asking.close(), this.following.close()]).catch(() => undefined);
    this.index.close();
  }
}
