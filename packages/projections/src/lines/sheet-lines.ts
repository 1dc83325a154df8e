import type { Segment } from '@ledger/read-store';
import { byReportYear, gone, unpackLines } from './posting-codec';

/**
 * The lines of one sheet in columns, in the order in which they came: those that stand and those that went, so that one
 * reading of a sheet tells what stood at any position.
 */
export interface SheetLines {
  readonly length: number;
  /** The position at which it came. */
  readonly position: Float64Array;
  /** The position at which it went; infinite while it stands. */
  readonly went: Float64Array;
  readonly thing: Float64Array;
  /** Numbers of the dictionaries; 0 for no body or person. */
  readonly manner: Uint32Array;
  readonly body: Uint32Array;
  readonly person: Uint32Array;
  readonly quantity: Float64Array;
  readonly fromDay: Int32Array;
  readonly toDay: Int32Array;
  readonly reportYear: Uint8Array;
}

/** Bytes of one line in the columns. */
const bytesOfLine = 53;

/** Bytes of columns, with the room for more lines that they may have. */
export function bytesOfLines({ reportYear }: SheetLines): number {
  return reportYear.buffer.byteLength * bytesOfLine;
}

/** What the segments of a sheet posted: a line that went ends the one that came. */
export function linesOfSegments(segments: readonly Segment[]): SheetLines {
  let most = 0;
  for (const { postings } of segments) most += postings;
  const position = new Float64Array(most);
  const thing = new Float64Array(most);
  const manner = new Uint32Array(most);
  const body = new Uint32Array(most);
  const person = new Uint32Array(most);
  const quantity = new Float64Array(most);
  const fromDay = new Int32Array(most);
  const toDay = new Int32Array(most);
  const reportYear = new Uint8Array(most);
  const went = new Float64Array(most);
  // The lines of a thing are chained: its last one by number, and each knows the one before.
  const places = placesFor(most);
  const earlier = new Int32Array(most);
  let used = 0;
  for (const { bytes, first } of segments)
    unpackLines(bytes, first, Infinity, (at, ofThing, how, whose, who, flags, amount, from, to) => {
      const basis = flags & byReportYear ? 1 : 0;
      const place = placeOf(places, thing, ofThing);
      const last = (places[place] ?? 0) - 1;
      if (flags & gone) {
        for (let line = last; line !== -1; line = earlier[line] ?? -1)
          if (
            went[line] === Infinity &&
            manner[line] === how &&
            body[line] === whose &&
            person[line] === who &&
            quantity[line] === amount &&
            fromDay[line] === from &&
            toDay[line] === to &&
            reportYear[line] === basis
          ) {
            went[line] = at;
            return;
          }
        throw new RangeError('A line went that never came');
      }
      position[used] = at;
      went[used] = Infinity;
      thing[used] = ofThing;
      manner[used] = how;
      body[used] = whose;
      person[used] = who;
      quantity[used] = amount;
      fromDay[used] = from;
      toDay[used] = to;
      reportYear[used] = basis;
      earlier[used] = last;
      used += 1;
      places[place] = used;
    });
  const whole = { position, went, thing, manner, body, person, quantity, fromDay, toDay, reportYear };
  if (segments.every(({ partition }) => partition === segments[0]?.partition))
    return { ...firstOf(whole, used), length: used };
  const order = Array.from({ length: used }, (_, line) => line);
  order.sort((a, b) => (position[a] ?? 0) - (position[b] ?? 0) || a - b);
  return { ...picked(whole, order), length: used };
}

/** Room for the last line of each thing, one more than its number: at most half full. */
function placesFor(most: number): Int32Array {
  return new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, most) * 2)));
}

/** The place of a thing: where its last line is noted, or where it is to be. */
function placeOf(places: Int32Array, thing: Float64Array, wanted: number): number {
  const last = places.length - 1;
  // Positions follow one another; a multiplication spreads them.
  let place = Math.imul(wanted, 0x9e3779b1) & last;
  for (;;) {
    const line = places[place] ?? 0;
    if (line === 0 || thing[line - 1] === wanted) return place;
    place = (place + 1) & last;
  }
}

type Columns = Omit<SheetLines, 'length'>;

function firstOf(columns: Columns, length: number): Columns {
  if (length === columns.position.length) return columns;
  return {
    position: columns.position.slice(0, length),
    thing: columns.thing.slice(0, length),
    manner: columns.manner.slice(0, length),
    body: columns.body.slice(0, length),
    person: columns.person.slice(0, length),
    quantity: columns.quantity.slice(0, length),
    fromDay: columns.fromDay.slice(0, length),
    toDay: columns.toDay.slice(0, length),
    reportYear: columns.reportYear.slice(0, length),
    went: columns.went.slice(0, length),
  };
}

function picked(columns: Columns, lines: readonly number[]): Columns {
  const length = lines.length;
  const found = {
    position: new Float64Array(length),
    thing: new Float64Array(length),
    manner: new Uint32Array(length),
    body: new Uint32Array(length),
    person: new Uint32Array(length),
    quantity: new Float64Array(length),
    fromDay: new Int32Array(length),
    toDay: new Int32Array(length),
    reportYear: new Uint8Array(length),
    went: new Float64Array(length),
  };
  for (let at = 0; at < length; at++) {
    const line = lines[at] ?? 0;
    found.position[at] = columns.position[line] ?? 0;
    found.thing[at] = columns.thing[line] ?? 0;
    found.manner[at] = columns.manner[line] ?? 0;
    found.body[at] = columns.body[line] ?? 0;
    found.person[at] = columns.person[line] ?? 0;
    found.quantity[at] = columns.quantity[line] ?? 0;
    found.fromDay[at] = columns.fromDay[line] ?? 0;
    found.toDay[at] = columns.toDay[line] ?? 0;
    found.reportYear[at] = columns.reportYear[line] ?? 0;
    found.went[at] = columns.went[line] ?? Infinity;
  }
  return found;
}
