/** What was read under a number: the same state means the same content. */
export type State = string | number;

interface Item<V> {
  readonly state: State;
  readonly value: V;
  readonly bytes: number;
  /** Whether it was asked for since it was last passed over. */
  used: boolean;
}

/**
 * Keeps what was used of late, up to a number of bytes. Thousands of items are asked for at once, and few are new: so asking only
 * marks an item, and the marks are looked at when room is needed.
 */
export class Kept<V> {
  readonly #items = new Map<number, Item<V>>();
  #bytes = 0;

  constructor(readonly mostBytes: number) {}

  /** What is kept under a number, if it is of the state asked for. */
  get(number: number, state: State): V | undefined {
    const item = this.#items.get(number);
    if (item?.state !== state) return undefined;
    item.used = true;
    return item.value;
  }

  /** What is kept under a number, of whatever state. */
  ofAnyState(number: number): V | undefined {
    return this.#items.get(number)?.value;
  }

  /** What is larger than everything that may be kept is not kept. */
  set(number: number, state: State, value: V, bytes: number): void {
    this.#drop(number);
    if (bytes > this.mostBytes) return;
    this.#makeRoom(bytes);
    this.#items.set(number, { state, value, bytes, used: false });
    this.#bytes += bytes;
  }

  /** Lets go of the oldest that was not asked for; what was goes to the end, once. */
  #makeRoom(bytes: number): void {
    for (const [oldest, item] of this.#items) {
      if (this.#bytes + bytes <= this.mostBytes) return;
      if (item.used) {
        item.used = false;
        this.#items.delete(oldest);
        this.#items.set(oldest, item);
      } else this.#drop(oldest);
    }
  }

  #drop(number: number): void {
    this.#bytes -= this.#items.get(number)?.bytes ?? 0;
    this.#items.delete(number);
  }
}
