import type { Segment } from '../port';

/** A segment of a sheet with one posting, for tests. */
export function segmentOf(sheet: number, first: number, more: Partial<Segment> = {}): Segment {
  return {
    partition: 0,
    sheet,
    first,
    last: first,
    postings: 1,
    linesBefore: 0,
    quantityBefore: 0,
    linesAfter: 1,
    quantityAfter: 5,
    bytes: Uint8Array.of(1, 2, 3),
    ...more,
  };
}
