import { decodeStoredBody } from '@ledger/events';
import type { PageRequest, ReadOptions, RecordedEvent } from '@ledger/event-log';
import type { FiguresLog } from '../bundle/recompute';

/** The events of a bundle in memory, where there is no disk: in a browser. */
export class MemoryLog implements FiguresLog {
  readonly #events: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();

  get size(): number {
    return this.#events.length;
  }

  /** Adds the next event; the bytes may be a part of what is read next. */
  add(bytes: Uint8Array): void {
    const { stream } = decodeStoredBody(bytes);
    const ofStream = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, ofStream);
    const position = BigInt(this.#events.length + 1);
    const event = { position, revision: BigInt(ofStream.length), stream, bytes: bytes.slice() };
    this.#events.push(event);
    ofStream.push(event);
  }

  async readPage({ after, limit }: PageRequest): Promise<RecordedEvent[]> {
    return this.#events.slice(Number(after), Number(after) + limit);
  }

  async *readStream(
    stream: string,
    { from = 0n, limit = Infinity }: ReadOptions = {},
  ): AsyncIterable<RecordedEvent> {
    yield* (this.#streams.get(stream) ?? []).slice(Number(from), Number(from) + limit);
  }

  /** Figures of a bundle name positions, never days. */
  async positionAt(): Promise<bigint> {
    return BigInt(this.size);
  }
}
