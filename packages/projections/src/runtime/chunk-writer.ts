import type { ReadStore, WriteTransaction } from '@ledger/read-store';
import { LineWriter } from '../lines/line-writer';
import type { FoldedChunk } from './event-fold';

/** Writes what was folded into a store: the only writer of its partition. */
export class ChunkWriter {
  readonly #figures: LineWriter;
  readonly #records: LineWriter;

  /** `whole`: nothing is in the store yet, and everything is to be kept in memory, which makes a rebuild faster. */
  constructor(
    readonly store: ReadStore,
    readonly partition: number,
    bulk: { readonly whole: boolean } = { whole: false },
  ) {
    this.#figures = new LineWriter(store, partition, bulk);
    this.#records = new LineWriter(store, partition, bulk);
  }

  /** Takes over chunks of the same stretch of the log, one of each maker. */
  async add(transaction: WriteTransaction, chunks: readonly FoldedChunk[]): Promise<void> {
    await this.#figures.add(
      transaction,
      chunks.map(({ figures }) => figures),
    );
    await this.#records.add(
      transaction,
      chunks.map(({ records }) => records),
    );
    for (const { facts, parked } of chunks) {
      await transaction.putFacts(facts);
      await transaction.park(parked.map((event) => ({ ...event, partition: this.partition })));
    }
  }

  /** To be called once, at the end of the transaction. */
  async flush(transaction: WriteTransaction): Promise<void> {
    await this.#figures.flush(transaction);
    await this.#records.flush(transaction);
  }

  /** Lets go of what has not been used for longest. To be called between transactions. */
  trim(): void {
    this.#figures.trim();
    this.#records.trim();
  }

  /** After a failed transaction: the store is the truth. */
  reset(): void {
    this.#figures.reset();
    this.#records.reset();
  }
}
