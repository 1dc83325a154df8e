import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseNote } from '@ledger/seal';
import type { KeptCheckpoint, SealStore } from './store/seal-store';

const namePattern = /^checkpoint-\d{8}-\d{15}-[0-9a-f]{8}\.txt$/;

/** Checkpoints that are read in one go. */
const atOnce = 500;

/** Names sort in the order in which the checkpoints were made; the key tells those of a restored ledger from lost ones. */
function nameOf({ number, size, note }: KeptCheckpoint): string {
  const [id = ''] = parseNote(note).signatures.map((signature) => signature.id);
  return `checkpoint-${String(number).padStart(8, '0')}-${String(size).padStart(15, '0')}-${id}.txt`;
}

/** A checkpoint that lies outside the ledger. */
export interface HeldCopy {
  readonly file: string;
  readonly note: string;
}

/**
 * The place outside the data folder to which checkpoints are copied, as files that anything can carry further. A file
 * that is there is never written over: what it says is what a rewritten ledger is held against.
 */
export class CheckpointCopies {
  /** The last checkpoint that was seen there. */
  #last: KeptCheckpoint | undefined;

  constructor(
    readonly folder: string,
    /** The ledger they are of: one place may serve several. */
    readonly ledger: string,
  ) {}

  get #own(): string {
    return join(this.folder, this.ledger);
  }

  /**
   * Copies those checkpoints of a store that are not there: from the last on that is known to be there. Where that is gone,
   * somebody has emptied the place or put another in its stead, and all are looked at; so they are once after each start.
   * @throws where the place cannot be written
   */
  putNew(store: Pick<SealStore, 'after'>): void {
    mkdirSync(this.#own, { recursive: true });
    const last = this.#last;
    let after = last !== undefined && existsSync(join(this.#own, nameOf(last))) ? last.number : 0;
    for (;;) {
      const page = store.after(after, atOnce);
      const end = page.at(-1);
      if (end === undefined) break;
      this.#put(page);
      after = end.number;
      this.#last = end;
    }
  }

  #put(checkpoints: readonly KeptCheckpoint[]): void {
    for (const checkpoint of checkpoints) {
      const file = join(this.#own, nameOf(checkpoint));
      if (existsSync(file)) continue;
      writeFileSync(`${file}.new`, checkpoint.note, { flush: true });
      renameSync(`${file}.new`, file);
    }
  }

  /** The newest copies, newest first: at most so many, of one key where it is named. */
  newest(limit: number, key?: string): readonly HeldCopy[] {
    return this.#names()
      .filter((name) => key === undefined || name.endsWith(`-${key}.txt`))
      .sort()
      .reverse()
      .slice(0, limit)
      .map((name) => ({ file: name, note: readFileSync(join(this.#own, name), 'utf8') }));
  }

  #names(): string[] {
    return existsSync(this.#own) ? readdirSync(this.#own).filter((name) => namePattern.test(name)) : [];
  }
}
