/** What was read under a number: the same state means the same content. */
export type State = string | number;

/** Keeps what was read last, up to a number of bytes. */
export class Kept<V> {
  readonly #items = new Map<number, { readonly state: State; readonly value: V; readonly bytes: number }>();
  #bytes = 0;

  constructor(readonly mostBytes: number) {}

  /** What is kept under a number, if it is of the state asked for. */
  get(number: number, state: State): V | undefined {
    const item = this.#items.get(number);
    if (item?.state !== state) return undefined;
    this.#items.delete(number);
    this.#items.set(number, item);
    return item.value;
  }

  /** What is kept under a number, of whatever state. */
  ofAnyState(number: number): V | undefined {
    return this.#items.get(number)?.value;
  }

  set(number: number, state: State, value: V, bytes: number): void {
    this.#drop(number);
    this.#items.set(number, { state, value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#items.keys()) {
      if (this.#bytes <= this.mostBytes) break;
      this.#drop(oldest);
    }
  }

  #drop(number: number): void {
    this.#bytes -= this.#items.get(number)?.bytes ?? 0;
    this.#items.delete(number);
  }
}
