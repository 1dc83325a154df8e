/** FNV-1a over UTF-16 units: spreads a label and a seed over 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/**
 * A small seeded source of chance (mulberry32): the same seed gives the same draws on every machine. Good
 * enough to invent records with, and for nothing else.
 */
export class SeededRandom {
  readonly #seed: string;
  #state: number;

  constructor(seed: string) {
    this.#seed = seed;
    this.#state = hash(seed);
  }

  /** A source of its own for one part, so that a change in one part leaves the draws of the others alone. */
  fork(label: string): SeededRandom {
    return new SeededRandom(`${this.#seed}/${label}`);
  }

  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    // Integer arithmetic only: 32 random bits, the remainder's bias is of no matter here.
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True in `percent` of a hundred draws. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** One of the values. @throws RangeError where there are none */
  pick<T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError('there is nothing to pick from; give at least one value');
    // The index lies inside the array.
    return values[this.below(values.length)] as T;
  }

  /** The values in a random order, in a new array. */
  shuffled<T>(values: readonly T[]): T[] {
    const left = [...values];
    const order: T[] = [];
    while (left.length > 0) order.push(...left.splice(this.below(left.length), 1));
    return order;
  }

  /** So many different ones of the values, in a random order. @throws RangeError where there are fewer */
  sample<T>(values: readonly T[], size: number): T[] {
    if (values.length < size)
      throw new RangeError(`${size} were asked for and there are only ${values.length} to choose from`);
    return this.shuffled(values).slice(0, size);
  }

  /** The values in a random order, cut into groups of `least` to `most`; the last may be smaller. */
  groups<T>(values: readonly T[], least: number, most: number): T[][] {
    const left = this.shuffled(values);
    const groups: T[][] = [];
    while (left.length > 0) groups.push(left.splice(0, this.between(least, most)));
    return groups;
  }
}
