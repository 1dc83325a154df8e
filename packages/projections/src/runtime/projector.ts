import type { RecordedEvent } from '@ledger/event-log';
import type { ReadStore } from '@ledger/read-store';
import { ChunkWriter } from './chunk-writer';
import type { ReadEvent } from './decoded-event';
import { EventFold } from './event-fold';
import { projections, type Projection } from './projection';
import type { StreamHistory } from './stream-history';

/**
 * Applies recorded events of one partition to a read store, as they come: each call is one transaction with the
 * checkpoint. What cannot be applied is parked with its stream; other streams go on.
 */
export class Projector {
  readonly #writer: ChunkWriter;
  #fold: EventFold | undefined;
  #checkpoint: number | undefined;

  constructor(
    readonly store: ReadStore,
    readonly history: StreamHistory,
    readonly partition = 0,
    readonly of: readonly Projection[] = projections,
    /** Only tests read events in another way than this release. */
    readonly read?: ReadEvent,
  ) {
    this.#writer = new ChunkWriter(store, partition);
  }

  /** The position up to which this partition is applied. */
  async checkpoint(): Promise<bigint> {
    return BigInt(await this.#loaded());
  }

  async #loaded(): Promise<number> {
    this.#checkpoint ??= (await this.store.checkpoints()).get(this.partition) ?? 0;
    return this.#checkpoint;
  }

  async #folding(): Promise<EventFold> {
    if (this.#fold === undefined) {
      const parked = await this.store.parked(Number.MAX_SAFE_INTEGER);
      const streams = parked.flatMap(({ partition, stream }) => (partition === this.partition ? stream : []));
      this.#fold = new EventFold(this.history, [{ of: this.of, parked: streams }], { read: this.read });
    }
    return this.#fold;
  }

  /**
   * Applies events that come in position order, in one transaction with the checkpoint. Repeats of what is
   * applied are ignored. `upTo` moves the checkpoint on over positions of other partitions.
   */
  async apply(events: readonly RecordedEvent[], upTo?: bigint): Promise<void> {
    const from = await this.#loaded();
    const fold = await this.#folding();
    try {
      const to = await addTo(fold, events, from, upTo);
      if (to === from) return;
      await this.store.advance({ partition: this.partition, from, to }, async (transaction) => {
        await this.#writer.add(transaction, fold.take());
        await this.#writer.flush(transaction);
      });
      this.#checkpoint = to;
      this.#writer.trim();
    } catch (error) {
      // The store is the truth.
      this.#checkpoint = undefined;
      this.#fold = undefined;
      this.#writer.reset();
      throw error;
    }
  }
}

/** Folds the events beyond a position; the position that they and `upTo` come to. */
async function addTo(
  fold: EventFold,
  events: readonly RecordedEvent[],
  from: number,
  upTo: bigint = 0n,
): Promise<number> {
  let to = from;
  for (const recorded of events) {
    const position = Number(recorded.position);
    if (position <= to) continue;
    to = position;
    await fold.add(recorded);
  }
  return Math.max(to, Number(upTo));
}
