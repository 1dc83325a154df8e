import type { RecordedEvent } from '@ledger/event-log';

/** Bytes of stored bodies in one write, at most: with their headers they fit into what a broker takes at once (1 MiB). */
export const bytesAtOnce = 512 * 1024;

/** Events in order, in parts that a broker takes at once; an event that is larger is a part of its own. */
export function* inBatches(events: readonly RecordedEvent[]): Generator<readonly RecordedEvent[]> {
  let batch: RecordedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    if (batch.length > 0 && bytes + event.bytes.length > bytesAtOnce) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += event.bytes.length;
  }
  if (batch.length > 0) yield batch;
}
