import type { StandingLine } from '@ledger/domain';
import type { ReadStore } from '@ledger/read-store';
import { dateOfDay } from './day-number';
import { unpackPostings, type PackedPosting } from './posting-codec';
import { parseMember, parseSheet, type Member, type Sheet } from './sheet';

/** Postings of one line of one thing, netted. */
interface Netted {
  readonly posting: PackedPosting;
  count: number;
  position: number;
}

/** Reads the lines that stand at a position: one implementation for every figure, now or as recorded by. */
export class LineReader {
  readonly #sheets: Sheet[] = [];
  readonly #members: Member[] = [];

  constructor(readonly store: ReadStore) {}

  /** The standing lines of the sheets and members wanted. */
  async standing(
    wanted: { readonly sheet: (sheet: Sheet) => boolean; readonly member?: (member: Member) => boolean },
    upTo: number,
  ): Promise<StandingLine[]> {
    await this.#refresh();
    const lines: StandingLine[] = [];
    for (const [at, sheet] of this.#sheets.entries())
      if (wanted.sheet(sheet)) lines.push(...(await this.#sheetLines(at + 1, sheet, wanted.member, upTo)));
    return lines;
  }

  /** The financial years that have lines of records, figures brought forward not among them. */
  async yearsWithLines(upTo: number): Promise<readonly number[]> {
    await this.#refresh();
    const years = new Set<number>();
    for (const [at, sheet] of this.#sheets.entries()) {
      if (sheet.year === null || sheet.kind === 'figure' || years.has(sheet.year)) continue;
      const segments = await this.store.segments(at + 1, upTo);
      if (segments.length > 0) years.add(sheet.year);
    }
    return [...years].sort((a, b) => a - b);
  }

  async #sheetLines(
    number: number,
    sheet: Sheet,
    wanted: ((member: Member) => boolean) | undefined,
    upTo: number,
  ): Promise<StandingLine[]> {
    const net = new Map<string, Netted>();
    for (const segment of await this.store.segments(number, upTo))
      for (const posting of unpackPostings(segment.bytes, segment.first, upTo)) {
        const key = `${posting.thing}/${posting.member}/${posting.quantity}/${posting.fromDay}/${posting.toDay}`;
        const netted = net.get(key);
        if (netted === undefined) net.set(key, { posting, count: posting.sign, position: posting.position });
        else {
          netted.count += posting.sign;
          netted.position = Math.max(netted.position, posting.position);
        }
      }
    const lines: StandingLine[] = [];
    for (const { posting, count, position } of net.values()) {
      if (count === 0) continue;
      const member = this.#member(posting.member);
      if (wanted !== undefined && !wanted(member)) continue;
      const { year: _year, ...keys } = sheet;
      const line = {
        ...keys,
        ...member,
        from: dateOfDay(posting.fromDay),
        to: dateOfDay(posting.toDay),
        quantity: posting.quantity,
      };
      lines.push({ line, thing: BigInt(posting.thing), position: BigInt(position), count });
    }
    return lines;
  }

  #member(number: number): Member {
    const member = this.#members[number - 1];
    if (member === undefined) throw new RangeError(`The member ${number} is not in the dictionary`);
    return member;
  }

  /** Dictionaries only grow, so what was read stays true; written by number, since calls may overlap. */
  async #refresh(): Promise<void> {
    const sheetsKnown = this.#sheets.length;
    const membersKnown = this.#members.length;
    const [sheets, members] = await Promise.all([
      this.store.dictionary('sheet', sheetsKnown + 1),
      this.store.dictionary('member', membersKnown + 1),
    ]);
    sheets.forEach((key, at) => (this.#sheets[sheetsKnown + at] = parseSheet(key)));
    members.forEach((key, at) => (this.#members[membersKnown + at] = parseMember(key)));
  }
}
