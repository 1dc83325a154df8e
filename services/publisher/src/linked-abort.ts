/**
 * Something that ends with a signal, or before. (`AbortSignal.any` would do, but its signals stay in memory as long as the
 * one they depend on, and here that is as long as the process.)
 */
export class LinkedAbort {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #end = (): void => this.#controller.abort();

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    parent.addEventListener('abort', this.#end, { once: true });
    if (parent.aborted) this.#end();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends it, if it has not ended, and forgets the signal that it depends on. */
  end(): void {
    this.#parent.removeEventListener('abort', this.#end);
    this.#end();
  }
}
