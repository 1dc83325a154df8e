/** Numbers keys in the order in which they come first, from nought on. */
export class Numbered {
  readonly #numbers = new Map<string, number>();
  fresh: string[] = [];

  number(key: string): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(key, number);
      this.fresh.push(key);
    }
    return number;
  }

  take(): string[] {
    const { fresh } = this;
    this.fresh = [];
    return fresh;
  }
}
