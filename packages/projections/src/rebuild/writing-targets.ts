import type { ReadStore, WriteTransaction } from '@ledger/read-store';
import { ChunkWriter } from '../runtime/chunk-writer';
import type { FoldedShare } from './folded-ahead';

/** A step of the only partition of a rebuild. */
interface Step {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/** Takes over a stretch: the chunks of each share, one for each store. */
type AddStretch = (shares: readonly FoldedShare[]) => Promise<void>;

interface Target {
  readonly store: ReadStore;
  readonly writer: ChunkWriter;
}

/** The writer of a store whose transaction has begun. */
interface Begun {
  readonly writer: ChunkWriter;
  readonly transaction: WriteTransaction;
}

/** Writes what is folded once into the stores that it is for. */
export class WritingTargets {
  readonly #targets: readonly Target[];

  /** `whole`: from the beginning everything fits into memory; gone on with, what is needed is read back. */
  constructor(targets: readonly { readonly store: ReadStore }[], whole: boolean) {
    this.#targets = targets.map(({ store }) => ({ store, writer: new ChunkWriter(store, 0, { whole }) }));
  }

  /**
   * Brings every store a step on, each in a transaction of its own: where one fails, those written before it stay ahead, and
   * the others come up to them when the rebuild is gone on with.
   */
  async advance(step: Step, work: (add: AddStretch) => Promise<void>): Promise<void> {
    await this.#within(step, [], work);
    for (const { writer } of this.#targets) writer.trim();
  }

  async #within(
    step: Step,
    begun: readonly Begun[],
    work: (add: AddStretch) => Promise<void>,
  ): Promise<void> {
    const next = this.#targets[begun.length];
    if (next !== undefined)
      return next.store.advance(step, async (transaction) =>
        this.#within(step, [...begun, { writer: next.writer, transaction }], work),
      );
    await work(async (shares) => {
      for (const [at, { writer, transaction }] of begun.entries())
        await writer.add(
          transaction,
          shares.flatMap((chunks) => chunks.slice(at, at + 1)),
        );
    });
    for (const { writer, transaction } of begun) await writer.flush(transaction);
  }
}
