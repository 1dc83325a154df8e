import type { Segment } from '@ledger/read-store';
import { byReportYear, gone, unpackLines } from './posting-codec';

/** The lines of one sheet that stand at a position, in columns, in the order in which they were last posted. */
export interface SheetLines {
  readonly length: number;
  readonly position: Float64Array;
  readonly thing: Float64Array;
  /** Numbers of the dictionaries; 0 for no body or person. */
  readonly manner: Uint32Array;
  readonly body: Uint32Array;
  readonly person: Uint32Array;
  readonly quantity: Float64Array;
  readonly fromDay: Int32Array;
  readonly toDay: Int32Array;
  readonly reportYear: Uint8Array;
  /** How many equal lines of the thing stand; nearly always 1. */
  readonly count: Int32Array;
}

/** Bytes of one line in the columns. */
export const bytesOfLine = 49;

/** Nets what the segments of a sheet posted up to a position. */
export function linesOfSegments(segments: readonly Segment[], upTo: number): SheetLines {
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
  const count = new Int32Array(most);
  // The lines of a thing are chained: its last one by number, and each knows the one before.
  const places = placesFor(most);
  const earlier = new Int32Array(most);
  let used = 0;
  let changed = false;
  for (const segment of segments)
    unpackLines(
      segment.bytes,
      segment.first,
      upTo,
      (at, ofThing, how, whose, who, flags, amount, from, to) => {
        const sign = flags & gone ? -1 : 1;
        const basis = flags & byReportYear ? 1 : 0;
        const place = placeOf(places, thing, ofThing);
        const last = (places[place] ?? 0) - 1;
        for (let line = last; line !== -1; line = earlier[line] ?? -1)
          if (
            manner[line] === how &&
            body[line] === whose &&
            person[line] === who &&
            quantity[line] === amount &&
            fromDay[line] === from &&
            toDay[line] === to &&
            reportYear[line] === basis
          ) {
            count[line] = (count[line] ?? 0) + sign;
            if (at > (position[line] ?? 0)) position[line] = at;
            changed = true;
            return;
          }
        position[used] = at;
        thing[used] = ofThing;
        manner[used] = how;
        body[used] = whose;
        person[used] = who;
        quantity[used] = amount;
        fromDay[used] = from;
        toDay[used] = to;
        reportYear[used] = basis;
        count[used] = sign;
        earlier[used] = last;
        used += 1;
        places[place] = used;
      },
    );
  const whole = { position, thing, manner, body, person, quantity, fromDay, toDay, reportYear, count };
  if (!changed && segments.every(({ partition }) => partition === segments[0]?.partition))
    return { ...firstOf(whole, used), length: used };
  const standing: number[] = [];
  for (let line = 0; line < used; line++) if (count[line] !== 0) standing.push(line);
  standing.sort((a, b) => (position[a] ?? 0) - (position[b] ?? 0) || a - b);
  return { ...picked(whole, standing), length: standing.length };
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
    count: columns.count.slice(0, length),
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
    count: new Int32Array(length),
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
    found.count[at] = columns.count[line] ?? 0;
  }
  return found;
}
