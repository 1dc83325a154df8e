import type { ReadStore } from '@ledger/read-store';
import { ChunkWriter } from '../runtime/chunk-writer';
import type { ReadEvent } from '../runtime/decoded-event';
import { EventFold, type FoldedChunk } from '../runtime/event-fold';
import type { Projection } from '../runtime/projection';
import type { StreamHistory } from '../runtime/stream-history';

/** Positions that are folded at once: what waits in memory stays small. */
const chunkSize = 1000;
/** Positions between checkpoints, unless said otherwise. */
const usualStep = 100_000;

/** Folds the events of a share of the streams, perhaps in another thread. */
export interface FoldHelper {
  /** The events after a position, up to another. Stretches follow one another; several may be asked for at once. */
  fold(after: number, upTo: number): Promise<FoldedChunk>;
}

export interface RebuildOptions {
  /** Where to; what is in it already is gone on from. */
  readonly store: ReadStore;
  readonly of: readonly Projection[];
  /** The last position to apply. */
  readonly upTo: number;
  /** Folds the events of the share that is folded here: of all streams, unless others are folded by the helper. */
  readonly read: (fold: EventFold, after: number, upTo: number) => Promise<void>;
  readonly history: StreamHistory;
  /** Made when it is known which streams are parked already. */
  readonly helper?: (parked: readonly string[]) => FoldHelper;
  /** Positions between checkpoints. */
  readonly step?: number;
  /** Only tests read events in another way than this release. */
  readonly readEvent?: ReadEvent;
  readonly onProgress?: (position: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Applies a log to a store in bulk. Each checkpoint is in one transaction with everything up to it: ended at any point,
 * a rebuild goes on from its last checkpoint, and comes to the same postings as a projector that applied the events one
 * by one.
 */
export async function rebuild(options: RebuildOptions): Promise<void> {
  const { store, of, upTo, read, history, onProgress, signal, step = usualStep } = options;
  let from = (await store.checkpoints()).get(0) ?? 0;
  const parked = (await store.parked(Number.MAX_SAFE_INTEGER)).map(({ stream }) => stream);
  const fold = new EventFold(history, of, parked, options.readEvent);
  const helper = options.helper?.(parked);
  // From the beginning everything fits into memory; gone on with, what is needed is read back.
  const writer = new ChunkWriter(store, 0, { whole: from === 0 });
  onProgress?.(from);

  while (from < upTo) {
    signal?.throwIfAborted();
    const to = Math.min(upTo, from + step);
    await store.advance({ partition: 0, from, to }, async (transaction) => {
      const theirs = helper && ahead(helper, from, to);
      for (let after = from; after < to; after += chunkSize) {
        const end = Math.min(to, after + chunkSize);
        await read(fold, after, end);
        const chunks = [fold.take()];
        const other = await theirs?.next();
        if (other !== undefined) chunks.push(other);
        await writer.add(transaction, chunks);
        onProgress?.(end);
      }
      await writer.flush(transaction);
    });
    writer.trim();
    from = to;
  }
}

/** How many stretches the helper is asked for ahead of what is written. */
const stretchesAhead = 4;

/** Asks the helper for stretch after stretch, some ahead of what is written. */
function ahead(helper: FoldHelper, from: number, to: number): { next: () => Promise<FoldedChunk> } {
  const waiting: Promise<FoldedChunk>[] = [];
  let asked = from;
  const ask = (): void => {
    while (waiting.length < stretchesAhead && asked < to) {
      const end = Math.min(to, asked + chunkSize);
      const folded = helper.fold(asked, end);
      // An error is the business of whoever takes the stretch.
      folded.catch(() => undefined);
      waiting.push(folded);
      asked = end;
    }
  };
  ask();
  return {
    next: async () => {
      const first = waiting.shift();
      ask();
      if (first === undefined) throw new RangeError('There is no further stretch');
      return first;
    },
  };
}
