import type { LogShare, SqliteLogReader } from '@ledger/event-log';
import type { EventFold } from '@ledger/projections';

/** How many positions are read at once: what waits to be folded is little, so that little is moved when memory is tidied. */
const positionsAtOnce = 128;

/** Folds the events of a share of the streams, stretch by stretch. */
export class ShareFolder {
  /** Where each stream ends: what has no further event is not remembered. */
  readonly #lastRevisions: Uint32Array;

  constructor(
    readonly log: SqliteLogReader,
    readonly share: LogShare,
  ) {
    this.#lastRevisions = log.lastRevisions();
  }

  /** Folds the events after a position, up to another. */
  async fold(fold: EventFold, after: number, upTo: number): Promise<void> {
    const nameOf = (stream: number): string => this.log.streamName(stream);
    for (let from = after; from < upTo; from += positionsAtOnce)
      for (const scanned of this.log.scan(from, Math.min(upTo, from + positionsAtOnce), this.share)) {
        // A stream that has begun since is not in the list, and may go on.
        const last = (this.#lastRevisions[scanned.stream] ?? Infinity) <= scanned.revision;
        const pending = fold.addScanned(scanned, last, nameOf);
        if (pending !== undefined) await pending;
      }
  }
}
