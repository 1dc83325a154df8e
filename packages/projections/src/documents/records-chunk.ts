import { Numbered } from '../lines/numbered';
import { gone } from '../lines/posting-codec';
import { noMember, PostingRecords, type PostingsChunk } from '../lines/postings-chunk';

/** Turns changes of what records are found by into records of postings: the index lies in segments, as lines do. */
export class RecordsChunkMaker {
  readonly #keys = new Numbered();
  readonly #records = new PostingRecords();

  /** A record that was found by some keys and is now found by others. */
  add(position: number, ordinal: number, before: readonly string[], after: readonly string[]): void {
    for (const key of before) if (!after.includes(key)) this.#post(position, ordinal, key, gone);
    for (const key of after) if (!before.includes(key)) this.#post(position, ordinal, key, 0);
  }

  take(): PostingsChunk {
    return {
      records: this.#records.take(),
      sheets: this.#keys.take(),
      bodies: [],
      persons: [],
      manners: [],
      members: [],
    };
  }

  #post(position: number, ordinal: number, key: string, flags: number): void {
    this.#records.add(position, ordinal, this.#keys.number(key), noMember, flags, 0, 0, 0);
  }
}
