/** A set of whole numbers from nought on: a bit for each, so that putting sets together is quick. */
export class NumberSet {
  #bits = new Uint32Array(16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Bytes it takes. */
  get bytes(): number {
    return this.#bits.byteLength;
  }

  has(number: number): boolean {
    const word = this.#bits[Math.floor(number / 32)];
    return word !== undefined && (word & (1 << (number % 32))) !== 0;
  }

  /** True where it was not there before. */
  add(number: number): boolean {
    const at = Math.floor(number / 32);
    if (at >= this.#bits.length) this.#grow(at + 1);
    const word = this.#bits[at] ?? 0;
    const bit = 1 << (number % 32);
    if ((word & bit) !== 0) return false;
    this.#bits[at] = word | bit;
    this.#size += 1;
    return true;
  }

  delete(number: number): void {
    const at = Math.floor(number / 32);
    const word = this.#bits[at];
    const bit = 1 << (number % 32);
    if (word === undefined || (word & bit) === 0) return;
    this.#bits[at] = word & ~bit;
    this.#size -= 1;
  }

  addAll(other: NumberSet): void {
    if (other.#bits.length > this.#bits.length) this.#grow(other.#bits.length);
    for (let at = 0; at < other.#bits.length; at++) {
      const word = this.#bits[at] ?? 0;
      const both = word | (other.#bits[at] ?? 0);
      if (both === word) continue;
      this.#bits[at] = both;
      this.#size += ones(both) - ones(word);
    }
  }

  /** Only what is in the other set as well. */
  within(other: NumberSet): NumberSet {
    if (this.#size === 0) return this;
    const both = new NumberSet();
    both.#bits = this.#bits.slice();
    for (let at = 0; at < both.#bits.length; at++) {
      const word = (both.#bits[at] ?? 0) & (other.#bits[at] ?? 0);
      both.#bits[at] = word;
      both.#size += ones(word);
    }
    return both;
  }

  /** Up to some of the numbers below one, the greatest first. */
  below(bound: number, limit: number): number[] {
    const found: number[] = [];
    const last = Math.min(this.#bits.length - 1, Math.floor((bound - 1) / 32));
    for (let at = last; at >= 0 && found.length < limit; at--)
      for (let word = this.#bits[at] ?? 0; word !== 0 && found.length < limit;) {
        const bit = 31 - Math.clz32(word);
        word &= ~(1 << bit);
        if (at * 32 + bit < bound) found.push(at * 32 + bit);
      }
    return found;
  }

  forEach(tell: (number: number) => void): void {
    for (let at = 0; at < this.#bits.length; at++)
      for (let word = this.#bits[at] ?? 0; word !== 0;) {
        const lowest = word & -word;
        tell(at * 32 + 31 - Math.clz32(lowest));
        word ^= lowest;
      }
  }

  *[Symbol.iterator](): Generator<number> {
    for (let at = 0; at < this.#bits.length; at++)
      for (let word = this.#bits[at] ?? 0; word !== 0;) {
        const lowest = word & -word;
        yield at * 32 + 31 - Math.clz32(lowest);
        word ^= lowest;
      }
  }

  #grow(words: number): void {
    const grown = new Uint32Array(Math.max(words, this.#bits.length * 2));
    grown.set(this.#bits);
    this.#bits = grown;
  }
}

/** How many bits are set. */
function ones(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
