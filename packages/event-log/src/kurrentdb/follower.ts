import type { AllStreamSubscription } from '@kurrent/kurrentdb-client';
import { grownWithin, type Growth } from '../live-subscription';
import { loadClient, type Connection } from './connection';
import { prefixesOf, seenIn, type SeenEvent, type SeenSetting } from './own-events';
import type { PositionIndex } from './position-index';
import type { RecentEvents } from './recent-events';
import { sortOf } from './server-errors';
import { letGo } from './subscribed';

/** How many events are taken into the index in one transaction, at most. */
const mostAtOnce = 1000;

/** Waits between attempts to reach the server: short at first, so that a restart is hardly noticed. */
const firstPauseMs = 20;
const longestPauseMs = 1000;

/** How long a subscription from which something is awaited may bring nothing before it is begun again. */
const silenceMs = 3000;

/** How many events of `$all` lie between two checkpoints of those that are not the ledger's: 32 times this. */
const checkpointInterval = 8;

/** What a follower is made of. */
interface FollowerParts {
  /** Its own: what discards a client after a failed append must not end this subscription. */
  readonly connection: Connection;
  readonly prefix: string;
  readonly index: PositionIndex;
  readonly recent: RecentEvents;
  readonly growth: Growth;
  /** Told of what cannot be mended by trying again. */
  readonly broken: (error: unknown) => void;
}

/**
 * Follows `$all` in one subscription for the whole process, and takes what is the ledger's into the index. A subscription
 * that ends, for whatever reason, is begun again after what was seen last: nothing is lost and nothing comes twice.
 */
export class Follower {
  readonly #parts: FollowerParts;
  #waiting: (SeenEvent | SeenSetting)[] = [];
  #scheduled = false;
  #stopped = false;
  #subscription: AllStreamSubscription | undefined;
  #ended: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #pausing = false;
  #timesCaughtUp = 0;
  #lastError: unknown;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Why the last subscription ended. */
  get lastError(): unknown {
    return this.#lastError;
  }

  async #run(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!this.#stopped) {
      const before = this.#timesCaughtUp;
      try {
        await this.#follow();
      } catch (error) {
        this.#lastError = error;
        if (sortOf(error) === 'refused') {
          this.#stopped = true;
          this.#parts.broken(error);
        }
      }
      // One that worked and then ended is begun again at once.
      pauseMs = this.#timesCaughtUp > before ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      this.#pausing = true;
      if (!this.#stopped) await grownWithin(this.#parts.growth, pauseMs);
      this.#pausing = false;
    }
  }

  /** Follows until the subscription ends. @throws whatever ended it */
  async #follow(): Promise<void> {
    const { connection, prefix, index } = this.#parts;
    const [client, { streamNameFilter }] = await Promise.all([connection.client(), loadClient()]);
    if (this.#stopped) return;
    const seen = index.seen;
    const subscription = client.subscribeToAll({
      ...(seen !== undefined && { fromPosition: seen }),
      filter: streamNameFilter({
        prefixes: [...prefixesOf(prefix)],
        checkpointInterval,
        checkpointReached: async (_subscription, position) => {
          // It may overtake events that wait to be taken: those come first.
          await this.#drained(subscription);
          index.moveTo(position);
        },
      }),
    });
    this.#subscription = subscription;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#ended = resolve;
        subscription.on('data', (resolved) => this.#seen(resolved, reject));
        subscription.on('caughtUp', () => void this.#caughtUp(subscription).catch(reject));
        subscription.on('error', reject);
        subscription.on('end', resolve);
        subscription.on('close', resolve);
      });
    } finally {
      letGo(subscription);
      this.#flush();
      void connection.discard(client).catch(() => undefined);
    }
  }

  #seen(resolved: Parameters<typeof seenIn>[0], reject: (error: unknown) => void): void {
    try {
      const seen = seenIn(resolved, this.#parts.prefix);
      if (seen === undefined) return;
      this.#waiting.push(seen);
      if (this.#waiting.length >= mostAtOnce) this.#flush();
      else this.#schedule();
    } catch (error) {
      reject(error);
    }
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  /** Takes what has come into the index, and tells those who wait. */
  #flush(): void {
    if (this.#waiting.length === 0 || this.#stopped) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    const { index, recent, growth, broken } = this.#parts;
    try {
      recent.add(index.take(waiting));
    } catch (error) {
      this.#stopped = true;
      broken(error);
    }
    growth.announce();
  }

  /** Resolves when everything that a subscription has brought so far has been taken. */
  async #drained(subscription: AllStreamSubscription): Promise<void> {
    while (subscription.readableLength > 0 && !subscription.destroyed)
      await new Promise<void>((resolve) => void setImmediate(resolve));
    this.#flush();
  }

  async #caughtUp(subscription: AllStreamSubscription): Promise<void> {
    await this.#drained(subscription);
    // One that was let go of says nothing of what came since.
    if (subscription.destroyed) return;
    this.#timesCaughtUp += 1;
    this.#parts.growth.announce();
  }

  /**
   * Waits until something holds of what was seen. A subscription that brings nothing is begun again meanwhile: one can
   * stall without an error.
   * @returns whether it holds
   */
  async reach(holds: () => boolean, patienceMs: number): Promise<boolean> {
    // Somebody has reached the server: it is tried again at once.
    if (this.#pausing) this.#parts.growth.announce();
    const until = performance.now() + patienceMs;
    let restartAt = performance.now() + Math.min(silenceMs, patienceMs / 3);
    let { seen } = this.#parts.index;
    for (;;) {
      if (holds()) return true;
      const now = performance.now();
      if (now >= until || this.#stopped) return false;
      if (now >= restartAt) {
        restartAt = now + silenceMs;
        if (this.#parts.index.seen === seen) this.restart();
        seen = this.#parts.index.seen;
      }
      await grownWithin(this.#parts.growth, Math.max(1, Math.min(until, restartAt) - now));
    }
  }

  /** Begins the subscription again, after what was seen last. */
  restart(): void {
    this.#ended?.();
  }

  /** Sees everything that is in KurrentDB at this moment. @returns whether it came to that */
  async catchUp(patienceMs: number): Promise<boolean> {
    const before = this.#timesCaughtUp;
    // Not the first time: then the subscription that is being begun says so by itself.
    if (before > 0) this.restart();
    return this.reach(() => this.#timesCaughtUp > before, patienceMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#ended?.();
    if (this.#subscription !== undefined) letGo(this.#subscription);
    this.#parts.growth.announce();
    await this.#running;
  }
}
