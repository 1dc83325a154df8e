import type { ReadStore } from '@ledger/read-store';
import type { ReadEvent } from '../runtime/decoded-event';
import { EventFold, type FoldTarget } from '../runtime/event-fold';
import type { Projection } from '../runtime/projection';
import type { StreamHistory } from '../runtime/stream-history';
import { FoldedAhead, type FoldHelper, type Stretch } from './folded-ahead';
import { WritingTargets } from './writing-targets';

/** How events are folded in stretches. */
export interface Stretches {
  /** How many positions are folded at once; new keys of them are numbered at once, too. */
  readonly positions: number;
  /** How many stretches are folded ahead of what is written. */
  readonly ahead: number;
}

/** What waits in memory stays small. */
const usualStretches: Stretches = { positions: 1000, ahead: 4 };
/** Positions between checkpoints, unless said otherwise. */
const usualStep = 100_000;

/** A store that is brought up to a position. What is in it already is gone on from. */
export interface RebuildTarget {
  readonly store: ReadStore;
  /** The projections that it holds. */
  readonly of: readonly Projection[];
}

export interface RebuildOptions {
  /** No projection is in two of them. Those that have come equally far are brought on together: events are read once. */
  readonly targets: readonly RebuildTarget[];
  /** The last position to apply. */
  readonly upTo: number;
  /** Folds the events of the share that is folded here: of all streams, unless others are folded by the helper. */
  readonly read: (fold: EventFold, after: number, upTo: number) => Promise<void>;
  readonly history: StreamHistory;
  /** Made when it is known for which stores, and which streams are parked already. */
  readonly helper?: (targets: readonly FoldTarget[]) => FoldHelper;
  /** Positions between checkpoints. */
  readonly step?: number;
  readonly stretches?: Stretches;
  /** Only tests read events in another way than this release. */
  readonly readEvent?: ReadEvent;
  readonly onProgress?: (position: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Applies a log to stores in bulk. Each checkpoint is in one transaction with everything up to it: ended at any point,
 * a rebuild goes on from its last checkpoint, and comes to the same postings as a projector that applied the events one
 * by one.
 */
export async function rebuild(options: RebuildOptions): Promise<void> {
  for (;;) {
    const reached = await Promise.all(
      options.targets.map(async ({ store }) => (await store.checkpoints()).get(0) ?? 0),
    );
    const from = Math.min(...reached);
    options.onProgress?.(from);
    if (from >= options.upTo) return;
    // Who has fallen behind comes up to the next one first.
    const behind = options.targets.filter((_, at) => reached[at] === from);
    const upTo = Math.min(options.upTo, ...reached.filter((position) => position > from));
    await bringOn(behind, from, { ...options, upTo });
  }
}

/** Brings stores on that have come equally far. */
async function bringOn(
  targets: readonly RebuildTarget[],
  from: number,
  options: RebuildOptions,
): Promise<void> {
  const { upTo, read, history, onProgress, signal } = options;
  const { step = usualStep, stretches = usualStretches } = options;
  const foldTargets = await Promise.all(targets.map(foldTargetOf));
  const fold = new EventFold(history, foldTargets, { read: options.readEvent });
  const helper = options.helper?.(foldTargets);
  const folded = new FoldedAhead({
    stretches: stretchesOf(from, upTo, step, stretches.positions),
    here: async (stretch) => {
      await read(fold, stretch.after, stretch.upTo);
      return fold.take();
    },
    elsewhere: helper,
    ahead: stretches.ahead,
  });
  const writing = new WritingTargets(targets, from === 0);
  try {
    for (let at = from; at < upTo;) {
      signal?.throwIfAborted();
      const to = Math.min(upTo, at + step);
      await writing.advance({ partition: 0, from: at, to }, async (add) => {
        for (let after = at; after < to;) {
          const stretch = await folded.next();
          if (stretch === undefined) throw new RangeError('There is no further stretch');
          await add(stretch.shares);
          after = stretch.upTo;
          onProgress?.(after);
        }
      });
      at = to;
    }
  } finally {
    await folded.stop();
  }
}

async function foldTargetOf({ store, of }: RebuildTarget): Promise<FoldTarget> {
  const parked = await store.parked(Number.MAX_SAFE_INTEGER);
  return { of, parked: parked.map(({ stream }) => stream) };
}

/** What is folded at once, none of it beyond a checkpoint. */
function* stretchesOf(from: number, upTo: number, step: number, positions: number): Generator<Stretch, void> {
  for (let begun = from; begun < upTo; begun += step) {
    const to = Math.min(upTo, begun + step);
    for (let after = begun; after < to; after += positions)
      yield { after, upTo: Math.min(to, after + positions) };
  }
}
