/**
 * Which revisions of streams are held. Of nearly every stream they are those from the first on, so one number tells all:
 * there are tens of thousands of streams, and each thing kept of one is a thing to be collected.
 */
export class KnownRevisions {
  /** By stream: all revisions before this one are held. */
  readonly #next = new Map<string, number>();
  /** By stream, where there are any: those held beyond one that is missing. */
  readonly #beyond = new Map<string, Set<number>>();

  /** Of how many streams anything is known. */
  get streams(): number {
    return this.#next.size;
  }

  knows(stream: string): boolean {
    return this.#next.has(stream);
  }

  /** The first revision of a stream that is not held. */
  next(stream: string): number {
    return this.#next.get(stream) ?? 0;
  }

  holds(stream: string, revision: number): boolean {
    return revision < this.next(stream) || this.#beyondOf(stream)?.has(revision) === true;
  }

  /** Learns which revisions of a stream are held, in order; none are, where it says nothing of any. */
  learn(stream: string, held: Iterable<number> = []): void {
    this.#next.set(stream, this.next(stream));
    for (const revision of held) this.add(stream, revision);
  }

  /** Learns of a stream what others know of it. */
  learnFrom(stream: string, others: KnownRevisions): void {
    this.#next.set(stream, others.next(stream));
    for (const revision of others.#beyondOf(stream) ?? []) this.add(stream, revision);
  }

  add(stream: string, revision: number): void {
    const next = this.next(stream);
    if (revision > next) {
      const beyond = this.#beyond.get(stream) ?? new Set<number>();
      this.#beyond.set(stream, beyond.add(revision));
      this.#next.set(stream, next);
    } else if (revision === next) this.#next.set(stream, this.#nextAfter(stream, revision));
  }

  /** Looked up only where there is any stream of which one is missing: hardly ever, and it is asked of every event. */
  #beyondOf(stream: string): Set<number> | undefined {
    return this.#beyond.size === 0 ? undefined : this.#beyond.get(stream);
  }

  /** The first that is not held, now that a revision is. */
  #nextAfter(stream: string, revision: number): number {
    let next = revision + 1;
    const beyond = this.#beyondOf(stream);
    if (beyond === undefined) return next;
    while (beyond.delete(next)) next += 1;
    if (beyond.size === 0) this.#beyond.delete(stream);
    return next;
  }

  /** Forgets everything. */
  clear(): void {
    this.#next.clear();
    this.#beyond.clear();
  }
}
