import type { Line } from '@ledger/domain';
import type { ReadStore, Segment } from '@ledger/read-store';
import { KnownDays } from '../lines/day-number';
import { LineIndex } from '../lines/line-index';
import { byReportYear, gone, unpackLines, unpackSubjects, unpackThings } from '../lines/posting-codec';
import { parseSheet, type Manner, type Sheet } from '../lines/sheet';
import { ofBodies, ofThings, parseRollUp } from '../roll-ups/roll-up';

/** 64 bits in two halves: enough to tell two read models apart, and quick. */
class Mixing {
  #high = 0x9e3779b9;
  #low = 0x85ebca6b;

  number(value: number): void {
    this.#mix(value | 0);
    this.#mix(Math.floor(value / 2 ** 32) | 0);
  }

  text(value: string): void {
    for (let at = 0; at < value.length; at++) this.#mix(value.charCodeAt(at));
    this.#mix(value.length);
  }

  #mix(word: number): void {
    this.#high = Math.imul(this.#high ^ word, 0x01000193);
    this.#high ^= this.#high >>> 15;
    this.#low = Math.imul(this.#low ^ word ^ this.#high, 0xcc9e2d51);
    this.#low ^= this.#low >>> 13;
  }

  /** One number of what was mixed in so far. */
  get value(): number {
    return this.#low ^ this.#high;
  }

  toString(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    return hex(this.#high) + hex(this.#low);
  }
}

/** Numbers mean something in one store only; this tells what they stand for, in one number again. */
class Meanings {
  readonly #manners: (number | undefined)[] = [];
  readonly #bodies: (number | undefined)[] = [];
  readonly #persons: (number | undefined)[] = [];

  constructor(readonly index: LineIndex) {}

  manner(number: number): number {
    return (this.#manners[number] ??= meaningOf(JSON.stringify(this.index.manner(number))));
  }

  body(number: number): number {
    return (this.#bodies[number] ??= meaningOf(this.index.body(number) ?? ''));
  }

  person(number: number): number {
    return (this.#persons[number] ??= meaningOf(this.index.person(number) ?? ''));
  }
}

function meaningOf(text: string): number {
  const mixing = new Mixing();
  mixing.text(text);
  return mixing.value;
}

/** How many segments are mixed in before other work has its turn: they take about a millisecond. */
const segmentsAtOnce = 64;

/** Lets what waits (questions to answer) go first. */
async function otherWork(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

const factCollections = ['register', 'catalogue', 'import', 'ledger'];

/**
 * What a store holds up to a position, in a few characters: every posting of every sheet, roll-up and record key in
 * position order, and every fact. Two stores that hold the same have the same, whatever numbers they use, however they
 * were built and over however many partitions they were.
 * @param withSubjects whether roll-ups of bodies and persons are looked at. One who stands in several partitions is posted
 *   in each: only stores over the same partitions hold the same of these
 */
export async function fingerprint(
  store: ReadStore,
  upTo: number,
  { withSubjects = true }: { readonly withSubjects?: boolean } = {},
): Promise<string> {
  const index = new LineIndex(store);
  await index.refresh(upTo);
  const meanings = new Meanings(index);
  const keys = await store.dictionary('sheet', 1);
  const mixing = new Mixing();
  let mixed = 0;
  const order = keys.map((key, at) => ({ key, number: at + 1 })).sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { key, number } of order) {
    if (!withSubjects && isOfSubjects(key)) continue;
    const segments = await store.segments([number], upTo);
    if (segments.length === 0) continue;
    mixing.text(key);
    for (const posting of inOrder(segments, (segment) => postingsOf(key, segment, upTo, meanings)))
      for (const value of posting) mixing.number(value);
    mixed += segments.length;
    if (mixed >= segmentsAtOnce) {
      mixed = 0;
      await otherWork();
    }
  }
  for (const collection of factCollections)
    for (const { position, id, body } of await store.facts(collection, 0, Number.MAX_SAFE_INTEGER))
      if (position <= upTo) for (const part of [String(position), id, body]) mixing.text(part);
  for (const { position, stream } of await store.parked(upTo)) mixing.text(`${position} ${stream}`);
  return mixing.toString();
}

/** Whether a key is of a roll-up of bodies or persons. */
function isOfSubjects(key: string): boolean {
  const family = parseSheet(key) === undefined ? parseRollUp(key)?.family : undefined;
  return family !== undefined && !ofThings(family);
}

/** A posting in numbers that mean the same in every store; its position comes first. */
type Posting = readonly number[];

/** The postings of segments in the order of their positions, over all partitions; those of one position come from one. */
function* inOrder(
  segments: readonly Segment[],
  postings: (segment: Segment) => readonly Posting[],
): Generator<Posting> {
  const [first] = segments;
  if (segments.every(({ partition }) => partition === first?.partition))
    for (const segment of segments) yield* postings(segment);
  else yield* segments.flatMap(postings).sort(([one = 0], [other = 0]) => one - other);
}

function postingsOf(
  key: string,
  { bytes, first }: Segment,
  upTo: number,
  meanings: Meanings,
): readonly Posting[] {
  const found: Posting[] = [];
  if (parseSheet(key) !== undefined) {
    unpackLines(
      bytes,
      first,
      upTo,
      (position, thing, manner, body, person, flags, quantity, fromDay, toDay) => {
        found.push([
          position,
          thing,
          meanings.manner(manner),
          meanings.body(body),
          meanings.person(person),
          flags,
          quantity,
          fromDay,
          toDay,
        ]);
      },
    );
    return found;
  }
  const family = parseRollUp(key)?.family;
  if (family === undefined || ofThings(family))
    unpackThings(bytes, first, upTo, (thing, sign, quantity, position) => {
      found.push([position, thing, sign, quantity]);
    });
  else
    unpackSubjects(bytes, first, upTo, (subject, sign, position) => {
      found.push([position, sign, ofBodies(family) ? meanings.body(subject) : meanings.person(subject)]);
    });
  return found;
}

/** One posting of a line, in plain words. */
export interface PostedLine extends Sheet, Manner, Pick<Line, 'body' | 'person'> {
  readonly position: number;
  /** Position of the first event of the thing. */
  readonly thing: number;
  readonly sign: 1 | -1;
  readonly quantity: number;
  readonly from: string;
  readonly to: string;
  readonly basis: 'stated' | 'report-year';
}

/** Every posting of every line up to a position, sheet by sheet, in position order within each. */
export async function* postedLines(store: ReadStore, upTo: number): AsyncGenerator<PostedLine> {
  const index = new LineIndex(store);
  const days = new KnownDays();
  await index.refresh(upTo);
  for (const kind of index.kinds())
    for (const { number, sheet } of index.sheetsOf(kind))
      for (const segment of await store.segments([number], upTo)) {
        const lines: PostedLine[] = [];
        unpackLines(
          segment.bytes,
          segment.first,
          upTo,
          (position, thing, manner, body, person, flags, quantity, fromDay, toDay) =>
            lines.push({
              position,
              thing,
              ...sheet,
              ...index.manner(manner),
              body: index.body(body),
              person: index.person(person),
              sign: flags & gone ? -1 : 1,
              quantity,
              from: days.date(fromDay),
              to: days.date(toDay),
              basis: flags & byReportYear ? 'report-year' : 'stated',
            }),
        );
        yield* lines;
      }
}
