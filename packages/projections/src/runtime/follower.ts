import type { ReadableLog, RecordedEvent } from '@ledger/event-log';
import type { Projector } from './projector';

/** How many events are applied in one transaction while catching up, unless said otherwise. */
const usualPageSize = 1000;

/** Resolves when what failed is to be tried again, or rejects with what ends the following. */
export type WhenToRetry = (error: unknown, signal: AbortSignal) => Promise<void>;

/** Does the applying of events that were just recorded, and whatever is done around it. */
export type AroundApplying = (
  events: readonly RecordedEvent[],
  applying: () => Promise<void>,
) => Promise<void>;

/** Follows the whole log with one projector: catches up in pages, then goes on live. */
export class LogFollower {
  readonly #abort = new AbortController();
  readonly #waiting = new Set<{
    readonly position: bigint;
    readonly resolve: () => void;
    readonly reject: (e: unknown) => void;
  }>();
  #applied = 0n;
  #failed: { readonly error: unknown } | undefined;
  #running: Promise<void> | undefined;
  #hindrance: unknown;
  #hold: () => void = () => undefined;
  /** Resolves when applying has failed and is to be tried again. */
  readonly #held = new Promise<void>((resolve) => (this.#hold = resolve));

  constructor(
    readonly log: ReadableLog,
    readonly projector: Projector,
    /** Left out, any error ends the following. */
    readonly whenToRetry?: WhenToRetry,
    readonly pageSize = usualPageSize,
    /** Is asked of what comes live; catching up is done as it is. */
    readonly aroundApplying: AroundApplying = async (_events, applying) => applying(),
  ) {}

  /** The position applied. */
  get applied(): bigint {
    return this.#applied;
  }

  /** Why events cannot be applied for now; undefined where they can. */
  get hindrance(): unknown {
    return this.#hindrance;
  }

  /** Starts following; resolves when what is in the log now is applied, or for now cannot be. */
  async start(): Promise<void> {
    this.#moved(await this.projector.checkpoint());
    const { position } = await this.log.head();
    if (this.#applied > position)
      throw new Error(
        `The read models are at position ${this.#applied}, beyond the log's head at ${position}: they are of another log. Delete the read models and start again; they are rebuilt.`,
      );
    this.#running = this.#follow().catch((error: unknown) => {
      this.#failed = { error };
      for (const waiter of this.#waiting) waiter.reject(error);
      this.#waiting.clear();
    });
    await Promise.race([this.whenApplied(position), this.#held]);
  }

  async #follow(): Promise<void> {
    for (;;) {
      const page = await this.log.readPage({ after: this.#applied, limit: this.pageSize });
      if (page.length === 0) break;
      await this.#apply(page);
      if (this.#abort.signal.aborted) return;
    }
    const { signal } = this.#abort;
    for await (const item of this.log.subscribe({ after: this.#applied, signal })) {
      // What came with others was applied with them.
      if ('caughtUp' in item || item.position <= this.#applied) continue;
      // Whatever has gathered meanwhile is applied in one transaction.
      const page = await this.log.readPage({ after: this.#applied, limit: this.pageSize });
      if (page.length > 0) await this.aroundApplying(page, async () => this.#apply(page));
    }
  }

  /** Applies events, again and again while it is said to be tried again. */
  async #apply(page: readonly RecordedEvent[]): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted)
      try {
        await this.projector.apply(page);
        this.#hindrance = undefined;
        this.#moved(page.at(-1)?.position ?? this.#applied);
        return;
      } catch (error) {
        if (this.whenToRetry === undefined) throw error;
        this.#hindrance = error;
        this.#hold();
        await this.whenToRetry(error, signal);
      }
  }

  #moved(position: bigint): void {
    this.#applied = position;
    for (const waiter of this.#waiting)
      if (waiter.position <= position) {
        this.#waiting.delete(waiter);
        waiter.resolve();
      }
  }

  /** Resolves when a position is applied; rejects when the follower has failed or the signal says so. */
  async whenApplied(position: bigint, signal?: AbortSignal): Promise<void> {
    if (this.#failed !== undefined) throw this.#failed.error;
    if (this.#applied >= position) return;
    await new Promise<void>((resolve, reject) => {
      const waiter = { position, resolve, reject };
      this.#waiting.add(waiter);
      signal?.addEventListener('abort', () => {
        this.#waiting.delete(waiter);
        reject(signal.reason);
      });
    });
  }

  /** Stops following, after what is being applied. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }
}
