import { gone } from '../lines/posting-codec';
import { addThing, NumberRows, type PostingsChunk } from '../lines/postings-chunk';
import { RecordKeys } from './record-keys';

/** Turns changes of what records are found by into postings of things: the index lies in segments, as lines do. */
export class RecordsChunkMaker {
  readonly keys = new RecordKeys();
  readonly #things = new NumberRows();

  /** A record that was found by some keys and is now found by others, by their numbers. */
  add(position: number, ordinal: number, before: readonly number[], after: readonly number[]): void {
    if (before === after) return;
    for (const key of before) if (!after.includes(key)) this.#post(position, ordinal, key, gone);
    for (const key of after) if (!before.includes(key)) this.#post(position, ordinal, key, 0);
  }

  take(): PostingsChunk {
    return {
      lines: new Float64Array(0),
      things: this.#things.take(),
      sheets: this.keys.take(),
      bodies: [],
      persons: [],
      manners: [],
      slots: [],
    };
  }

  #post(position: number, ordinal: number, key: number, flags: number): void {
    addThing(this.#things, position, ordinal, key, flags, 0);
  }
}
