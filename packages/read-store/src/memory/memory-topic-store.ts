import { CheckpointMovedError } from '../port';
import type {
  KeptEvent,
  PartitionStanding,
  ReadingStep,
  TopicReadStore,
  TopicSource,
  TopicTransaction,
} from '../topic-store';
import { MemoryReadStore } from './memory-read-store';

/** The same as a read store in memory, kept from a topic: for tests that need no server. */
export class MemoryTopicStore extends MemoryReadStore implements TopicReadStore {
  #source: TopicSource | undefined;
  readonly #offsets = new Map<number, number>();
  /** By stream, then revision. */
  readonly #events = new Map<string, Map<number, KeptEvent>>();

  async source(): Promise<TopicSource | undefined> {
    return this.#source;
  }

  async keepFrom(source: TopicSource): Promise<TopicSource> {
    if (this.#source !== undefined) return this.#source;
    this.#source = source;
    for (let partition = 0; partition < source.partitions; partition++)
      await this.advance({ partition, from: 0, to: 0 }, async () => undefined);
    return source;
  }

  async standing(partition: number): Promise<PartitionStanding> {
    const position = (await this.checkpoints()).get(partition) ?? 0;
    return { position, offset: this.#offsets.get(partition) ?? 0 };
  }

  async readOn(
    { partition, from, to }: ReadingStep,
    work: (transaction: TopicTransaction) => Promise<void>,
  ): Promise<void> {
    await this.advance({ partition, from: from.position, to: to.position }, async (transaction) => {
      const offset = this.#offsets.get(partition) ?? 0;
      if (offset !== from.offset) throw new CheckpointMovedError(partition, from.offset, offset);
      const kept: KeptEvent[] = [];
      await work({
        ...transaction,
        keepEvents: async (events) => {
          for (const event of events) kept.push(event);
        },
      });
      // Nothing fails after this.
      for (const event of kept) this.#keep(event);
      this.#offsets.set(partition, to.offset);
    });
  }

  #keep(event: KeptEvent): void {
    const stream = this.#events.get(event.stream) ?? new Map<number, KeptEvent>();
    this.#events.set(event.stream, stream);
    stream.set(event.revision, event);
  }

  async revisions(streams: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const found = new Map<string, readonly number[]>();
    for (const { stream, revision } of await this.events(streams))
      found.set(stream, [...(found.get(stream) ?? []), revision]);
    return found;
  }

  async events(streams: readonly string[]): Promise<readonly KeptEvent[]> {
    return [...new Set(streams)].flatMap((stream) =>
      [...(this.#events.get(stream)?.values() ?? [])].sort((one, other) => one.revision - other.revision),
    );
  }
}
