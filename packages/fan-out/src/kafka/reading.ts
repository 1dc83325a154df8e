import { randomUUID } from 'node:crypto';
import type { Batch, Consumer, Kafka } from 'kafkajs';
import type { OffsetRange, TopicRecord } from '../port';
import { toRecord } from './records';

/** The ranges that are still being read. */
class Outstanding {
  readonly #ranges = new Map<number, OffsetRange>();

  constructor(ranges: readonly OffsetRange[]) {
    for (const range of ranges) if (range.from < range.to) this.#ranges.set(range.partition, range);
  }

  get none(): boolean {
    return this.#ranges.size === 0;
  }

  get all(): Iterable<OffsetRange> {
    return this.#ranges.values();
  }

  /** What of a batch belongs to a range that is still being read. */
  take({
    partition,
    messages,
    lastOffset,
  }: Pick<Batch, 'partition' | 'messages' | 'lastOffset'>): TopicRecord[] {
    const range = this.#ranges.get(partition);
    if (range === undefined) return [];
    const records = messages
      .map((message) => toRecord(partition, message))
      .filter(({ offset }) => offset >= range.from && offset < range.to);
    const end = BigInt(lastOffset()) + 1n;
    if (end >= range.to) this.#ranges.delete(partition);
    // The client may give a batch once more, or begin before the range.
    else if (end > range.from) this.#ranges.set(partition, { ...range, from: end });
    return records;
  }
}

/** Resolves when all is read; rejects when the consumer gives up, or `take` throws. */
async function consume(
  consumer: Consumer,
  topic: string,
  outstanding: Outstanding,
  take: (records: readonly TopicRecord[]) => void,
): Promise<void> {
  const read = new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) reject(payload.error);
    });
    // Each time that it joins, also after a coordinator was not ready: the client forgets where it was.
    consumer.on(consumer.events.GROUP_JOIN, () => {
      for (const { partition, from } of outstanding.all)
        consumer.seek({ topic, partition, offset: String(from) });
    });
    const eachBatch = async ({ batch }: { readonly batch: Batch }): Promise<void> => {
      try {
        const records = outstanding.take({
          partition: batch.partition,
          messages: batch.messages,
          lastOffset: () => batch.lastOffset(),
        });
        if (records.length > 0) take(records);
        if (outstanding.none) resolve();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    consumer.run({ autoCommit: false, eachBatch }).catch(reject);
  });
  await read;
}

/** How often it is tried to join: a coordinator that is loading refuses at first. */
const joins = 10;

/**
 * Reads ranges of a topic. The client reads as a member of a group only: so a group that nobody else is in, and that
 * leaves nothing behind.
 */
export async function readRanges(
  kafka: Kafka,
  topic: string,
  ranges: readonly OffsetRange[],
  take: (records: readonly TopicRecord[]) => void,
): Promise<void> {
  const outstanding = new Outstanding(ranges);
  if (outstanding.none) return;
  let joined = 0;
  const consumer = kafka.consumer({
    groupId: `${topic}-reader-${randomUUID()}`,
    allowAutoTopicCreation: false,
    retry: { retries: 3, restartOnFailure: async () => ++joined < joins },
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consume(consumer, topic, outstanding, take);
  } finally {
    await consumer.disconnect();
  }
}
