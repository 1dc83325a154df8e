import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseNote } from '@ledger/seal';
import type { KeptCheckpoint } from './store/seal-store';

const namePattern = /^checkpoint-\d{8}-\d{15}-[0-9a-f]{8}\.txt$/;

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
  constructor(
    readonly folder: string,
    /** The ledger they are of: one place may serve several. */
    readonly ledger: string,
  ) {}

  get #own(): string {
    return join(this.folder, this.ledger);
  }

  /** Copies those checkpoints that are not there. @throws where the place cannot be written */
  put(checkpoints: readonly KeptCheckpoint[]): void {
    mkdirSync(this.#own, { recursive: true });
    const there = new Set(this.#names());
    for (const checkpoint of checkpoints) {
      const name = nameOf(checkpoint);
      if (there.has(name)) continue;
      const file = join(this.#own, name);
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
