import type { RecordedEvent } from '@ledger/event-log';
import { readLedgerRecord, type PartitionTaker, type TopicRecord } from '@ledger/fan-out';
import type { AroundEvents } from '@ledger/operations';
import {
  PartitionProjector,
  type BeginFolding,
  type ReadOfPartition,
  type StreamHistory,
} from '@ledger/projections';
import { CheckpointMovedError, type TopicReadStore } from '@ledger/read-store';
import { passes, pause } from '../passing';

/** What is kept of a record until it is applied: an event, or that everything up to a position is in the topic. */
type ReadRecord = { readonly offset: bigint } & (
  | { readonly event: RecordedEvent; readonly upTo: undefined }
  | { readonly event: undefined; readonly upTo: bigint }
);

function readOf(records: readonly ReadRecord[]): ReadOfPartition {
  const events: RecordedEvent[] = [];
  let upTo: bigint | undefined;
  for (const record of records) {
    if (record.event !== undefined) events.push(record.event);
    else if (upTo === undefined || record.upTo > upTo) upTo = record.upTo;
  }
  return { events, upTo, offset: Number(records.at(-1)?.offset ?? -1n) + 1 };
}

export interface PartitionsParts {
  readonly store: TopicReadStore;
  readonly stopping: AbortSignal;
  readonly around: AroundEvents;
  /** Where events are found that the topic lacks. */
  readonly log: StreamHistory | undefined;
  /** Who folds; left out, this thread does. */
  readonly beginFolding: BeginFolding | undefined;
}

/** Applies the partitions that this process is given to a store. */
export class PartitionsInStore implements PartitionTaker<ReadRecord> {
  readonly #projectors = new Map<number, PartitionProjector>();
  /** Everything up to here is in the topic, as far as has been read. */
  #head = 0n;
  #hindrance: Error | undefined;

  constructor(readonly parts: PartitionsParts) {}

  /** Everything up to here is in the topic, as far as has been read. */
  get head(): bigint {
    return this.#head;
  }

  /** Why nothing can be applied now; undefined where it can. */
  get hindrance(): Error | undefined {
    return this.#hindrance;
  }

  async begin(partition: number): Promise<bigint> {
    for (;;)
      try {
        return BigInt(await this.#projector(partition).begin());
      } catch (error) {
        await this.#wait(error, this.parts.stopping);
      }
  }

  /** What a record says; where it is none of a ledger's, that is said. @throws BrokerError FOREIGN_RECORD */
  read(record: TopicRecord): ReadRecord {
    const { event, watermark } = readLedgerRecord(record);
    const { offset } = record;
    if (event === undefined) return { offset, event, upTo: watermark.position };
    // Its cursor is for who fills a topic.
    const { stream, revision, position, bytes } = event;
    return { offset, event: { stream, revision, position, bytes }, upTo: undefined };
  }

  async take(partition: number, records: readonly ReadRecord[], signal: AbortSignal): Promise<bigint> {
    const { stopping, around } = this.parts;
    const read = readOf(records);
    if (read.upTo !== undefined && read.upTo > this.#head) this.#head = read.upTo;
    while (!signal.aborted && !stopping.aborted)
      try {
        await around(read.events, async () => this.#projector(partition).apply(read));
        this.#hindrance = undefined;
        return BigInt(read.offset);
      } catch (error) {
        // It was given to another, who has gone on with it: where it stands now is in the store.
        if (error instanceof CheckpointMovedError) return this.begin(partition);
        await this.#wait(error, signal);
      }
    // Not applied: they are taken again, by this process or another.
    return records[0]?.offset ?? 0n;
  }

  end(partition: number): void {
    this.#projectors.get(partition)?.forget();
    this.#projectors.delete(partition);
  }

  /** @throws the error, where waiting does not mend it or nobody waits any more */
  async #wait(error: unknown, signal: AbortSignal): Promise<void> {
    if (!passes(error) || this.parts.stopping.aborted) throw error;
    this.#hindrance = error;
    await pause(signal);
  }

  #projector(partition: number): PartitionProjector {
    const { store, log, beginFolding } = this.parts;
    let projector = this.#projectors.get(partition);
    if (projector === undefined) {
      projector = new PartitionProjector({
        store,
        partition,
        ...(log !== undefined && { log }),
        ...(beginFolding !== undefined && { beginFolding }),
      });
      this.#projectors.set(partition, projector);
    }
    return projector;
  }
}
