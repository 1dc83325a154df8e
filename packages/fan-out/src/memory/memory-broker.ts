import { BrokerError, otherPartitions } from '../errors';
import type {
  Broker,
  GroupMember,
  NewRecord,
  OffsetRange,
  PartitionEnds,
  PartitionTaker,
  RecordWriter,
  TopicRecord,
  TopicSetUp,
} from '../port';
import { MemoryGroup } from './memory-group';

/** A broker in memory, for tests that need no network. */
export class MemoryBroker implements Broker {
  readonly #topics = new Map<string, readonly TopicRecord[][]>();
  readonly #groups = new Map<string, MemoryGroup>();
  /** Those who wait for more to be written. */
  #waiting: (() => void)[] = [];

  async ensureTopic({ topic, partitions }: TopicSetUp): Promise<void> {
    const found = this.#topics.get(topic);
    if (found === undefined)
      this.#topics.set(
        topic,
        Array.from({ length: partitions }, () => []),
      );
    else if (found.length !== partitions) throw otherPartitions(topic, found.length, partitions);
  }

  async writer(topic: string): Promise<RecordWriter> {
    const partitions = this.#partitions(topic);
    return {
      write: async (records) => {
        for (const record of records) append(partitions, record);
        for (const wake of this.#waiting.splice(0)) wake();
      },
      close: async () => undefined,
    };
  }

  async ends(topic: string): Promise<readonly PartitionEnds[]> {
    return this.#partitions(topic).map((records, partition) => ({
      partition,
      first: 0n,
      end: BigInt(records.length),
    }));
  }

  async read(
    topic: string,
    ranges: readonly OffsetRange[],
    take: (records: readonly TopicRecord[]) => void,
  ): Promise<void> {
    const partitions = this.#partitions(topic);
    for (const { partition, from, to } of ranges) {
      const records = partitions[partition]?.slice(Number(from), Number(to)) ?? [];
      if (records.length > 0) take(records);
    }
  }

  async join<Read>(topic: string, group: string, taker: PartitionTaker<Read>): Promise<GroupMember> {
    const partitions = this.#partitions(topic);
    const name = `${topic} ${group}`;
    const known =
      this.#groups.get(name) ?? new MemoryGroup({ partitions, more: async (signal) => this.#more(signal) });
    this.#groups.set(name, known);
    return known.join(taker);
  }

  async #more(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
  }

  async close(): Promise<void> {}

  #partitions(topic: string): readonly TopicRecord[][] {
    const found = this.#topics.get(topic);
    if (found === undefined)
      throw new BrokerError('BROKER_UNAVAILABLE', `There is no topic ${topic}. Set it up, then try again.`);
    return found;
  }
}

function append(partitions: readonly TopicRecord[][], record: NewRecord): void {
  const records = partitions[record.partition];
  if (records === undefined)
    throw new BrokerError('BROKER_REFUSED', `There is no partition ${record.partition}.`);
  records.push({ ...record, offset: BigInt(records.length) });
}
