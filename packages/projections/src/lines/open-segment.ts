import type { Segment } from '@ledger/read-store';
import { gone, packLine, packSubject, packThing } from './posting-codec';
import { ByteWriter } from './varint';

/** A segment is closed at about this size: rows of up to 2 kB stay on one page. */
const segmentBytes = 1900;

/** A segment that is still being filled. */
export class OpenSegment {
  readonly #writer: ByteWriter;
  /** Whether it was added to since it was last written. */
  touched = false;
  last: number;
  postings: number;
  lines: number;
  quantity: number;

  constructor(
    readonly partition: number,
    readonly sheet: number,
    readonly first: number,
    readonly linesBefore: number,
    readonly quantityBefore: number,
    stored?: Segment,
  ) {
    this.#writer = stored === undefined ? new ByteWriter() : ByteWriter.from(stored.bytes);
    this.last = stored?.last ?? first;
    this.postings = stored?.postings ?? 0;
    this.lines = stored?.linesAfter ?? linesBefore;
    this.quantity = stored?.quantityAfter ?? quantityBefore;
  }

  static of(stored: Segment): OpenSegment {
    const { partition, sheet, first, linesBefore, quantityBefore } = stored;
    return new OpenSegment(partition, sheet, first, linesBefore, quantityBefore, stored);
  }

  /** Split only where the position changes, so that no position lies in two segments of a sheet. */
  takes(position: number): boolean {
    return this.#writer.length < segmentBytes || position === this.last;
  }

  addLine(
    position: number,
    thing: number,
    manner: number,
    body: number,
    person: number,
    flags: number,
    quantity: number,
    fromDay: number,
    toDay: number,
  ): void {
    packLine(
      this.#writer,
      position - this.last,
      position - thing,
      manner,
      body,
      person,
      flags,
      quantity,
      fromDay,
      toDay,
    );
    this.#posted(position, flags & gone ? -1 : 1, quantity);
  }

  addThing(position: number, thing: number, left: boolean, quantity: number): void {
    packThing(this.#writer, position - this.last, position - thing, left, quantity);
    this.#posted(position, left ? -1 : 1, quantity);
  }

  addSubject(position: number, subject: number, left: boolean): void {
    packSubject(this.#writer, position - this.last, subject, left);
    this.#posted(position, left ? -1 : 1, 1);
  }

  #posted(position: number, sign: 1 | -1, quantity: number): void {
    this.last = position;
    this.postings += 1;
    this.lines += sign;
    this.quantity += sign * quantity;
    if (!Number.isSafeInteger(this.quantity)) throw new RangeError('A running total is beyond 2^53');
  }

  toSegment(): Segment {
    return {
      partition: this.partition,
      sheet: this.sheet,
      first: this.first,
      last: this.last,
      postings: this.postings,
      linesBefore: this.linesBefore,
      quantityBefore: this.quantityBefore,
      linesAfter: this.lines,
      quantityAfter: this.quantity,
      bytes: this.#writer.bytes(),
    };
  }
}
