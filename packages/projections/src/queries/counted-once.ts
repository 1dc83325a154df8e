import type { Counted } from '@ledger/domain';

/** How many figures of one position are kept. */
const keptFigures = 2000;

/** Figures counted as recorded by one position: asked again, at the same position, they are the same. */
export class CountedOnce {
  readonly #counted = new Map<string, Promise<Counted | undefined>>();

  async once(key: string, count: () => Promise<Counted | undefined>): Promise<Counted | undefined> {
    let counted = this.#counted.get(key);
    if (counted === undefined) {
      if (this.#counted.size >= keptFigures) this.#counted.clear();
      counted = count();
      this.#counted.set(key, counted);
      // What could not be counted is tried again by the next who asks.
      counted.catch(() => this.#counted.delete(key));
    }
    return counted;
  }
}
