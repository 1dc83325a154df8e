import type { RecordedEvent } from '../port';

/** How many events, and of how many bytes, are kept in memory: those who follow live read no other. */
const mostEvents = 10_000;
const mostBytes = 32 * 1024 * 1024;

/** The last events that were seen, without a gap. */
export class RecentEvents {
  #events: RecordedEvent[] = [];
  #bytes = 0;

  add(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      this.#events.push(event);
      this.#bytes += event.bytes.length;
    }
    // Cut in large pieces: to take one from the front of an array moves all others.
    if (this.#events.length < mostEvents * 2 && this.#bytes < mostBytes * 2) return;
    let from = Math.max(0, this.#events.length - mostEvents);
    let bytes = this.#events.slice(from).reduce((total, event) => total + event.bytes.length, 0);
    for (; bytes > mostBytes; from++) bytes -= this.#events[from]?.bytes.length ?? 0;
    this.#events = this.#events.slice(from);
    this.#bytes = bytes;
  }

  clear(): void {
    this.#events = [];
    this.#bytes = 0;
  }

  /** Up to so many events after a position; undefined where the first of them is not kept any more. */
  after(position: bigint, limit: number): readonly RecordedEvent[] | undefined {
    const first = this.#events[0]?.position;
    if (first === undefined || position + 1n < first) return undefined;
    const from = Number(position + 1n - first);
    return this.#events.slice(from, from + limit);
  }
}
