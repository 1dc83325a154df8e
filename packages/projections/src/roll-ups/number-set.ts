/**
 * A set of whole numbers from nought on: a bit for each between its least and its greatest, so that putting sets
 * together is quick, and a set of things that were recorded in one year takes no room for those before.
 */
export class NumberSet {
  /** Which word of 32 numbers is the first that is kept. */
  #first = 0;
  #bits = none;
  #size = 0;

  /** What is in any of some sets; the set itself where only one has any number. */
  static union(sets: readonly NumberSet[]): NumberSet {
    const inhabited = sets.filter(({ size }) => size > 0);
    const [only] = inhabited;
    if (only === undefined || inhabited.length === 1) return only ?? new NumberSet();
    let [first, end] = [Infinity, 0];
    for (const set of inhabited) {
      first = Math.min(first, set.#first);
      end = Math.max(end, set.#first + set.#bits.length);
    }
    const union = new NumberSet();
    union.#first = first;
    const bits = (union.#bits = new Uint32Array(end - first));
    for (const set of inhabited) {
      const shift = set.#first - first;
      for (let at = 0; at < set.#bits.length; at++)
        bits[at + shift] = (bits[at + shift] ?? 0) | (set.#bits[at] ?? 0);
    }
    for (const word of bits) union.#size += ones(word);
    return union;
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes it takes. */
  get bytes(): number {
    return this.#bits.byteLength;
  }

  copy(): NumberSet {
    const copy = new NumberSet();
    copy.#first = this.#first;
    copy.#bits = this.#bits.slice();
    copy.#size = this.#size;
    return copy;
  }

  has(number: number): boolean {
    const word = this.#bits[Math.floor(number / 32) - this.#first];
    return word !== undefined && (word & (1 << (number % 32))) !== 0;
  }

  /** True where it was not there before. */
  add(number: number): boolean {
    const word = Math.floor(number / 32);
    if (word < this.#first || word >= this.#first + this.#bits.length) this.#reach(word, word + 1);
    const at = word - this.#first;
    const known = this.#bits[at] ?? 0;
    const bit = 1 << (number % 32);
    if ((known & bit) !== 0) return false;
    this.#bits[at] = known | bit;
    this.#size += 1;
    return true;
  }

  delete(number: number): void {
    const at = Math.floor(number / 32) - this.#first;
    const word = this.#bits[at];
    const bit = 1 << (number % 32);
    if (word === undefined || (word & bit) === 0) return;
    this.#bits[at] = word & ~bit;
    this.#size -= 1;
  }

  addAll(other: NumberSet): void {
    if (other.#size === 0) return;
    const end = other.#first + other.#bits.length;
    if (other.#first < this.#first || end > this.#first + this.#bits.length) this.#reach(other.#first, end);
    const shift = other.#first - this.#first;
    for (let at = 0; at < other.#bits.length; at++) {
      const word = this.#bits[at + shift] ?? 0;
      const both = word | (other.#bits[at] ?? 0);
      if (both === word) continue;
      this.#bits[at + shift] = both;
      this.#size += ones(both) - ones(word);
    }
  }

  /** Only what is in the other set as well. */
  within(other: NumberSet): NumberSet {
    if (this.#size === 0) return this;
    const both = this.copy();
    both.#size = 0;
    const shift = this.#first - other.#first;
    for (let at = 0; at < both.#bits.length; at++) {
      const word = (both.#bits[at] ?? 0) & (other.#bits[at + shift] ?? 0);
      both.#bits[at] = word;
      both.#size += ones(word);
    }
    return both;
  }

  /** Up to some of the numbers below one, the greatest first. */
  below(bound: number, limit: number): number[] {
    const found: number[] = [];
    const last = Math.min(this.#bits.length - 1, Math.floor((bound - 1) / 32) - this.#first);
    for (let at = last; at >= 0 && found.length < limit; at--)
      for (let word = this.#bits[at] ?? 0; word !== 0 && found.length < limit;) {
        const bit = 31 - Math.clz32(word);
        word &= ~(1 << bit);
        const number = (at + this.#first) * 32 + bit;
        if (number < bound) found.push(number);
      }
    return found;
  }

  forEach(tell: (number: number) => void): void {
    for (let at = 0; at < this.#bits.length; at++)
      for (let word = this.#bits[at] ?? 0; word !== 0;) {
        const lowest = word & -word;
        tell((at + this.#first) * 32 + 31 - Math.clz32(lowest));
        word ^= lowest;
      }
  }

  *[Symbol.iterator](): Generator<number> {
    for (let at = 0; at < this.#bits.length; at++)
      for (let word = this.#bits[at] ?? 0; word !== 0;) {
        const lowest = word & -word;
        yield (at + this.#first) * 32 + 31 - Math.clz32(lowest);
        word ^= lowest;
      }
  }

  /** Makes room for words from one to before another. Numbers mostly come ascending, so it doubles at that end. */
  #reach(from: number, end: number): void {
    if (this.#bits.length === 0) {
      this.#first = from;
      this.#bits = new Uint32Array(Math.max(fewestWords, end - from));
      return;
    }
    const knownEnd = this.#first + this.#bits.length;
    const first = Math.min(from, this.#first);
    const length = end <= knownEnd ? knownEnd - first : Math.max(end - first, this.#bits.length * 2);
    const grown = new Uint32Array(length);
    grown.set(this.#bits, this.#first - first);
    this.#bits = grown;
    this.#first = first;
  }
}

const none = new Uint32Array(0);
const fewestWords = 4;

/** How many bits are set. */
function ones(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
