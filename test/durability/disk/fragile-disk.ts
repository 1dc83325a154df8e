import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../../histories/random';
import type { Step } from './trace';

const sector = 512;

type Change = Extract<Step, { readonly what: 'written' | 'cut' }>;

/** The bytes of a file, which grow as they are written. */
class Content {
  #bytes: Buffer;
  #size: number;

  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.#bytes = Buffer.from(bytes);
    this.#size = bytes.length;
  }

  apply(change: Change): void {
    if (change.what === 'cut') {
      this.#grow(change.size);
      // What lies beyond the end is zero if the file grows again.
      this.#bytes.fill(0, change.size);
      this.#size = change.size;
      return;
    }
    this.#grow(change.offset + change.bytes.length);
    change.bytes.copy(this.#bytes, change.offset);
  }

  #grow(size: number): void {
    if (size > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(size, this.#bytes.length * 2));
      this.#bytes.copy(larger);
      this.#bytes = larger;
    }
    this.#size = Math.max(this.#size, size);
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }
}

/** What of one file is surely on the disk, and what is only on its way there. */
class FragileFile {
  /** What every process reads, from the system's memory. */
  readonly seen = new Content();
  readonly #safe = new Content();
  #underway: Change[] = [];

  get isSafe(): boolean {
    return this.#underway.length === 0;
  }

  change(change: Change): void {
    this.seen.apply(change);
    this.#underway.push(change);
  }

  /**
   * Everything underway is on the disk; or, where synchronising failed, none of it is and none will be: the system
   * takes what it could not write for written, so that a later success says nothing of it.
   */
  synchronise(failed: boolean): void {
    if (!failed) for (const change of this.#underway) this.#safe.apply(change);
    this.#underway = [];
  }

  /** What may be found after a power cut: of what was underway some, in whatever parts. */
  found(random: Random): Buffer {
    const found = new Content(this.#safe.bytes);
    for (const change of this.#underway) {
      const luck = random.below(3);
      if (luck > 0) found.apply(luck === 1 ? change : torn(change, random));
    }
    return found.bytes;
  }
}

/** Whole sectors reach a disk, but perhaps not all of them. */
function torn(change: Change, random: Random): Change {
  if (change.what === 'cut') return change;
  const sectors = Math.ceil(change.bytes.length / sector);
  return { ...change, bytes: change.bytes.subarray(0, sector * random.below(sectors + 1)) };
}

/** A disk on which only what was synchronised is safe: what happened is played back on it, then the power is cut. */
export class FragileDisk {
  readonly #files = new Map<string, FragileFile>();

  /** A disk on which the databases of a folder are safe. */
  static holding(folder: string): FragileDisk {
    const disk = new FragileDisk();
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (entry.endsWith('.db')) {
        const file = disk.#file(entry);
        file.change({ what: 'written', file: entry, offset: 0, bytes: readFileSync(join(folder, entry)) });
        file.synchronise(false);
      }
    return disk;
  }

  play(step: Step): void {
    switch (step.what) {
      case 'written':
      case 'cut':
        this.#file(step.file).change(step);
        return;
      case 'synchronised':
        this.#file(step.file).synchronise(step.failed);
        return;
      case 'removed':
        this.#files.delete(step.file);
        return;
      case 'answered':
    }
  }

  #file(name: string): FragileFile {
    const known = this.#files.get(name) ?? new FragileFile();
    this.#files.set(name, known);
    return known;
  }

  /** Whether everything that was written to a file is on the disk. */
  isSafe(name: string): boolean {
    return this.#files.get(name)?.isSafe ?? true;
  }

  /** Writes into a folder what may be found after a power cut. */
  cutPower(folder: string, random: Random): void {
    this.#leave(folder, (file) => file.found(random));
  }

  /** Writes into a folder what a killed process leaves: everything that it wrote. */
  killProcess(folder: string): void {
    this.#leave(folder, ({ seen }) => seen.bytes);
  }

  #leave(folder: string, contentOf: (file: FragileFile) => Buffer): void {
    for (const [name, file] of this.#files) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contentOf(file));
    }
  }
}
