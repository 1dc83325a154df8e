/** Numbers keys in the order in which they come first, from nought on. */
export class Numbered {
  readonly #numbers = new Map<string, number>();
  #fresh: string[] = [];
  #lastKey: string | undefined;
  #lastNumber = 0;

  number(key: string): number {
    // The lines of one event name the same body or person many times: the very same text, found at a glance.
    if (key === this.#lastKey) return this.#lastNumber;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(key, number);
      this.#fresh.push(key);
    }
    this.#lastKey = key;
    this.#lastNumber = number;
    return number;
  }

  /** The keys that are new since the last call. */
  take(): string[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}
