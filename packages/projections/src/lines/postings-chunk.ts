/*
 * What some events post, in numbers: made by whoever folds the events (perhaps in another thread), applied by the one
 * writer. The numbers are the folder's own; a chunk brings the keys of those it uses for the first time.
 */

/** Columns of a record, one record for each posting. */
export const recordWidth = 8;
/** The member of a record that posts a thing into a roll-up. */
export const noMember = -1;

export interface PostingsChunk {
  /** position, thing, sheet, member, flags, quantity, first day, last day: a record after another. */
  readonly records: Float64Array<ArrayBuffer>;
  /** Keys that are new in this chunk, in the order of their numbers (from 0, on from the chunk before). */
  readonly sheets: readonly string[];
  readonly bodies: readonly string[];
  readonly persons: readonly string[];
  readonly manners: readonly string[];
  /** New members: body, person (−1 for none) and manner, three numbers for each. */
  readonly members: readonly number[];
}

/** Records that grow. */
export class PostingRecords {
  #records = new Float64Array(recordWidth * 1024);
  #used = 0;

  add(
    position: number,
    thing: number,
    sheet: number,
    member: number,
    flags: number,
    quantity: number,
    fromDay: number,
    toDay: number,
  ): void {
    let at = this.#used;
    if (at + recordWidth > this.#records.length) {
      const grown = new Float64Array(this.#records.length * 2);
      grown.set(this.#records);
      this.#records = grown;
    }
    const records = this.#records;
    records[at++] = position;
    records[at++] = thing;
    records[at++] = sheet;
    records[at++] = member;
    records[at++] = flags;
    records[at++] = quantity;
    records[at++] = fromDay;
    records[at++] = toDay;
    this.#used = at;
  }

  take(): Float64Array<ArrayBuffer> {
    const records = this.#records.slice(0, this.#used);
    this.#used = 0;
    return records;
  }
}
