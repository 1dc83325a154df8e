import { ByteReader, type ByteWriter } from './varint';

/** One posting as it lies in a segment: a line of a sheet that came (+1) or went (−1) at a position. */
export interface PackedPosting {
  readonly position: number;
  /** Position of the first event of the thing. */
  readonly thing: number;
  readonly member: number;
  readonly sign: 1 | -1;
  readonly quantity: number;
  /** Days since 1 January 2000. */
  readonly fromDay: number;
  readonly toDay: number;
}

/** Appends a posting; `previous` is the position of the one before it in the segment, or the segment's first. */
export function packPosting(writer: ByteWriter, posting: PackedPosting, previous: number): void {
  writer.unsigned(posting.position - previous);
  writer.unsigned(posting.position - posting.thing);
  writer.unsigned(posting.member * 2 + (posting.sign < 0 ? 1 : 0));
  writer.signed(posting.quantity);
  writer.signed(posting.fromDay);
  // Signed, so that even a span that ends before it begins (a broken record) is kept as it is.
  writer.signed(posting.toDay - posting.fromDay);
}

/** The postings of a segment up to and including a position, in order. */
export function* unpackPostings(bytes: Uint8Array, first: number, upTo: number): Generator<PackedPosting> {
  const reader = new ByteReader(bytes);
  let position = first;
  while (!reader.done) {
    position += reader.unsigned();
    if (position > upTo) return;
    const thing = position - reader.unsigned();
    const memberAndSign = reader.unsigned();
    const quantity = reader.signed();
    const fromDay = reader.signed();
    const toDay = fromDay + reader.signed();
    yield {
      position,
      thing,
      member: Math.floor(memberAndSign / 2),
      sign: memberAndSign % 2 === 0 ? 1 : -1,
      quantity,
      fromDay,
      toDay,
    };
  }
}
