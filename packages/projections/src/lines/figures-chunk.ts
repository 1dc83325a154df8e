import type { Line, Posting } from '@ledger/domain';
import { gathers, mixedThings, rollUpKey, type RollUp } from '../roll-ups/roll-up';
import { KnownDays } from './day-number';
import { byReportYear, gone } from './posting-codec';
import { Numbered } from './numbered';
import { noMember, PostingRecords, type PostingsChunk } from './postings-chunk';
import { mannerKey, sheetKey } from './sheet';

/** A thing in a roll-up of things: how many of its lines are there, and their quantity. */
interface Presence {
  readonly sheet: number;
  lines: number;
  quantity: number;
}

/** More persons than a ledger knows. */
const persons = 2 ** 31;

/** What is under a key, made where it is missing. */
function of<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

const newMap = <K, V>(): Map<K, V> => new Map<K, V>();

/** Numbers by sort, event and offer or role, then year. */
type ByParts = Map<string, Map<string, Map<string | null, Map<number | null, number>>>>;

function yearsUnder(
  map: ByParts,
  kind: string,
  event: string,
  third: string | null,
): Map<number | null, number> {
  const byEvent = of(map, kind, newMap<string, Map<string | null, Map<number | null, number>>>);
  const byThird = of(byEvent, event, newMap<string | null, Map<number | null, number>>);
  return of(byThird, third, newMap<number | null, number>);
}

/** Turns postings into records. */
export class FiguresChunkMaker {
  readonly #days = new KnownDays();
  /** By kind (with a mark where illustrative), event and offer or role, then year. */
  readonly #plainSheets: ByParts = new Map();
  readonly #thingsSheets: ByParts = new Map();
  /** By role, then party. */
  readonly #plainManners = new Map<string | null, Map<string | null, number>>();
  /** By manner; then by body and person in one number. */
  readonly #memberNumbers: (Map<number, number> | undefined)[] = [];
  #memberCount = 0;
  readonly #sheets = new Numbered();
  readonly #bodies = new Numbered();
  readonly #persons = new Numbered();
  readonly #manners = new Numbered();
  #members: number[] = [];
  readonly #records = new PostingRecords();

  /**
   * What an event of a thing posts: the lines that came and went, and how the thing stands in roll-ups.
   * @throws RangeError where a line has a date that is none; then nothing is recorded
   */
  add(
    position: number,
    thing: number,
    postings: readonly Posting[],
    before: readonly Line[],
    after: readonly Line[],
  ): void {
    // Whatever is wrong is found out before anything is recorded.
    for (const { line } of postings) {
      this.#days.of(line.from);
      this.#days.of(line.to);
    }
    for (const { sign, line } of postings) {
      const { day: fromDay, year } = this.#days.of(line.from);
      const { day: toDay, year: lastYear } = this.#days.of(line.to);
      this.#records.add(
        position,
        thing,
        this.#sheet(line, year === lastYear ? year : null),
        this.#member(line),
        (sign < 0 ? gone : 0) + (line.basis === 'report-year' ? byReportYear : 0),
        line.quantity,
        fromDay,
        toDay,
      );
    }
    this.#postThing(position, thing, before, after);
  }

  /** The records since the last call, and the keys they use first. */
  take(): PostingsChunk {
    const records = this.#records.take();
    const members = this.#members;
    this.#members = [];
    return {
      records,
      sheets: this.#sheets.take(),
      bodies: this.#bodies.take(),
      persons: this.#persons.take(),
      manners: this.#manners.take(),
      members,
    };
  }

  /** Posts how the thing stands in roll-ups of things, where that changed. */
  #postThing(position: number, thing: number, before: readonly Line[], after: readonly Line[]): void {
    const was = this.#presences(before);
    const is = this.#presences(after);
    for (const { sheet, lines, quantity } of was) {
      const now = is.find((presence) => presence.sheet === sheet);
      if (now === undefined || now.lines === 0 || now.quantity !== quantity)
        this.#records.add(position, thing, sheet, noMember, gone, quantity, lines, 0);
    }
    for (const { sheet, lines, quantity } of is) {
      const earlier = was.find((presence) => presence.sheet === sheet);
      if (earlier?.quantity !== quantity)
        this.#records.add(position, thing, sheet, noMember, 0, quantity, lines, 0);
    }
  }

  #presences(lines: readonly Line[]): Presence[] {
    const found: Presence[] = [];
    let activity: Line['event'] | undefined;
    let mixed = false;
    for (const line of lines) {
      if (line.kind === 'activity') {
        if (activity !== undefined && activity !== line.event) mixed = true;
        activity = line.event;
      }
      if (!gathers('things', line.kind)) continue;
      const { year } = this.#days.of(line.from);
      if (year !== this.#days.of(line.to).year) continue;
      const sheet = this.#thingsSheet(line, year);
      const known = found.find((presence) => presence.sheet === sheet);
      if (known === undefined) found.push({ sheet, lines: 1, quantity: line.quantity });
      else {
        known.lines += 1;
        known.quantity += line.quantity;
      }
    }
    if (mixed) found.push({ sheet: this.#mixedSheet(), lines: 1, quantity: 1 });
    return found;
  }

  #sheet(line: Line, year: number | null): number {
    const { kind, event, offer, amountFrom, amountTo, illustrative } = line;
    // Found by its parts one after another, which costs less than making a key; amounts are few.
    if (amountFrom === null && amountTo === null) {
      const byYear = yearsUnder(this.#plainSheets, illustrative ? `${kind}!` : kind, event, offer);
      let number = byYear.get(year);
      if (number === undefined) {
        number = this.#sheets.number(
          sheetKey({ kind, year, event, offer, amountFrom, amountTo, illustrative }),
        );
        byYear.set(year, number);
      }
      return number;
    }
    return this.#sheets.number(sheetKey({ kind, year, event, offer, amountFrom, amountTo, illustrative }));
  }

  #thingsSheet(line: Line, year: number): number {
    const { kind, event, illustrative, role } = line;
    const byYear = yearsUnder(this.#thingsSheets, illustrative ? `${kind}!` : kind, event, role);
    let number = byYear.get(year);
    if (number === undefined) {
      const rollUp: RollUp = {
        family: 'things',
        kind,
        year,
        event,
        illustrative,
        role,
        offer: null,
        party: null,
      };
      number = this.#sheets.number(rollUpKey(rollUp));
      byYear.set(year, number);
    }
    return number;
  }

  #mixedSheet(): number {
    return this.#sheets.number(rollUpKey(mixedThings));
  }

  #manner(line: Line): number {
    const { role, party } = line;
    const onlyRoleAndParty =
      line.subject === null &&
      line.savingsArea === null &&
      line.gainType === null &&
      line.realisation === null &&
      line.assurance === null &&
      line.amountBasis === null &&
      line.qualifier === null;
    if (!onlyRoleAndParty) return this.#manners.number(mannerKey(line));
    const byParty = of(this.#plainManners, role, newMap<string | null, number>);
    let number = byParty.get(party);
    if (number === undefined) {
      number = this.#manners.number(mannerKey(line));
      byParty.set(party, number);
    }
    return number;
  }

  #member(line: Line): number {
    const body = line.body === null ? -1 : this.#bodies.number(line.body);
    const person = line.person === null ? -1 : this.#persons.number(line.person);
    const manner = this.#manner(line);
    let members = this.#memberNumbers[manner];
    if (members === undefined) this.#memberNumbers[manner] = members = new Map<number, number>();
    const key = (body + 1) * persons + person + 1;
    let number = members.get(key);
    if (number === undefined) {
      number = this.#memberCount++;
      members.set(key, number);
      this.#members.push(body, person, manner);
    }
    return number;
  }
}
