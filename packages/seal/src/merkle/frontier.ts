import type { TreeHashing } from './hashing';

/**
 * A tree that only grows and only knows its root: the roots of its complete subtrees, largest first. Its memory grows
 * with the logarithm of its leaves.
 */
export class Frontier {
  readonly #hashing: TreeHashing;
  #size = 0;
  /** One for each bit set in the size. */
  #roots: Uint8Array[] = [];

  constructor(hashing: TreeHashing) {
    this.#hashing = hashing;
  }

  /** Leaves in it. */
  get size(): number {
    return this.#size;
  }

  /** Adds the hash of a leaf. */
  add(leaf: Uint8Array): void {
    let hash = leaf;
    // Where the size was odd, its last subtree is a sibling; and so on for every bit that is carried.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#roots.pop();
      if (left === undefined) throw new RangeError('A frontier has a root for each bit of its size');
      hash = this.#hashing.node(left, hash);
    }
    this.#roots.push(hash);
    this.#size += 1;
  }

  /** The root of everything added so far. */
  root(): Uint8Array {
    const [last, ...larger] = [...this.#roots].reverse();
    if (last === undefined) return this.#hashing.empty();
    return larger.reduce((right, left) => this.#hashing.node(left, right), last);
  }

  /** Another that goes its own way from here. */
  copy(): Frontier {
    const other = new Frontier(this.#hashing);
    other.#size = this.#size;
    other.#roots = [...this.#roots];
    return other;
  }
}
