import { encodeStoredBody } from '@ledger/events';
import type { PageRequest, RecordedEvent } from '@ledger/event-log';
import {
  checkRollUps,
  createQueries,
  Projector,
  type LedgerQueries,
  type StreamHistory,
} from '@ledger/projections';
import type { ReadStore } from '@ledger/read-store';
import { deliveries, type History, type HistoryEvent } from '../histories';

/** A history's event as a log would give it. */
export function recorded(event: HistoryEvent): RecordedEvent {
  const { position, revision, ...body } = event;
  return {
    position: BigInt(position),
    revision: BigInt(revision),
    stream: event.stream,
    // What is left of a history's event are the members of a stored body.
    bytes: encodeStoredBody(body),
  };
}

/** A log of which only reading is needed. */
export class HistoryLog {
  readonly events: readonly RecordedEvent[];
  readonly #streams = new Map<string, RecordedEvent[]>();

  constructor({ events }: Pick<History, 'events'>) {
    this.events = events.map(recorded);
    for (const event of this.events) {
      const known = this.#streams.get(event.stream) ?? [];
      this.#streams.set(event.stream, known);
      known.push(event);
    }
  }

  async *readStream(stream: string): AsyncIterable<RecordedEvent> {
    yield* this.#streams.get(stream) ?? [];
  }

  async readPage({ after, limit }: PageRequest): Promise<readonly RecordedEvent[]> {
    return this.events.slice(Number(after), Number(after) + limit);
  }

  async positionAt(): Promise<bigint> {
    throw new Error('Histories are asked by position, not by day');
  }

  /** The events of a stream before a revision, as a projector reads them back. */
  get history(): StreamHistory {
    const streams = this.#streams;
    return {
      before: async function* (stream, revision) {
        yield* (streams.get(stream) ?? []).slice(0, Number(revision));
      },
    };
  }
}

/** The history applied from its first event to its last, in one partition: what a rebuild gives. */
export async function rebuilt(history: History, store: ReadStore): Promise<LedgerQueries> {
  const log = new HistoryLog(history);
  await new Projector(store, log.history).apply(log.events);
  return createQueries({ store, log, figures: [] });
}

/** What roll-ups and lines of a store say differently, as recorded by a position of a history. */
export async function rollUpFindings(
  history: History,
  store: ReadStore,
  position: number,
): Promise<{ readonly compared: number; readonly findings: readonly string[] }> {
  return checkRollUps({ store, log: new HistoryLog(history) }, BigInt(position));
}

/** The history delivered in three partitions, interleaved at random, each event once or twice, into one store. */
export async function delivered(history: History, store: ReadStore, batch: number): Promise<LedgerQueries> {
  const log = new HistoryLog(history);
  const projectors = [0, 1, 2].map((partition) => new Projector(store, log.history, partition));
  const waiting: RecordedEvent[][] = [[], [], []];
  const flush = async (partition: number): Promise<void> => {
    await projectors[partition]?.apply(waiting[partition]?.splice(0) ?? []);
  };
  for (const { partition, event } of deliveries(history.events, { partitions: 3, seed: history.seed })) {
    waiting[partition]?.push(recorded(event));
    if ((waiting[partition]?.length ?? 0) >= batch) await flush(partition);
  }
  const last = BigInt(history.events.length);
  for (const [partition, projector] of projectors.entries()) {
    await flush(partition);
    // The watermark: everything up to here has been delivered to every partition.
    await projector.apply([], last);
  }
  return createQueries({ store, log, figures: [] });
}
