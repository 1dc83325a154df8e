/*
 * What some events post, in numbers: made by whoever folds the events (perhaps in another thread), applied by the one
 * writer. The numbers are the folder's own; a chunk brings the keys of those it uses for the first time.
 */

/** Columns of a posted line. */
export const lineWidth = 9;
/** Columns of a thing posted into a roll-up or an index. */
export const thingWidth = 5;

export interface PostingsChunk {
  /**
   * One line after another, in position order: position, thing, slot, manner × 4 + flags, body + 1 and person + 1 (0 for
   * none), quantity, first day, last day.
   */
  readonly lines: Float64Array<ArrayBuffer>;
  /** Things that came into a sheet or left it, in position order: position, thing, sheet, flags, quantity. */
  readonly things: Float64Array<ArrayBuffer>;
  /** Keys that are new in this chunk, in the order of their numbers (from 0, on from the chunk before). */
  readonly sheets: readonly string[];
  readonly bodies: readonly string[];
  readonly persons: readonly string[];
  readonly manners: readonly string[];
  /** New slots: the sheet of each and the manner that is its role and party alone, two numbers a slot. */
  readonly slots: readonly number[];
}

/** Rows of numbers that grow. */
export class NumberRows {
  values = new Float64Array(1024);
  #used = 0;

  /** Room for one more row: where in `values` it begins. */
  room(width: number): number {
    const at = this.#used;
    this.#used += width;
    if (this.#used > this.values.length) {
      const grown = new Float64Array(this.values.length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    return at;
  }

  take(): Float64Array<ArrayBuffer> {
    const taken = this.values.slice(0, this.#used);
    this.#used = 0;
    return taken;
  }
}

/** Appends a thing that came into a sheet or left it. */
export function addThing(
  rows: NumberRows,
  position: number,
  thing: number,
  sheet: number,
  flags: number,
  quantity: number,
): void {
  const at = rows.room(thingWidth);
  const { values } = rows;
  values[at] = position;
  values[at + 1] = thing;
  values[at + 2] = sheet;
  values[at + 3] = flags;
  values[at + 4] = quantity;
}
