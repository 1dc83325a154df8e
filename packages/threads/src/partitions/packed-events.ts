import type { RecordedEvent } from '@ledger/event-log';

/** Events as they are handed to another thread: in few pieces, since each piece is copied by itself. */
export interface PackedEvents {
  readonly streams: readonly string[];
  readonly positions: Float64Array<ArrayBuffer>;
  readonly revisions: Float64Array<ArrayBuffer>;
  /** Where the body of each ends in `bytes`. */
  readonly ends: Float64Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function pack(events: readonly RecordedEvent[]): PackedEvents {
  let length = 0;
  const ends = Float64Array.from(events, ({ bytes }) => (length += bytes.length));
  const bytes = Buffer.allocUnsafeSlow(length);
  for (const [at, event] of events.entries()) bytes.set(event.bytes, (ends[at] ?? 0) - event.bytes.length);
  return {
    streams: events.map(({ stream }) => stream),
    positions: Float64Array.from(events, ({ position }) => Number(position)),
    revisions: Float64Array.from(events, ({ revision }) => Number(revision)),
    ends,
    bytes,
  };
}

export function unpack({ streams, positions, revisions, ends, bytes }: PackedEvents): RecordedEvent[] {
  return streams.map((stream, at) => ({
    stream,
    position: BigInt(positions[at] ?? 0),
    revision: BigInt(revisions[at] ?? 0),
    bytes: bytes.subarray(ends[at - 1] ?? 0, ends[at]),
  }));
}

/** The memory of packed events, which is handed over and not copied. */
export function memoryOf({ positions, revisions, ends, bytes }: PackedEvents): ArrayBuffer[] {
  return [positions, revisions, ends, bytes].map(({ buffer }) => buffer);
}
