/*
 * A broker: what is published once and read by anybody, in topics that are split into partitions. It is never the
 * ledger's log, which it could not be (it knows no expected state of a stream); it is where the log is given on.
 */

/** A record as it is written. */
export interface NewRecord {
  readonly partition: number;
  /** Null where it belongs to no stream. */
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array;
}

/** A record as it is read. */
export interface TopicRecord extends NewRecord {
  /** Its place in its partition: grows, perhaps with gaps. */
  readonly offset: bigint;
}

/** A topic that keeps everything: nothing in it grows old, gives way to what is new, or is compacted. */
export interface TopicSetUp {
  readonly topic: string;
  /** For ever: a key would be found in another partition, were there more. */
  readonly partitions: number;
  /** On how many brokers each record lies; as the cluster has it for its topics, unless said. */
  readonly replicas?: number;
}

/** Where the records of a partition begin, and the offset that the next one will have. */
export interface PartitionEnds {
  readonly partition: number;
  readonly first: bigint;
  readonly end: bigint;
}

/** The records of a partition from an offset up to, but not at, another. */
export interface OffsetRange {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** Writes records to one topic. */
export interface RecordWriter {
  /**
   * Resolves when every record is acknowledged by all brokers that must have it. Within a partition records come in the
   * order given, and each once, as long as nothing fails. Where it fails, some may have been written: the writer is of no
   * use any more, and whoever opens another one and writes them again may write them twice.
   * @throws BrokerError
   */
  write(records: readonly NewRecord[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * What a member of a group does with the partitions that it is given. Where a partition is read from is the member's to
 * know: the group only says whose it is.
 */
export interface PartitionTaker<Read> {
  /** A partition is given. Resolves with the offset of the record that is to be taken first. */
  begin(partition: number): Promise<bigint>;
  /**
   * What is kept of a record until it is taken. Many wait at once where a member has fallen behind, and whatever is kept of
   * each is looked through again and again by who collects what is not: so it should be little.
   */
  read(record: TopicRecord): Read;
  /**
   * Takes what was read of a partition that was begun, in order: from the offset on that it was last said to go on at.
   * Resolves with the offset at which it goes on: behind the last of them, or wherever else. The signal says that the
   * partition may be about to be given to another: what takes long is better left then.
   */
  take(partition: number, read: readonly Read[], signal: AbortSignal): Promise<bigint>;
  /** A partition is given to another, or is to be begun anew. */
  end(partition: number): void;
}

/** One of those who share a topic's partitions out among themselves. */
export interface GroupMember {
  /** The partitions that are its own now. */
  readonly partitions: readonly number[];
  /**
   * Resolves when it has left the group. Rejects when it cannot go on: with a BrokerError where the broker is away, which
   * joining anew mends once it is back, or with what the taker threw.
   */
  readonly over: Promise<void>;
  /** Leaves the group, after what is being taken. */
  leave(): Promise<void>;
}

/** The one interface to a broker. Nothing in it overwrites or deletes. */
export interface Broker {
  /**
   * Makes a topic; one that is there is left as it is.
   * @throws TopicDiffersError where it is there and is not such a topic; BrokerError
   */
  ensureTopic(setUp: TopicSetUp): Promise<void>;
  /** @throws BrokerError */
  writer(topic: string): Promise<RecordWriter>;
  /** The ends of every partition of a topic, in order. @throws BrokerError */
  ends(topic: string): Promise<readonly PartitionEnds[]>;
  /**
   * Reads ranges that end at or before the ends of their partitions, and resolves when all is taken: within a partition in
   * order, partitions as they come.
   * @throws BrokerError
   */
  read(
    topic: string,
    ranges: readonly OffsetRange[],
    take: (records: readonly TopicRecord[]) => void,
  ): Promise<void>;
  /**
   * Joins those who share a topic's partitions out among themselves: each partition is one member's, as far as the members
   * can know. One that is cut off may go on for a while with what is another's already: who writes what it takes must
   * find that out. Resolves once it has asked to join; partitions come when they are given.
   * @throws BrokerError
   */
  join<Read>(topic: string, group: string, taker: PartitionTaker<Read>): Promise<GroupMember>;
  close(): Promise<void>;
}
