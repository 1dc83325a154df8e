import type { HistoryEvent } from './history-writer';
import { Random } from './random';

/** One event as it reaches the follower of a partition. */
export interface Delivery {
  readonly partition: number;
  readonly event: HistoryEvent;
}

/** The partition of a stream: FNV-1a of its name. */
export function partitionOf(stream: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(stream)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % partitions;
}

/** Splits events by stream over partitions; each stays in the order of positions. */
export function partitions(
  events: readonly HistoryEvent[],
  count: number,
): readonly (readonly HistoryEvent[])[] {
  const parts: HistoryEvent[][] = Array.from({ length: count }, () => []);
  for (const event of events) parts[partitionOf(event.stream, count)]?.push(event);
  return parts;
}

/** One partition with repeats: now and then it goes on from an earlier checkpoint, and no event comes a third time. */
function withRepeats(events: readonly HistoryEvent[], random: Random): HistoryEvent[] {
  const delivered: HistoryEvent[] = [];
  let oldest = 0;
  for (let next = 0; next < events.length; next++) {
    delivered.push(...events.slice(next, next + 1));
    if (!random.percent(8)) continue;
    const from = random.between(oldest, next);
    delivered.push(...events.slice(from, next + 1));
    oldest = next + 1;
  }
  return delivered;
}

/**
 * An order in which events may be delivered: each partition in the order of positions but for going on from an
 * earlier checkpoint, partitions interleaved at random, each event once or twice.
 */
export function* deliveries(
  events: readonly HistoryEvent[],
  options: { readonly partitions: number; readonly seed: number },
): Generator<Delivery> {
  const random = new Random(options.seed);
  const queues = partitions(events, options.partitions).map((part, partition) => ({
    partition,
    events: withRepeats(part, random),
    next: 0,
  }));
  for (;;) {
    const waiting = queues.filter((queue) => queue.next < queue.events.length);
    if (waiting.length === 0) return;
    const queue = random.pick(waiting);
    // A few at a time: partitions run ahead of one another.
    for (let more = random.between(1, 12); more > 0; more--) {
      const event = queue.events[queue.next];
      if (event === undefined) break;
      queue.next += 1;
      yield { partition: queue.partition, event };
    }
  }
}
