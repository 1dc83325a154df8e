import { decodeStoredBody } from '@ledger/events';
import { partitionOf } from '../partitioner';
import type { NewRecord } from '../port';
import { contentType, headers, specversion, watermarkType } from './headers';

/** An event of the log, with its place in it. */
export interface PublishedEvent {
  readonly position: bigint;
  readonly revision: bigint;
  readonly stream: string;
  /** The log's own address of it. */
  readonly cursor: string;
  /** The stored body. */
  readonly bytes: Uint8Array;
}

/** All events up to a position are in the topic, in whatever partition. */
export interface Watermark {
  readonly position: bigint;
  /** The log's own address of the last of these events. */
  readonly cursor: string;
  /** Its id: a log that has another event there is another log. */
  readonly event: string;
}

/** Which ledger, as CloudEvents name a source. */
export function sourceOf(ledger: string): string {
  return `urn:uuid:${ledger}`;
}

/**
 * An event as a record: the stored body as it is, and its stream as key, so that a stream lies in one partition, in order.
 * @throws DamagedBodyError
 */
export function eventRecord(
  { position, revision, stream, cursor, bytes }: PublishedEvent,
  { source, partitions }: { readonly source: string; readonly partitions: number },
): NewRecord {
  const { id, type, recordedAt } = decodeStoredBody(bytes);
  return {
    partition: partitionOf(stream, partitions),
    key: stream,
    headers: {
      [headers.specversion]: specversion,
      [headers.id]: id,
      [headers.source]: source,
      [headers.type]: type,
      [headers.subject]: stream,
      [headers.time]: recordedAt,
      [headers.contentType]: contentType,
      [headers.position]: String(position),
      [headers.cursor]: cursor,
      [headers.revision]: String(revision),
    },
    value: bytes,
  };
}

const encoder = new TextEncoder();

/** A watermark as records: one for every partition, as each is read by itself. */
export function watermarkRecords(
  { position, cursor, event }: Watermark,
  { source, partitions }: { readonly source: string; readonly partitions: number },
): NewRecord[] {
  const record = {
    key: null,
    headers: {
      [headers.specversion]: specversion,
      // The same watermark again is the same, as far as CloudEvents can say so.
      [headers.id]: `watermark-${position}`,
      [headers.source]: source,
      [headers.type]: watermarkType,
      [headers.contentType]: contentType,
    },
    value: encoder.encode(JSON.stringify({ position: String(position), cursor, event })),
  };
  return Array.from({ length: partitions }, (_, partition) => ({ ...record, partition }));
}
