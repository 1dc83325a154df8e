import { setImmediate, setTimeout as after } from 'node:timers/promises';

/** While others append, following takes one part in so many of the time: what is left waits until they rest, or a seal is due. */
const shareWhileAppending = 200;
/** Otherwise one part in so many: somebody may ask, and of a long log that nobody has sealed yet there is much to follow. */
const usualShare = 10;
/** The longest rest, in milliseconds: a page that took long, as one over a network may, must not keep a seal that falls due from being made. */
const longestRestMs = 1000;

/** What is looked at between two pages. */
export interface Followed {
  /** The last position of the log now. */
  readonly head: () => Promise<number>;
  /** Whether a seal is due. */
  readonly due: () => boolean;
}

/**
 * How following rests between two pages, so that who asks or appends hardly notices: long while the log grows and no seal
 * is due, and not at all while somebody waits for a seal or another key.
 */
export class Pace {
  /** How many wait for a seal or another key. */
  #wanted = 0;
  #ended = false;
  /** Ends the rest that is being taken. */
  #rest = new AbortController();

  constructor(readonly followed: Followed) {}

  /** Begins to follow up to a head; what is given back rests after a page, and says whether to go on. */
  begin(head: number): () => Promise<boolean> {
    let seen = head;
    let began = performance.now();
    return async () => {
      const took = performance.now() - began;
      const now = await this.followed.head();
      const grows = now > seen;
      seen = now;
      // Whoever ends it ends the rest that is being taken, not one that would begin afterwards.
      if (this.#ended) return false;
      const share = grows && !this.followed.due() ? shareWhileAppending : usualShare;
      if (this.#wanted === 0) await this.#pause(Math.min(took * (share - 1), longestRestMs));
      else await setImmediate();
      began = performance.now();
      return !this.#ended;
    };
  }

  /** Rests, until somebody wants a seal or following ends. */
  async #pause(ms: number): Promise<void> {
    this.#rest = new AbortController();
    const { signal } = this.#rest;
    await after(ms, undefined, { ref: false, signal }).catch(() => undefined);
  }

  /** Does work that somebody waits for: until it is done, following does not rest. */
  async atOnce<T>(work: () => Promise<T>): Promise<T> {
    this.#wanted += 1;
    this.#rest.abort();
    try {
      return await work();
    } finally {
      this.#wanted -= 1;
    }
  }

  /** Nothing more is followed after the page that is being added. */
  end(): void {
    this.#ended = true;
    this.#rest.abort();
  }
}
