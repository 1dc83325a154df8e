/** Which revisions of a stream are held. */
export class KnownRevisions {
  /** All revisions before this one are held. */
  #next = 0;
  /** Those held beyond one that is missing. */
  readonly #beyond = new Set<number>();

  constructor(held: Iterable<number> = []) {
    for (const revision of held) this.add(revision);
  }

  /** The first revision that is not held. */
  get next(): number {
    return this.#next;
  }

  holds(revision: number): boolean {
    return revision < this.#next || this.#beyond.has(revision);
  }

  add(revision: number): void {
    this.#beyond.add(revision);
    while (this.#beyond.delete(this.#next)) this.#next += 1;
  }
}
