import type { ReadStore, WriteTransaction } from './port';

/*
 * A read store that is kept from a topic instead of a log. It holds what a log would give besides: how far each partition has
 * been read, and the events of streams, since whoever folds an event needs those before it.
 */

/** What a store is kept from. */
export interface TopicSource {
  readonly topic: string;
  readonly partitions: number;
  /** What those who keep it call themselves, so that they share the partitions out; no other store has the same. */
  readonly group: string;
}

/** How far a partition has come. */
export interface PartitionStanding {
  /** Everything of the partition up to this position is applied. */
  readonly position: number;
  /** The offset in the topic at which reading goes on. */
  readonly offset: number;
}

/** An event as it is kept for those that follow it in its stream. */
export interface KeptEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** The stored body. */
  readonly bytes: Uint8Array;
}

/** What is changed in one atomic step, how far a partition has come among it. */
export interface TopicTransaction extends WriteTransaction {
  keepEvents(events: readonly KeptEvent[]): Promise<void>;
}

/** How far a partition goes in one step. */
export interface ReadingStep {
  readonly partition: number;
  readonly from: PartitionStanding;
  readonly to: PartitionStanding;
}

/** A read store that several processes keep from the partitions of one topic. */
export interface TopicReadStore extends ReadStore {
  /** What it is kept from; undefined where that has not been said. */
  source(): Promise<TopicSource | undefined>;
  /**
   * Says what it is kept from, and that all partitions stand at their beginning. Whoever says so first has said it for all.
   * @returns what holds
   */
  keepFrom(source: TopicSource): Promise<TopicSource>;
  standing(partition: number): Promise<PartitionStanding>;
  /**
   * Applies what `work` writes and moves the partition on, all or nothing.
   * @throws CheckpointMovedError where the partition does not stand at `from`
   */
  readOn(step: ReadingStep, work: (transaction: TopicTransaction) => Promise<void>): Promise<void>;
  /** The revisions that are kept of each of some streams, in order; none of a stream that is not there. */
  revisions(streams: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>;
  /** The events of some streams, stream by stream in the order of their revisions. */
  events(streams: readonly string[]): Promise<readonly KeptEvent[]>;
}
