import { hashLength, type TreeHashing } from './hashing';
import { Prover } from './proofs';

/** Hashes of one level that are kept together; 256, as in C2SP tiled logs, so that a level above has an eighth of the bits. */
export const tileWidth = 256;
const levelsOfTile = 8;

/** A run of hashes of one level of a tree: of the leaves (0), of subtrees of 256 leaves (1), of 65,536 (2), … */
export interface Tile {
  readonly level: number;
  readonly number: number;
  /** Up to 256 hashes, one after another. */
  readonly hashes: Uint8Array;
}

/** Reads a tile that was kept. */
export type ReadTile = (level: number, number: number) => Uint8Array | undefined;

/** Tiles of a tree that are missing or shorter than the tree says. */
export class DamagedTreeError extends Error {
  readonly code = 'DAMAGED_TREE';
  constructor(level: number, number: number) {
    super(
      `The tree of the seals lacks hashes (tile ${number} of level ${level}). Restore its file from a backup, or remove it: it is made anew from the log.`,
    );
    this.name = 'DamagedTreeError';
  }
}

/**
 * A tree whose nodes are kept in tiles, so that any proof is made from a few reads. Only complete subtrees are kept;
 * the rest of a path is hashed when it is asked for.
 */
export class TiledTree {
  readonly #hashing: TreeHashing;
  readonly #read: ReadTile;
  /** The tile that is being filled, of each level. */
  readonly #open: { hashes: Uint8Array; count: number; number: number }[] = [];
  /** Tiles that were filled since they were last taken. */
  #filled: Tile[] = [];
  #size: number;

  /** @throws DamagedTreeError where tiles of the size are missing */
  constructor(hashing: TreeHashing, read: ReadTile, size: number) {
    this.#hashing = hashing;
    this.#read = read;
    this.#size = size;
    for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth))
      this.#reopen(level, count);
  }

  #reopen(level: number, count: number): void {
    const number = Math.floor(count / tileWidth);
    const held = count % tileWidth;
    const hashes = new Uint8Array(tileWidth * hashLength);
    const kept = held === 0 ? new Uint8Array() : this.#read(level, number);
    if (kept === undefined || kept.length < held * hashLength) throw new DamagedTreeError(level, number);
    hashes.set(kept.subarray(0, held * hashLength));
    this.#open[level] = { hashes, count: held, number };
  }

  /** Leaves in it. */
  get size(): number {
    return this.#size;
  }

  /** Adds the hash of a leaf. */
  add(leaf: Uint8Array): void {
    this.#put(0, leaf);
    this.#size += 1;
  }

  #put(level: number, hash: Uint8Array): void {
    const open = (this.#open[level] ??= {
      hashes: new Uint8Array(tileWidth * hashLength),
      count: 0,
      number: 0,
    });
    open.hashes.set(hash, open.count * hashLength);
    open.count += 1;
    if (open.count < tileWidth) return;
    this.#filled.push({ level, number: open.number, hashes: open.hashes });
    this.#open[level] = {
      hashes: new Uint8Array(tileWidth * hashLength),
      count: 0,
      number: open.number + 1,
    };
    this.#put(level + 1, this.#within(open.hashes, 0, tileWidth));
  }

  /** The root over a run of hashes of a tile whose length is a power of two. */
  #within(hashes: Uint8Array, from: number, length: number): Uint8Array {
    if (length === 1) return hashes.subarray(from * hashLength, (from + 1) * hashLength);
    const half = length / 2;
    return this.#hashing.node(this.#within(hashes, from, half), this.#within(hashes, from + half, half));
  }

  /** Everything to be kept that was not yet: tiles filled since, and those being filled. Whoever takes them keeps them. */
  take(): readonly Tile[] {
    const open = this.#open.flatMap(({ hashes, count, number }, level) =>
      count === 0 ? [] : [{ level, number, hashes: hashes.slice(0, count * hashLength) }],
    );
    const taken = [...this.#filled, ...open];
    this.#filled = [];
    return taken;
  }

  #tile(level: number, number: number): Uint8Array {
    const open = this.#open[level];
    if (open?.number === number) return open.hashes;
    const filled = this.#filled.find((tile) => tile.level === level && tile.number === number);
    const hashes = filled?.hashes ?? this.#read(level, number);
    if (hashes === undefined || hashes.length < tileWidth * hashLength)
      throw new DamagedTreeError(level, number);
    return hashes;
  }

  /** Hashes of leaves, from one on, up to the end of their tile or of the tree: as they were when they were added. */
  leafTile(number: number): Uint8Array {
    const open = this.#open[0];
    return open?.number === number ? open.hashes.slice(0, open.count * hashLength) : this.#tile(0, number);
  }

  /** Proofs about any of its states so far. @throws DamagedTreeError when asked for what is lost */
  prover(): Prover {
    return new Prover(this.#hashing, (level, index) => {
      const tileLevel = Math.floor(level / levelsOfTile);
      const run = 2 ** (level % levelsOfTile);
      const first = index * run;
      return this.#within(this.#tile(tileLevel, Math.floor(first / tileWidth)), first % tileWidth, run);
    });
  }
}
