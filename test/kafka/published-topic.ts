import type { EventLog } from '@ledger/event-log';
import {
  partitionOf,
  readLedgerRecord,
  type Broker,
  type LedgerRecord,
  type PublishedEvent,
} from '@ledger/fan-out';

/** Everything in a topic, by partition, in order. */
export async function recordsOf(
  broker: Broker,
  topic: string,
): Promise<readonly (readonly LedgerRecord[])[]> {
  const ends = await broker.ends(topic);
  const found: LedgerRecord[][] = ends.map(() => []);
  const ranges = ends.map(({ partition, first, end }) => ({ partition, from: first, to: end }));
  await broker.read(topic, ranges, (records) => {
    for (const record of records) found[record.partition]?.push(readLedgerRecord(record));
  });
  return found;
}

/** The events of a partition as they come for the first time. @throws Error where one comes late, or a repeat differs */
function firstTimes(records: readonly LedgerRecord[]): Map<bigint, PublishedEvent> {
  const came = new Map<bigint, PublishedEvent>();
  let last = 0n;
  for (const { event } of records) {
    if (event === undefined) continue;
    const before = came.get(event.position);
    if (before === undefined && event.position < last)
      throw new Error(`Position ${event.position} comes for the first time after ${last}`);
    if (before !== undefined && !Buffer.from(before.bytes).equals(event.bytes))
      throw new Error(`Position ${event.position} comes twice, and not the same`);
    came.set(event.position, event);
    if (event.position > last) last = event.position;
  }
  return came;
}

/** The positions that a partition lacks although it says that everything up to a later one is there. */
function saidAndNotThere(records: readonly LedgerRecord[], expected: readonly bigint[]): bigint[] {
  const there = new Set<bigint>();
  return records.flatMap(({ event, watermark }) => {
    if (event !== undefined) there.add(event.position);
    return watermark === undefined
      ? []
      : expected.filter((position) => position <= watermark.position && !there.has(position));
  });
}

/** What is wrong with a topic that is said to hold a log; nothing, where every event is in it as it is to be. */
export async function faultsOf(broker: Broker, topic: string, log: EventLog): Promise<readonly string[]> {
  const partitions = await recordsOf(broker, topic);
  const recorded = await log.readPage({ after: 0n, limit: 1_000_000 });
  const faults: string[] = [];
  for (const [partition, records] of partitions.entries()) {
    const expected = recorded.filter(({ stream }) => partitionOf(stream, partitions.length) === partition);
    const came = firstTimes(records);
    for (const { position, revision, stream, bytes } of expected) {
      const found = came.get(position);
      if (found === undefined) faults.push(`${position} is missing`);
      else if (
        found.revision !== revision ||
        found.stream !== stream ||
        !Buffer.from(bytes).equals(found.bytes)
      )
        faults.push(`${position} is not what was recorded`);
    }
    if (came.size > expected.length) faults.push(`partition ${partition} holds what it should not`);
    const positions = expected.map(({ position }) => position);
    for (const position of saidAndNotThere(records, positions))
      faults.push(`${position} is said to be there`);
  }
  return faults;
}

/** How many records of events a topic holds beyond one for each event. */
export function repeatsIn(records: readonly (readonly LedgerRecord[])[]): number {
  const events = records.flat().flatMap(({ event }) => event ?? []);
  return events.length - new Set(events.map(({ position }) => position)).size;
}
