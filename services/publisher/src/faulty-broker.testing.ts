import {
  BrokerError,
  MemoryBroker,
  readLedgerRecord,
  type Broker,
  type GroupMember,
  type LedgerRecord,
  type NewRecord,
  type OffsetRange,
  type PartitionEnds,
  type PartitionTaker,
  type RecordWriter,
  type TopicRecord,
  type TopicSetUp,
} from '@ledger/fan-out';

/** What becomes of a write: all of it, nothing, what goes to some partitions, or all without its being acknowledged. */
export type WriteFate = 'written' | 'refused' | 'in part' | 'unacknowledged';

const away = (): BrokerError =>
  new BrokerError('BROKER_UNAVAILABLE', 'The broker is away, as a test has it.');

/** A broker in memory whose writes fail as they are told to, and that remembers in which order all was written. */
export class FaultyBroker implements Broker {
  readonly #memory = new MemoryBroker();
  /** Everything written to any topic, in order. */
  readonly written: NewRecord[] = [];
  /** What becomes of the next writes; of those after them all is written. */
  fates: WriteFate[] = [];

  async ensureTopic(setUp: TopicSetUp): Promise<void> {
    await this.#memory.ensureTopic(setUp);
  }

  async ends(topic: string): Promise<readonly PartitionEnds[]> {
    return this.#memory.ends(topic);
  }

  async read(
    topic: string,
    ranges: readonly OffsetRange[],
    take: (records: readonly TopicRecord[]) => void,
  ): Promise<void> {
    await this.#memory.read(topic, ranges, take);
  }

  async writer(topic: string): Promise<RecordWriter> {
    const writer = await this.#memory.writer(topic);
    return {
      write: async (records) => {
        const fate = this.fates.shift() ?? 'written';
        if (fate === 'refused') throw away();
        const some = fate === 'in part' ? records.filter(({ partition }) => partition % 2 === 0) : records;
        await writer.write(some);
        this.written.push(...some);
        if (fate !== 'written') throw away();
      },
      close: async () => writer.close(),
    };
  }

  async join<Read>(topic: string, group: string, taker: PartitionTaker<Read>): Promise<GroupMember> {
    return this.#memory.join(topic, group, taker);
  }

  async close(): Promise<void> {
    await this.#memory.close();
  }

  /** Everything in a topic as it is read, by partition. */
  async recordsOf(topic: string): Promise<readonly (readonly LedgerRecord[])[]> {
    const ends = await this.ends(topic);
    const found: LedgerRecord[][] = ends.map(() => []);
    const ranges = ends.map(({ partition, first, end }) => ({ partition, from: first, to: end }));
    await this.read(topic, ranges, (records) => {
      for (const record of records) found[record.partition]?.push(readLedgerRecord(record));
    });
    return found;
  }
}
