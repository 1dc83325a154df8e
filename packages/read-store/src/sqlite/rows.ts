import type { SqlValue } from '@ledger/sqlite';
import type { Segment } from '../port';

/** Column order and conversions, in this one place. */
export const segmentColumns =
  'sheet, partition, first, last, postings, lines_before, quantity_before, lines_after, quantity_after, bytes';

export function toSegment(row: readonly SqlValue[]): Segment {
  const [
    sheet,
    partition,
    first,
    last,
    postings,
    linesBefore,
    quantityBefore,
    linesAfter,
    quantityAfter,
    bytes,
  ] = row;
  if (!ArrayBuffer.isView(bytes)) throw new TypeError('A segment row holds no bytes');
  return {
    sheet: Number(sheet),
    partition: Number(partition),
    first: Number(first),
    last: Number(last),
    postings: Number(postings),
    linesBefore: Number(linesBefore),
    quantityBefore: Number(quantityBefore),
    linesAfter: Number(linesAfter),
    quantityAfter: Number(quantityAfter),
    bytes,
  };
}

export function fromSegment(segment: Segment): SqlValue[] {
  return [
    segment.sheet,
    segment.partition,
    segment.first,
    segment.last,
    segment.postings,
    segment.linesBefore,
    segment.quantityBefore,
    segment.linesAfter,
    segment.quantityAfter,
    segment.bytes,
  ];
}
