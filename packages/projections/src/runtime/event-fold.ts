import type { RecordedEvent, ScannedEvent } from '@ledger/event-log';
import type { FactRow } from '@ledger/read-store';
import type { PostingsChunk } from '../lines/postings-chunk';
import { chunkMakersOf, makersFor, type ChunkMakers } from './chunk-makers';
import type { ReadEvent } from './decoded-event';
import type { Projection } from './projection';
import { StreamFold, type EventToFold, type Unfolded } from './stream-fold';
import type { StreamHistory } from './stream-history';

/** What some events make for one store, in a form that another thread can be handed. */
export interface FoldedChunk {
  readonly figures: PostingsChunk;
  readonly records: PostingsChunk;
  readonly facts: readonly FactRow[];
  readonly parked: readonly Unfolded[];
}

/** A store that events are folded for. */
export interface FoldTarget {
  /** The projections that it holds. */
  readonly of: readonly Projection[];
  /** Streams of which an event is parked in it already. */
  readonly parked: readonly string[];
}

export interface EventFoldOptions {
  /** Only tests read events in another way than this release. */
  readonly read?: ReadEvent | undefined;
  /** How many things are remembered; as many as there are unless said. */
  readonly keptThings?: number | undefined;
}

/**
 * Folds events, which come in position order, for one store or for several: each event is read and folded once, whatever
 * number of stores it is for. What cannot be folded is parked with its stream, in each store by itself: what is wrong
 * with a line is nothing to a store that holds no lines.
 */
export class EventFold {
  readonly #targets: readonly FoldTarget[];
  readonly #makers: ChunkMakers;
  /** Folds what can be folded for all stores. */
  readonly #all: StreamFold;
  /** Where there are several stores, folds for one of each what cannot be folded for all. */
  readonly #each: readonly StreamFold[];

  /** @param targets no projection is in two of them */
  constructor(history: StreamHistory, targets: readonly FoldTarget[], options: EventFoldOptions = {}) {
    const of = targets.flatMap((target) => target.of);
    this.#targets = targets;
    this.#makers = chunkMakersOf(of);
    const foldOf = (
      { of: some, parked }: FoldTarget,
      instead?: (event: EventToFold) => Promise<void>,
    ): StreamFold =>
      new StreamFold({
        history,
        makers: makersFor(this.#makers, some),
        unfoldable: parked,
        ...options,
        instead,
      });
    const several = targets.length > 1;
    this.#each = several ? targets.map((target) => foldOf(target)) : [];
    const together = { of, parked: targets.flatMap(({ parked }) => parked) };
    this.#all = foldOf(together, several ? async (event) => this.#addToEach(event) : undefined);
  }

  /**
   * Folds the next event: at once where its stream is remembered; otherwise the promise of it, which rejects with whatever
   * the history throws. After that the fold is of no use any more: events of its chunk are folded already.
   */
  add(recorded: RecordedEvent): Promise<void> | undefined {
    return this.#all.add(recorded);
  }

  /**
   * The same with an event that was scanned. `last`: the log has no further event of its stream, so that nothing need be
   * remembered of it. `nameOf`: the name of a stream by its number.
   */
  addScanned(
    scanned: ScannedEvent,
    last: boolean,
    nameOf: (stream: number) => string,
  ): Promise<void> | undefined {
    return this.#all.addScanned(scanned, last, nameOf);
  }

  async #addToEach(event: EventToFold): Promise<void> {
    for (const one of this.#each) await one.add(event);
  }

  /** Whether the thing before an event is remembered, so that its history will not be asked for. */
  remembers(stream: string, revision: bigint): boolean {
    return this.#all.remembers(stream, revision);
  }

  /** Parks an event that is not to be folded, with its stream. Of a fold for one store. */
  park(event: Pick<RecordedEvent, 'position' | 'stream'>, reason: string): void {
    this.#all.park(event, reason);
  }

  /** What was made since the last call: a chunk for each store, in their order. */
  take(): readonly FoldedChunk[] {
    const figures = this.#makers.figures?.take();
    const records = this.#makers.records?.take();
    const all = this.#all.take();
    return this.#targets.map(({ of }, at) => {
      const holdsFacts = of.includes('documents');
      const own = this.#each[at]?.take();
      return {
        figures: (of.includes('figures') ? figures : undefined) ?? nothing(),
        records: (holdsFacts ? records : undefined) ?? nothing(),
        facts: holdsFacts ? [...all.facts, ...(own?.facts ?? [])] : [],
        parked: own?.parked ?? all.parked,
      };
    });
  }
}

/** New each time: what is handed to another thread is gone from this one, and cannot be handed over again. */
function nothing(): PostingsChunk {
  return {
    lines: new Float64Array(0),
    things: new Float64Array(0),
    sheets: [],
    bodies: [],
    persons: [],
    manners: [],
    slots: [],
  };
}
