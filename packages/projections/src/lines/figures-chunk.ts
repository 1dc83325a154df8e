import type { Line } from '@ledger/domain';
import { mixedThings, rollUpKey } from '../roll-ups/roll-up';
import { KnownDays, type KnownDay } from './day-number';
import { rowWidth, tellDifference, type LineRows } from './line-rows';
import { Numbered } from './numbered';
import { byReportYear, gone } from './posting-codec';
import { addThing, lineWidth, NumberRows, type PostingsChunk } from './postings-chunk';
import { Slots, type Place } from './slots';

/** The roll-ups that a thing is in, two numbers each: the sheet, and the quantity of its lines there. */
type Presences = readonly number[];

const nowhere: Presences = [];

/** The quantity of a thing in a sheet; undefined where it is not there. */
function quantityIn(presences: Presences, sheet: number): number | undefined {
  for (let at = 0; at < presences.length; at += 2) if (presences[at] === sheet) return presences[at + 1];
  return undefined;
}

/** Turns lines that came and went into rows of numbers. */
export class FiguresChunkMaker {
  readonly #days = new KnownDays();
  readonly #sheets = new Numbered();
  readonly #slots = new Slots(this.#sheets);
  readonly #bodies = new Numbered();
  readonly #persons = new Numbered();
  readonly #lines = new NumberRows();
  readonly #things = new NumberRows();
  /** The lines of one event share nearly everything: what was found for the one before. */
  #before: Line | undefined;
  #first: KnownDay = { day: 0, year: 0 };
  #last: KnownDay = { day: 0, year: 0 };
  #place: Place | undefined;

  /** The lines of a thing in numbers. @throws RangeError where a line has a date that is none */
  rowsOf(lines: readonly Line[]): LineRows {
    const rows: number[] = [];
    for (const line of lines) {
      const slot = this.#slots.slot(this.#locate(line), line);
      rows.push(
        slot.number,
        this.#slots.manner(slot, line) * 4 + (line.basis === 'report-year' ? byReportYear : 0),
        line.body === null ? 0 : this.#bodies.number(line.body) + 1,
        line.person === null ? 0 : this.#persons.number(line.person) + 1,
        line.quantity,
        this.#first.day,
        this.#last.day,
      );
    }
    // Things keep them, and what grew by pushing has room for as much again.
    return rows.slice();
  }

  /** What an event of a thing posts: the lines that came and went, and how the thing stands in roll-ups. */
  add(position: number, thing: number, before: LineRows, after: LineRows): void {
    if (before === after) return;
    const came = (rows: LineRows, at: number): void => this.#post(position, thing, rows, at, 0);
    if (before.length === 0) for (let at = 0; at < after.length; at += rowWidth) came(after, at);
    else tellDifference(before, after, (rows, at) => this.#post(position, thing, rows, at, gone), came);
    this.#postThing(position, thing, this.#presences(before), this.#presences(after));
  }

  /** What was made since the last call, and the keys it uses first. */
  take(): PostingsChunk {
    return {
      lines: this.#lines.take(),
      things: this.#things.take(),
      ...this.#slots.take(),
      sheets: this.#sheets.take(),
      bodies: this.#bodies.take(),
      persons: this.#persons.take(),
    };
  }

  /** Finds the days of a line, and the place of its slot. */
  #locate(line: Line): Place {
    const before = this.#before;
    if (
      this.#place !== undefined &&
      before !== undefined &&
      line.from === before.from &&
      line.to === before.to &&
      line.event === before.event &&
      line.offer === before.offer &&
      line.illustrative === before.illustrative
    )
      return this.#place;
    const first = this.#days.of(line.from);
    const last = line.to === line.from ? first : this.#days.of(line.to);
    this.#first = first;
    this.#last = last;
    this.#before = line;
    return (this.#place = this.#slots.place(line, first.year === last.year ? first.year : null));
  }

  #post(position: number, thing: number, rows: LineRows, from: number, flags: number): void {
    const at = this.#lines.room(lineWidth);
    const { values } = this.#lines;
    values[at] = position;
    values[at + 1] = thing;
    values[at + 2] = rows[from] ?? 0;
    values[at + 3] = (rows[from + 1] ?? 0) + flags;
    values[at + 4] = rows[from + 2] ?? 0;
    values[at + 5] = rows[from + 3] ?? 0;
    values[at + 6] = rows[from + 4] ?? 0;
    values[at + 7] = rows[from + 5] ?? 0;
    values[at + 8] = rows[from + 6] ?? 0;
  }

  /** Posts how the thing stands in roll-ups of things, where that changed. */
  #postThing(position: number, thing: number, was: Presences, is: Presences): void {
    for (let at = 0; at < was.length; at += 2) {
      const sheet = was[at] ?? 0;
      const quantity = was[at + 1] ?? 0;
      if (quantityIn(is, sheet) !== quantity) addThing(this.#things, position, thing, sheet, gone, quantity);
    }
    for (let at = 0; at < is.length; at += 2) {
      const sheet = is[at] ?? 0;
      const quantity = is[at + 1] ?? 0;
      if (quantityIn(was, sheet) !== quantity) addThing(this.#things, position, thing, sheet, 0, quantity);
    }
  }

  #presences(rows: LineRows): Presences {
    if (rows.length === 0) return nowhere;
    const found: number[] = [];
    let known: Line['event'] | undefined;
    let mixed = false;
    for (let at = 0; at < rows.length; at += rowWidth) {
      const { activity, things } = this.#slots.byNumber(rows[at] ?? 0);
      if (activity !== undefined) {
        if (known !== undefined && known !== activity) mixed = true;
        known = activity;
      }
      if (things !== -1) addTo(found, things, rows[at + 4] ?? 0);
    }
    if (mixed) addTo(found, this.#sheets.number(rollUpKey(mixedThings)), 1);
    return found;
  }
}

function addTo(presences: number[], sheet: number, quantity: number): void {
  for (let at = 0; at < presences.length; at += 2)
    if (presences[at] === sheet) {
      presences[at + 1] = (presences[at + 1] ?? 0) + quantity;
      return;
    }
  presences.push(sheet, quantity);
}
