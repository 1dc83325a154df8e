import { sameBytes } from '../bytes';
import type { TreeHashing } from './hashing';

/** The hash of a complete subtree: of 2^level leaves, the index-th of its sort from the left. */
export type NodeAt = (level: number, index: number) => Uint8Array;

/** A question about a tree that it cannot have an answer to. */
export class NoProofError extends Error {
  readonly code = 'NO_PROOF';
  constructor(message: string) {
    super(message);
    this.name = 'NoProofError';
  }
}

/** The greatest power of two below a number of leaves, which is 2 or more. */
function splitOf(leaves: number): number {
  let power = 1;
  while (power * 2 < leaves) power *= 2;
  return power;
}

function isPowerOfTwo(number: number): boolean {
  return number === 1 || splitOf(number) * 2 === number;
}

/** What makes proofs from the stored nodes of a tree (RFC 6962, section 2.1). */
export class Prover {
  constructor(
    readonly hashing: TreeHashing,
    readonly nodeAt: NodeAt,
  ) {}

  /** The root of the first leaves. */
  root(size: number): Uint8Array {
    return size === 0 ? this.hashing.empty() : this.#range(0, size);
  }

  /** The hash over the leaves from one up to, and without, another. */
  #range(from: number, to: number): Uint8Array {
    const leaves = to - from;
    if (isPowerOfTwo(leaves) && from % leaves === 0) return this.nodeAt(Math.log2(leaves), from / leaves);
    const split = splitOf(leaves);
    return this.hashing.node(this.#range(from, from + split), this.#range(from + split, to));
  }

  /** The hashes that lead from a leaf to the root of the first `size` leaves, the leaf's sibling first. @throws NoProofError */
  inclusion(index: number, size: number): Uint8Array[] {
    if (index < 0 || index >= size)
      throw new NoProofError(`Leaf ${index} is not among the first ${size}; nothing proves that it is.`);
    const path: Uint8Array[] = [];
    for (let from = 0, to = size; to - from > 1;) {
      const middle = from + splitOf(to - from);
      if (index < middle) {
        path.push(this.#range(middle, to));
        to = middle;
      } else {
        path.push(this.#range(from, middle));
        from = middle;
      }
    }
    return path.reverse();
  }

  /** The hashes that show that the tree of the first `earlier` leaves is the beginning of a later one. @throws NoProofError */
  consistency(earlier: number, size: number): Uint8Array[] {
    if (earlier < 0 || earlier > size)
      throw new NoProofError(`A tree of ${earlier} leaves is no beginning of one of ${size}.`);
    if (earlier === 0 || earlier === size) return [];
    const path: Uint8Array[] = [];
    let from = 0;
    let to = size;
    // Down to the subtree in which the earlier tree ends; `to` reaches its end exactly where it is complete.
    while (to !== earlier) {
      const middle = from + splitOf(to - from);
      if (earlier <= middle) {
        path.push(this.#range(middle, to));
        to = middle;
      } else {
        path.push(this.#range(from, middle));
        from = middle;
      }
    }
    // The verifier holds the earlier root already where that is the subtree itself.
    if (from > 0) path.push(this.#range(from, to));
    return path.reverse();
  }
}

/** The root that a proof of inclusion leads to, or undefined where it has not the shape of one (RFC 9162, section 2.1.3.2). */
export function rootOfInclusion(
  hashing: TreeHashing,
  leaf: Uint8Array,
  {
    index,
    size,
    path,
  }: { readonly index: number; readonly size: number; readonly path: readonly Uint8Array[] },
): Uint8Array | undefined {
  if (index < 0 || index >= size) return undefined;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = hashing.node(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = hashing.node(hash, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}

/** Two states of a tree, of which one is said to be the beginning of the other. */
export interface TwoHeads {
  readonly earlier: { readonly size: number; readonly root: Uint8Array };
  readonly later: { readonly size: number; readonly root: Uint8Array };
}

/** Whether a proof shows that the earlier tree is the beginning of the later (RFC 9162, section 2.1.4.2). */
export function isConsistent(
  hashing: TreeHashing,
  { earlier, later }: TwoHeads,
  path: readonly Uint8Array[],
): boolean {
  if (earlier.size === 0) return path.length === 0;
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return path.length === 0 && sameBytes(earlier.root, later.root);
  const [first, ...rest] = isPowerOfTwo(earlier.size) ? [earlier.root, ...path] : path;
  if (first === undefined) return false;
  let [at, last] = [earlier.size - 1, later.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [one, other] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [one, other] = [hashing.node(hash, one), hashing.node(hash, other)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else other = hashing.node(other, hash);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(one, earlier.root) && sameBytes(other, later.root);
}
