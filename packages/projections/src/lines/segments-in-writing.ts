import type { ReadStore, WriteTransaction } from '@ledger/read-store';
import { OpenSegment } from './open-segment';

/** How many open segments are kept between transactions; others are read back when they are written to. */
const keptSegments = 8_000;

/** The last segment of each sheet that is written to. */
export class SegmentsInWriting {
  /** By the number of the sheet. */
  readonly #open: (OpenSegment | undefined)[] = [];
  #opened = 0;
  #touched: OpenSegment[] = [];
  /** True while memory holds everything that was ever written: then nothing is looked up in the store. */
  #whole: boolean;

  constructor(
    readonly store: Pick<ReadStore, 'lastSegments'>,
    readonly partition: number,
    whole: boolean,
  ) {
    this.#whole = whole;
  }

  /** Whether the last segment of a sheet is in memory, if it has one. */
  has(sheet: number): boolean {
    return this.#whole || this.#open[sheet] !== undefined;
  }

  /** Reads the last segments of sheets: all at once, as each time that a store is asked may be a way over the network. */
  async read(sheets: Iterable<number>): Promise<void> {
    for (const stored of await this.store.lastSegments(this.partition, [...sheets]))
      this.#put(stored.sheet, OpenSegment.of(stored));
  }

  /** The segment of a sheet that takes what is posted at a position; it is prepared. */
  of(sheet: number, position: number): OpenSegment {
    let segment = this.#open[sheet];
    if (segment === undefined || !segment.takes(position)) {
      segment =
        segment === undefined
          ? new OpenSegment(this.partition, sheet, position, 0, 0)
          : new OpenSegment(this.partition, sheet, position, segment.lines, segment.quantity);
      this.#put(sheet, segment);
    }
    if (!segment.touched) {
      segment.touched = true;
      this.#touched.push(segment);
    }
    return segment;
  }

  /** Writes the segments that were added to. */
  async flush(transaction: WriteTransaction): Promise<void> {
    await transaction.putSegments(this.#touched.map((segment) => segment.toSegment()));
    for (const segment of this.#touched) segment.touched = false;
    this.#touched = [];
  }

  #put(sheet: number, segment: OpenSegment): void {
    if (this.#open[sheet] === undefined) this.#opened += 1;
    this.#open[sheet] = segment;
  }

  /** Lets go of all where they have become many: those that are written to are read back. */
  trim(): void {
    if (this.#whole || this.#opened <= keptSegments) return;
    this.#open.length = 0;
    this.#opened = 0;
  }

  /** Forgets everything: the store is the truth. */
  reset(): void {
    this.#open.length = 0;
    this.#opened = 0;
    this.#touched = [];
    this.#whole = false;
  }
}
