import type { Broker, PartitionEnds } from '../port';
import { readLedgerRecord } from './reading';
import type { Watermark } from './writing';

/**
 * How many records at the end of each partition are read in search of a watermark, each time more: the last record is one,
 * unless a publisher was killed between a write and its watermark.
 */
const lastRecords = [20n, 4_000n, 2n ** 62n] as const;

/** The last records of partitions. */
function tails(
  ends: readonly PartitionEnds[],
  length: bigint,
): { readonly partition: number; readonly from: bigint; readonly to: bigint }[] {
  return ends.map(({ partition, first, end }) => ({
    partition,
    from: end - length > first ? end - length : first,
    to: end,
  }));
}

/**
 * Up to where a topic holds all events, by its own word; undefined where it says nothing. What is true of one partition's
 * watermark is true of the topic, so the greatest counts.
 * @throws BrokerError
 */
export async function lastWatermark(broker: Broker, topic: string): Promise<Watermark | undefined> {
  const ends = await broker.ends(topic);
  for (const length of lastRecords) {
    let last: Watermark | undefined;
    await broker.read(topic, tails(ends, length), (records) => {
      for (const record of records) {
        const { watermark } = readLedgerRecord(record);
        if (watermark !== undefined && watermark.position > (last?.position ?? 0n)) last = watermark;
      }
    });
    if (last !== undefined) return last;
  }
  return undefined;
}
