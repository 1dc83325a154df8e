import type { RecordedEvent } from '@ledger/event-log';
import { createQueries, PartitionProjector, type LedgerQueries } from '@ledger/projections';
import type { TopicReadStore } from '@ledger/read-store';
import { deliveries, partitionOf, type History } from '../histories';
import { Random } from '../histories/random';
import { HistoryLog, recorded } from './projected-history';

const partitions = 3;

/** A partition of a made-up topic: what was put into it, and how far that has been taken. */
class MadePartition {
  readonly records: RecordedEvent[] = [];
  next = 0;
  projector: PartitionProjector;

  constructor(
    readonly store: TopicReadStore,
    readonly partition: number,
  ) {
    this.projector = this.#fresh();
  }

  #fresh(): PartitionProjector {
    return new PartitionProjector({ store: this.store, partition: this.partition });
  }

  /** The partition is given to another projector, which goes on where the store says. */
  async handOver(): Promise<void> {
    this.projector = this.#fresh();
    this.next = await this.projector.begin();
  }

  /** Takes what is there; `upTo`: a watermark that comes with it. */
  async take(upTo?: bigint): Promise<void> {
    const events = this.records.slice(this.next);
    await this.projector.apply({ events, upTo, offset: this.records.length });
    this.next = this.records.length;
  }
}

/** What was applied, to be asked between two deliveries. */
export interface Halfway {
  readonly queries: LedgerQueries;
  /** Everything up to here is applied in every partition. */
  readonly applied: number;
}

/**
 * The history delivered as a topic would be: in three partitions, interleaved at random, each event once or twice, with
 * watermarks, and with partitions that are given to other projectors now and then. Projectors have no log to read back from.
 * @param ask is asked between deliveries, some thirty times
 */
export async function keptFromTopic(
  history: History,
  store: TopicReadStore,
  ask: (halfway: Halfway) => Promise<void>,
): Promise<LedgerQueries> {
  const random = new Random(history.seed + 1);
  await store.keepFrom({ topic: 'ledger', partitions, group: 'one' });
  const made = Array.from({ length: partitions }, (_, partition) => new MadePartition(store, partition));
  const queries = createQueries({ store, log: new HistoryLog(history), figures: [] });
  const watermark = watermarks(history);
  let turn = 0;
  for (const { partition, event } of deliveries(history.events, { partitions, seed: history.seed })) {
    const one = made[partition];
    if (one === undefined) continue;
    one.records.push(recorded(event));
    const upTo = watermark.after(partition, Number(event.position));
    if (random.percent(8)) await one.take(random.percent(50) ? upTo : undefined);
    if (random.percent(2)) await one.handOver();
    turn += 1;
    if (turn % Math.ceil(history.events.length / 25) !== 0) continue;
    const applied = Math.min(...(await store.checkpoints()).values());
    if (applied > 0) await ask({ queries, applied });
  }
  for (const one of made) await one.take(BigInt(history.events.length));
  return queries;
}

/** What may be said of each partition after an event was put into it: the position before the next one that comes. */
function watermarks({ events }: History): { after: (partition: number, position: number) => bigint } {
  const positions = Array.from({ length: partitions }, (_, partition) =>
    events.flatMap(({ stream, position }) =>
      partitionOf(stream, partitions) === partition ? Number(position) : [],
    ),
  );
  const reached = positions.map(() => 0);
  return {
    after: (partition, position) => {
      // Of a repeat nothing new is said.
      const last = Math.max(reached[partition] ?? 0, position);
      reached[partition] = last;
      const next = positions[partition]?.find((one) => one > last);
      return BigInt(next === undefined ? events.length : next - 1);
    },
  };
}
