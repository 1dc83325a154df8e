import type { Segment } from '@ledger/read-store';
import { byReportYear, gone, unpackLines } from './posting-codec';
import type { SheetLines } from './sheet-lines';

/**
 * The lines of a sheet with those that were posted after a position. Where there is room the columns are not copied: who
 * looks at the sheet as it was sees as many lines as before, and of a line that has gone since that it went later.
 * @param segments those of the sheet that end after the position, in order, of one partition
 */
export function longerLines(lines: SheetLines, segments: readonly Segment[], after: number): SheetLines {
  let most = lines.length;
  for (const { postings } of segments) most += postings;
  const { position, went, thing, manner, body, person, quantity, fromDay, toDay, reportYear } = withRoom(
    lines,
    most,
  );
  let used = lines.length;
  for (const { bytes, first } of segments)
    unpackLines(bytes, first, Infinity, (at, ofThing, how, whose, who, flags, amount, from, to) => {
      if (at <= after) return;
      const basis = flags & byReportYear ? 1 : 0;
      if (flags & gone) {
        // From the last: what goes has mostly come of late.
        let line = lastBefore(thing, ofThing, used);
        while (
          line !== -1 &&
          (went[line] !== Infinity ||
            manner[line] !== how ||
            body[line] !== whose ||
            person[line] !== who ||
            quantity[line] !== amount ||
            fromDay[line] !== from ||
            toDay[line] !== to ||
            reportYear[line] !== basis)
        )
          line = lastBefore(thing, ofThing, line);
        if (line === -1) throw new RangeError('A line went that never came');
        went[line] = at;
        return;
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
      used += 1;
    });
  return {
    length: used,
    position: position.subarray(0, used),
    went: went.subarray(0, used),
    thing: thing.subarray(0, used),
    manner: manner.subarray(0, used),
    body: body.subarray(0, used),
    person: person.subarray(0, used),
    quantity: quantity.subarray(0, used),
    fromDay: fromDay.subarray(0, used),
    toDay: toDay.subarray(0, used),
    reportYear: reportYear.subarray(0, used),
  };
}

/** The last of a thing's lines before one; −1 where there is none. */
function lastBefore(thing: Float64Array, wanted: number, line: number): number {
  return line === 0 ? -1 : thing.lastIndexOf(wanted, line - 1);
}

/** The columns with room for a number of lines. */
function withRoom(lines: SheetLines, length: number): Omit<SheetLines, 'length'> {
  return {
    position: longer(Float64Array, lines.position, length),
    went: longer(Float64Array, lines.went, length),
    thing: longer(Float64Array, lines.thing, length),
    manner: longer(Uint32Array, lines.manner, length),
    body: longer(Uint32Array, lines.body, length),
    person: longer(Uint32Array, lines.person, length),
    quantity: longer(Float64Array, lines.quantity, length),
    fromDay: longer(Int32Array, lines.fromDay, length),
    toDay: longer(Int32Array, lines.toDay, length),
    reportYear: longer(Uint8Array, lines.reportYear, length),
  };
}

type Column = Float64Array | Uint32Array | Int32Array | Uint8Array;

interface ColumnOf<A extends Column> {
  new (length: number): A;
  new (buffer: ArrayBufferLike, offset: number, length: number): A;
}

/** A column with room for a number of lines: itself where it has the room, else a copy that has an eighth more. */
function longer<A extends Column>(Columns: ColumnOf<A>, column: A, length: number): A {
  if (column.buffer.byteLength >= length * column.BYTES_PER_ELEMENT)
    return new Columns(column.buffer, 0, length);
  const grown = new Columns(length + (length >>> 3) + 16);
  grown.set(column);
  return grown;
}
