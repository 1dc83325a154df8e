/** How far an index had read. */
export interface Reading {
  readonly number: number;
  readonly upTo: number;
}

/**
 * What the readings of an index found changed: sheets and roll-ups by their numbers, and sets of them that have one more.
 * What is counted from a set of sheets changes when another is added to it, as it does when a line is posted in one.
 */
export class Changes {
  /** The last reading that found each changed; none for what only the first one found. */
  readonly #changedIn = new Map<number, number>();
  /** Numbers of sets that somebody looked at, by name: below nought, where no sheet has its number. */
  readonly #sets = new Map<string, number>();
  #found: number[] = [];
  #readings = 0;

  get readings(): number {
    return this.#readings;
  }

  /** The number of a set of sheets or roll-ups, which changes when one is added to it. */
  set(name: string): number {
    let number = this.#sets.get(name);
    if (number === undefined) {
      number = -1 - this.#sets.size;
      this.#sets.set(name, number);
    }
    return number;
  }

  /** Notes that a sheet or roll-up has changed. */
  changed(number: number): void {
    this.#found.push(number);
  }

  /** Notes that a set has one more. Of a set that nobody looked at nothing is kept. */
  added(name: string): void {
    const number = this.#sets.get(name);
    if (number !== undefined) this.#found.push(number);
  }

  /** Ends a reading: what was noted since the one before is what it found. */
  endReading(): void {
    this.#readings += 1;
    // Nothing was counted before the first reading, and that finds everything there is.
    if (this.#readings > 1) for (const number of this.#found) this.#changedIn.set(number, this.#readings);
    this.#found = [];
  }

  /** Whether any of some sheets, roll-ups and sets of them has changed since a reading. */
  anySince(numbers: Iterable<number>, since: Reading): boolean {
    for (const number of numbers) if ((this.#changedIn.get(number) ?? 0) > since.number) return true;
    return false;
  }
}
