import type { RecordedEvent } from '@ledger/event-log';
import type { ReadEvent } from './decoded-event';
import { EventFold, type FoldedChunk } from './event-fold';
import { projections } from './projection';
import { isThingStream } from './recorded-thing';
import type { StreamHistory } from './stream-history';

/** An event of a step of a partition; with a reason where it is to be parked, not folded. */
export interface StepEvent {
  readonly event: RecordedEvent;
  readonly parked?: string;
}

/** Earlier events, of many streams at once. The events of a step are among them while it is folded. */
export interface StepHistory extends StreamHistory {
  /** Reads the events of streams that will be asked for. */
  fetch(streams: readonly string[]): Promise<void>;
}

/** Folds a partition for all projections, step after step: here or elsewhere. */
export interface PartitionFolding {
  /**
   * Folds the events of the next step, which are in position order.
   * @throws whatever the history throws: after that the folding is of no use any more
   */
  fold(step: readonly StepEvent[]): Promise<readonly FoldedChunk[]>;
  /** No further step comes. */
  end(): void;
}

/** Begins to fold a partition. `parked`: streams of which an event is parked in the store already. */
export type BeginFolding = (history: StepHistory, parked: readonly string[]) => PartitionFolding;

/**
 * How many things of late a partition keeps from one step to the next: those that its next events are likely to be of. A
 * process has several partitions, and whatever it keeps it looks through again and again to find what it need not keep: six
 * partitions of 10,000 things each took a quarter longer for an event.
 */
const keptThings = 1500;

/** Folds a partition in this thread. */
export class PartitionFold implements PartitionFolding {
  readonly #history: StepHistory;
  readonly #fold: EventFold;

  /** @param read only tests read events in another way than this release */
  constructor(history: StepHistory, parked: readonly string[], read?: ReadEvent) {
    this.#history = history;
    this.#fold = new EventFold(history, [{ of: projections, parked }], { read, keptThings });
  }

  async fold(step: readonly StepEvent[]): Promise<readonly FoldedChunk[]> {
    await this.#history.fetch(this.#toFetch(step));
    for (const { event, parked } of step) {
      if (parked !== undefined) {
        this.#fold.park(event, parked);
        continue;
      }
      // Nearly every event is folded at once: nothing is waited for then.
      const pending = this.#fold.add(event);
      if (pending !== undefined) await pending;
    }
    return this.#fold.take();
  }

  end(): void {
    // Whatever it remembers goes with it.
  }

  /** The streams that the fold will ask for because it does not remember them. */
  #toFetch(step: readonly StepEvent[]): readonly string[] {
    const first = new Map<string, RecordedEvent>();
    for (const { event } of step) if (!first.has(event.stream)) first.set(event.stream, event);
    return [...first.values()]
      .filter(
        ({ stream, revision }) =>
          revision > 0n && isThingStream(stream) && !this.#fold.remembers(stream, revision),
      )
      .map(({ stream }) => stream);
  }
}
