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
  close(): Promise<void>;
}
