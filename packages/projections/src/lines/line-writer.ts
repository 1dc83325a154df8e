import type { Posting } from '@ledger/domain';
import type { ReadStore, Segment, WriteTransaction } from '@ledger/read-store';
import { dayNumber } from './day-number';
import { packPosting } from './posting-codec';
import { memberKey, sheetKey } from './sheet';
import { ByteWriter } from './varint';

/** A segment is closed at about this size: rows of up to 2 kB stay on one page. */
const segmentBytes = 1900;

/** Postings of one event. */
export interface PostedEvent {
  readonly position: number;
  readonly thing: number;
  readonly postings: readonly Posting[];
}

/** A segment that is still being filled. */
class OpenSegment {
  readonly #writer: ByteWriter;
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

  add(position: number, thing: number, member: number, { sign, line }: Posting): void {
    packPosting(
      this.#writer,
      {
        position,
        thing,
        member,
        sign,
        quantity: line.quantity,
        fromDay: dayNumber(line.from),
        toDay: dayNumber(line.to),
      },
      this.last,
    );
    this.last = position;
    this.postings += 1;
    this.lines += sign;
    this.quantity += sign * line.quantity;
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

/** Packs postings of one partition into segments. The only writer of its partition. */
export class LineWriter {
  readonly #open = new Map<number, OpenSegment>();
  readonly #numbers = { sheet: new Map<string, number>(), member: new Map<string, number>() };

  constructor(
    readonly store: ReadStore,
    readonly partition: number,
  ) {}

  /** Forgets what is open: to be called when a transaction failed, so that memory and store agree again. */
  reset(): void {
    this.#open.clear();
    this.#numbers.sheet.clear();
    this.#numbers.member.clear();
  }

  /** Writes the postings of events, which come in position order. */
  async write(transaction: WriteTransaction, events: readonly PostedEvent[]): Promise<void> {
    const all = events.flatMap(({ postings }) => postings.map(({ line }) => line));
    await this.#number(transaction, 'sheet', all.map(sheetKey));
    await this.#number(transaction, 'member', all.map(memberKey));
    const touched = new Map<string, OpenSegment>();
    for (const { position, thing, postings } of events)
      for (const posting of postings) {
        const segment = await this.#segmentFor(this.#known('sheet', sheetKey(posting.line)), position);
        segment.add(position, thing, this.#known('member', memberKey(posting.line)), posting);
        touched.set(`${segment.sheet}/${segment.first}`, segment);
      }
    await transaction.putSegments([...touched.values()].map((segment) => segment.toSegment()));
  }

  #known(dictionary: 'sheet' | 'member', key: string): number {
    const number = this.#numbers[dictionary].get(key);
    if (number === undefined) throw new RangeError(`The ${dictionary} ${key} has no number`);
    return number;
  }

  async #number(
    transaction: WriteTransaction,
    dictionary: 'sheet' | 'member',
    keys: readonly string[],
  ): Promise<void> {
    const known = this.#numbers[dictionary];
    const fresh = [...new Set(keys)].filter((key) => !known.has(key));
    if (fresh.length === 0) return;
    const numbers = await transaction.intern(dictionary, fresh);
    fresh.forEach((key, at) => known.set(key, numbers[at] ?? 0));
  }

  async #segmentFor(sheet: number, position: number): Promise<OpenSegment> {
    let segment = this.#open.get(sheet);
    if (segment === undefined) {
      const stored = await this.store.lastSegment(this.partition, sheet);
      segment = stored && OpenSegment.of(stored);
    }
    if (segment === undefined) segment = new OpenSegment(this.partition, sheet, position, 0, 0);
    else if (!segment.takes(position))
      segment = new OpenSegment(this.partition, sheet, position, segment.lines, segment.quantity);
    this.#open.set(sheet, segment);
    return segment;
  }
}
