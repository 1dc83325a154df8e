import { nextTurn } from '../lines/next-turn';
import type { FoldedChunk } from '../runtime/event-fold';

/** The events after a position, up to another. */
export interface Stretch {
  readonly after: number;
  readonly upTo: number;
}

/** What one share of the streams made: a chunk for each store. */
export type FoldedShare = readonly FoldedChunk[];

/** Folds the events of a share of the streams, perhaps in another thread. */
export interface FoldHelper {
  /** The events of a stretch. Stretches follow one another; several may be asked for at once. */
  fold(stretch: Stretch): Promise<FoldedShare>;
}

export interface FoldedAheadParts {
  readonly stretches: Iterator<Stretch, void>;
  /** Folds the share of this thread, one stretch after another. */
  readonly here: (stretch: Stretch) => Promise<FoldedShare>;
  /** Folds another share. */
  readonly elsewhere: FoldHelper | undefined;
  /** How many stretches may wait, folded: what memory they take. */
  readonly ahead: number;
}

/** A stretch that is being folded, share by share. */
interface Folding {
  readonly stretch: Stretch;
  readonly shares: readonly Promise<FoldedShare>[];
}

/**
 * Folds stretch after stretch, some of them ahead of what is written: where the store is another process, this one goes on
 * while it waits for it.
 */
export class FoldedAhead {
  readonly #waiting: Folding[] = [];
  /** The last stretch that was begun here. */
  #turn: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(readonly parts: FoldedAheadParts) {}

  /** The next stretch with what was made of it; undefined when there is none. @throws what folding it threw */
  async next(): Promise<(Stretch & { readonly shares: readonly FoldedShare[] }) | undefined> {
    this.#ask();
    const first = this.#waiting.shift();
    return first && { ...first.stretch, shares: await Promise.all(first.shares) };
  }

  #ask(): void {
    const { stretches, here, elsewhere, ahead } = this.parts;
    while (this.#waiting.length < ahead) {
      const { value: stretch } = stretches.next();
      if (stretch === undefined) return;
      const own = this.#turn.then(async () => {
        // Between stretches whatever else this thread does has its turn.
        await nextTurn();
        if (this.#stopped) throw new Error('Folding was stopped');
        return here(stretch);
      });
      const shares = elsewhere === undefined ? [own] : [own, elsewhere.fold(stretch)];
      // An error is the business of whoever takes the stretch.
      for (const share of shares) share.catch(() => undefined);
      this.#turn = own.catch(() => undefined);
      this.#waiting.push({ stretch, shares });
    }
  }

  /** Resolves when nothing is being folded here any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#turn;
  }
}
