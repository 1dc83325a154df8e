/** What was read of a partition, in order. */
export interface ReadStretch<Read> {
  readonly read: readonly Read[];
  /** The offset behind the last of it. */
  readonly next: bigint;
}

/**
 * What was read of a partition and is not taken yet. Whoever takes is handed all that has come meanwhile at once: what is
 * written for some events costs less the more of them there are, and one that comes alone is not held up.
 */
export class ReadAhead<Read> {
  #waiting: Read[] = [];
  #bytes = 0;
  #next = 0n;
  #taking = false;
  #full: { readonly room: Promise<void>; readonly sayRoom: () => void } | undefined;

  /**
   * @param limit how much waits, in bytes, before no more should be read
   * @param take takes a stretch; never rejects
   */
  constructor(
    readonly limit: number,
    readonly take: (stretch: ReadStretch<Read>) => Promise<void>,
  ) {}

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    await this.#full?.room;
  }

  /** Adds what was read next, and how much it was. Where nothing is being taken, it is taken at once. */
  add({ read, next }: ReadStretch<Read>, bytes: number): void {
    for (const one of read) this.#waiting.push(one);
    this.#next = next;
    this.#bytes += bytes;
    if (!this.#taking) void this.#takeAll();
    else if (this.#bytes >= this.limit) this.#full ??= untilRoom();
  }

  /** Lets go of what waits: it is no use any more. */
  drop(): void {
    this.#waiting = [];
    this.#bytes = 0;
    this.#full?.sayRoom();
    this.#full = undefined;
  }

  async #takeAll(): Promise<void> {
    this.#taking = true;
    while (this.#waiting.length > 0) {
      const stretch = { read: this.#waiting, next: this.#next };
      this.drop();
      await this.take(stretch);
    }
    this.#taking = false;
  }
}

function untilRoom(): { readonly room: Promise<void>; readonly sayRoom: () => void } {
  let sayRoom: () => void = () => undefined;
  const room = new Promise<void>((resolve) => (sayRoom = resolve));
  return { room, sayRoom };
}
