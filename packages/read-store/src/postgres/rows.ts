import type { SqlParameter, SqlRow } from '@ledger/postgres';
import type { FactRow, ParkedEvent, Segment, SegmentHead } from '../port';

/** A number of the server, which sends those of 64 bits as digits. */
export function wholeNumber(value: unknown): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`The read store holds ${String(value)}, beyond 2^53`);
  return number;
}

/** A row of the columns of `statements.ts`. */
export function toSegment(row: SqlRow): Segment {
  const [sheet, partition, first, last, postings, linesBefore, quantityBefore, linesAfter, quantityAfter] =
    row.map((value) => (Buffer.isBuffer(value) ? 0 : wholeNumber(value)));
  const bytes = row[9];
  if (!Buffer.isBuffer(bytes)) throw new TypeError('A segment row holds no bytes');
  return {
    sheet: sheet ?? 0,
    partition: partition ?? 0,
    first: first ?? 0,
    last: last ?? 0,
    postings: postings ?? 0,
    linesBefore: linesBefore ?? 0,
    quantityBefore: quantityBefore ?? 0,
    linesAfter: linesAfter ?? 0,
    quantityAfter: quantityAfter ?? 0,
    bytes,
  };
}

export function toHead(partition: number, row: SqlRow): SegmentHead {
  const [sheet, first, last, linesAfter, quantityAfter] = row;
  return {
    partition,
    sheet: wholeNumber(sheet),
    first: wholeNumber(first),
    last: wholeNumber(last),
    linesAfter: wholeNumber(linesAfter),
    quantityAfter: wholeNumber(quantityAfter),
  };
}

export function toFact(collection: string, [position, id, body]: SqlRow): FactRow {
  return { collection, position: wholeNumber(position), id: String(id), body: String(body) };
}

export function toParked([partition, position, stream, reason]: SqlRow): ParkedEvent {
  return {
    partition: wholeNumber(partition),
    position: wholeNumber(position),
    stream: String(stream),
    reason: String(reason),
  };
}

/** A list of numbers as an array of SQL. */
export function listOf(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}

/** The parameters of `putSegments`. */
export function fromSegments(segments: readonly Segment[]): SqlParameter[] {
  const column = (of: (segment: Segment) => number): string => listOf(segments.map(of));
  const starts: number[] = [];
  let start = 1;
  for (const { bytes } of segments) {
    starts.push(start);
    start += bytes.length;
  }
  return [
    Buffer.concat(segments.map(({ bytes }) => bytes)),
    column(({ sheet }) => sheet),
    column(({ partition }) => partition),
    column(({ first }) => first),
    column(({ last }) => last),
    column(({ postings }) => postings),
    column(({ linesBefore }) => linesBefore),
    column(({ quantityBefore }) => quantityBefore),
    column(({ linesAfter }) => linesAfter),
    column(({ quantityAfter }) => quantityAfter),
    listOf(starts),
    column(({ bytes }) => bytes.length),
  ];
}

/** The parameters of `putFacts`. */
export function fromFacts(facts: readonly FactRow[]): SqlParameter[] {
  return [
    facts.map(({ collection }) => collection),
    listOf(facts.map(({ position }) => position)),
    facts.map(({ id }) => id),
    facts.map(({ body }) => body),
  ];
}

/**
 * The parameters of `putParked`. Whatever an event that cannot be applied says must not hold up the others: PostgreSQL
 * takes no NUL in a text.
 */
export function fromParked(events: readonly ParkedEvent[]): SqlParameter[] {
  return [
    listOf(events.map(({ partition }) => partition)),
    listOf(events.map(({ position }) => position)),
    events.map(({ stream }) => stream.replaceAll('\0', '\uFFFD')),
    events.map(({ reason }) => reason.replaceAll('\0', '\uFFFD')),
  ];
}
