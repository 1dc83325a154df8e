import type { CaughtUp, RecordedEvent } from './port';

/** Wakes those who wait for the log to grow. */
export class Growth {
  readonly #waiting = new Set<() => void>();

  /** To be called after every commit. */
  announce(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Resolves at the next announcement, or when the signal aborts. */
  async next(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}

/** Resolves at the next announcement, at the latest after so many milliseconds. */
export async function grownWithin(growth: Growth, milliseconds: number): Promise<void> {
  const stop = new AbortController();
  // Not AbortSignal.timeout: its timer does not keep the process alive.
  const timer = setTimeout(() => stop.abort(), milliseconds);
  await growth.next(stop.signal);
  clearTimeout(timer);
}

const pageSize = 500;

/**
 * A subscription made of pages: whatever is committed is read from the log in order, so there is no switch
 * between catching up and going live at which an event could be lost or come twice.
 */
export async function* followPages(
  readPage: (page: { after: bigint; limit: number }) => Promise<readonly RecordedEvent[]>,
  growth: Growth,
  { after, signal }: { readonly after: bigint; readonly signal?: AbortSignal },
): AsyncGenerator<RecordedEvent | CaughtUp> {
  let position = after;
  let toldCaughtUp = false;
  const stopped = (): boolean => signal?.aborted === true;
  while (!stopped()) {
    // Ask to be woken before reading, so that what is committed in between is not slept through.
    const grown = growth.next(signal);
    const page = await readPage({ after: position, limit: pageSize });
    for (const event of page) {
      if (stopped()) return;
      position = event.position;
      yield event;
    }
    if (page.length > 0) continue;
    if (!toldCaughtUp) yield { caughtUp: position };
    toldCaughtUp = true;
    await grown;
  }
}
