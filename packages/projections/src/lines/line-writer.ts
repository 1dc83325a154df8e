import type { ReadStore, WriteTransaction } from '@ledger/read-store';
import { ofBodies, rollUpKey, rollUpsOf, type RollUp } from '../roll-ups/roll-up';
import { countSubjects, type SubjectCounts } from '../roll-ups/subject-counts';
import { noMember, recordWidth, type PostingsChunk } from './postings-chunk';
import { LineIndex } from './line-index';
import { OpenSegment } from './open-segment';
import { gone } from './posting-codec';
import { memberKey, parseManner, parseSheet, type Manner, type Sheet } from './sheet';

/** How many subjects' counts are kept between transactions; others are counted anew when they are needed. */
const keptCounts = 400_000;
/** How many open segments are kept between transactions; others are read back when they are written to. */
const keptSegments = 8_000;

/** One more than any number of a body or person. */
const subjects = 2 ** 31;

interface NumberedSet {
  readonly number: number;
  readonly rollUp: RollUp;
}

/** A role and party: what roll-ups tell apart among the members of a sheet. */
interface Standing extends Pick<Manner, 'role' | 'party'> {
  readonly number: number;
}

/** The numbers of one maker of chunks, and what they are in the store. */
class Numbering {
  readonly sheets: { readonly number: number; readonly sheet: Sheet | undefined }[] = [];
  readonly bodies: number[] = [];
  readonly persons: number[] = [];
  readonly manners: { readonly number: number; readonly standing: Standing }[] = [];
  readonly members: number[] = [];
  readonly memberBody: number[] = [];
  readonly memberPerson: number[] = [];
  readonly memberStanding: Standing[] = [];
  /** The roll-ups of bodies and persons that lines of a sheet and standing are in, by the numbers of both. */
  readonly sets = new Map<number, readonly NumberedSet[]>();
}

/** The records of one maker, as far as they are posted. */
interface Source {
  readonly records: Float64Array;
  readonly numbering: Numbering;
  at: number;
}

/** More than there are roles and parties together. */
const standings = 1024;

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('A record names a number that no chunk has brought');
  return value;
}

/** Packs postings of one partition into segments, and keeps the roll-ups of them. The only writer of its partition. */
export class LineWriter {
  readonly #open = new Map<number, OpenSegment>();
  readonly #touched = new Set<OpenSegment>();
  readonly #numberings = new Map<number, Numbering>();
  readonly #standings = new Map<string, Standing>();
  readonly #setNumbers = new Map<string, NumberedSet>();
  readonly #counts = new Map<number, SubjectCounts>();
  #index: LineIndex | undefined;
  /** True while memory holds everything that was ever written: then nothing is looked up in the store. */
  #whole: boolean;

  /** `whole`: nothing is in the store yet, and everything is to be kept in memory, which a bulk rebuild is faster by. */
  constructor(
    readonly store: ReadStore,
    readonly partition: number,
    readonly bulk: { readonly whole: boolean } = { whole: false },
  ) {
    this.#whole = bulk.whole;
  }

  /** Forgets everything: to be called when a transaction failed, so that memory and store agree again. */
  reset(): void {
    this.#open.clear();
    this.#touched.clear();
    this.#numberings.clear();
    this.#setNumbers.clear();
    this.#counts.clear();
    this.#index = undefined;
    this.#whole = false;
  }

  /**
   * Takes over records of events that follow those before. Several makers' chunks are of the same stretch of the log;
   * they are put in position order here.
   */
  async add(transaction: WriteTransaction, chunks: readonly PostingsChunk[]): Promise<void> {
    const sources: Source[] = [];
    for (const [maker, chunk] of chunks.entries()) {
      let numbering = this.#numberings.get(maker);
      if (numbering === undefined) {
        numbering = new Numbering();
        this.#numberings.set(maker, numbering);
      }
      await this.#learn(transaction, chunk, numbering);
      await this.#prepareSets(transaction, chunk.records, numbering);
      await this.#openSheets(chunk.records, numbering);
      sources.push({ records: chunk.records, numbering, at: 0 });
    }
    this.#post(sources);
  }

  /** Writes the segments that were added to. To be called once, at the end of the transaction. */
  async flush(transaction: WriteTransaction): Promise<void> {
    await transaction.putSegments([...this.#touched].map((segment) => segment.toSegment()));
    this.#touched.clear();
  }

  /** Lets go of what has not been used for longest. To be called between transactions. */
  trim(): void {
    if (this.#whole) return;
    let counts = 0;
    for (const ofSet of this.#counts.values()) counts += ofSet.size;
    for (const [set, ofSet] of this.#counts) {
      if (counts <= keptCounts) break;
      this.#counts.delete(set);
      counts -= ofSet.size;
    }
    for (const sheet of this.#open.keys()) {
      if (this.#open.size <= keptSegments) break;
      this.#open.delete(sheet);
    }
  }

  /** Numbers the keys that a chunk brings. */
  async #learn(transaction: WriteTransaction, chunk: PostingsChunk, numbering: Numbering): Promise<void> {
    if (chunk.bodies.length > 0) numbering.bodies.push(...(await transaction.intern('body', chunk.bodies)));
    if (chunk.persons.length > 0)
      numbering.persons.push(...(await transaction.intern('person', chunk.persons)));
    if (chunk.sheets.length > 0) {
      const numbers = await transaction.intern('sheet', chunk.sheets);
      for (const [at, key] of chunk.sheets.entries())
        numbering.sheets.push({ number: need(numbers[at]), sheet: parseSheet(key) });
    }
    if (chunk.manners.length > 0) {
      const numbers = await transaction.intern('manner', chunk.manners);
      for (const [at, key] of chunk.manners.entries())
        numbering.manners.push({ number: need(numbers[at]), standing: this.#standing(parseManner(key)) });
    }
    const keys: string[] = [];
    for (let at = 0; at < chunk.members.length; at += 3) {
      const body = numbering.bodies[chunk.members[at] ?? -1] ?? 0;
      const person = numbering.persons[chunk.members[at + 1] ?? -1] ?? 0;
      const { number, standing } = need(numbering.manners[chunk.members[at + 2] ?? -1]);
      numbering.memberBody.push(body);
      numbering.memberPerson.push(person);
      numbering.memberStanding.push(standing);
      keys.push(memberKey(body, person, number));
    }
    if (keys.length > 0) numbering.members.push(...(await transaction.intern('member', keys)));
  }

  #standing({ role, party }: Manner): Standing {
    const key = `${role} ${party}`;
    let standing = this.#standings.get(key);
    if (standing === undefined) {
      standing = { role, party, number: this.#standings.size };
      if (standing.number >= standings) throw new RangeError('There are more roles and parties than can be');
      this.#standings.set(key, standing);
    }
    return standing;
  }

  /** Sees to it that the roll-ups that the records touch have numbers, and their counts and last segments are in memory. */
  async #prepareSets(
    transaction: WriteTransaction,
    records: Float64Array,
    numbering: Numbering,
  ): Promise<void> {
    const seen = new Set<number>();
    for (let at = 0; at < records.length; at += recordWidth) {
      const member = need(records[at + 3]);
      if (member === noMember) continue;
      const sheetNumber = need(records[at + 2]);
      const standing = need(numbering.memberStanding[member]);
      const key = sheetNumber * standings + standing.number;
      if (seen.has(key)) continue;
      seen.add(key);
      let sets = numbering.sets.get(key);
      if (sets === undefined) {
        const { sheet } = need(numbering.sheets[sheetNumber]);
        sets = await this.#numberSets(
          transaction,
          sheet === undefined ? [] : rollUpsOf(sheet, standing.role, standing.party),
        );
        numbering.sets.set(key, sets);
      }
      for (const { number, rollUp } of sets) {
        let counts = this.#counts.get(number);
        if (counts === undefined) {
          counts = this.#whole ? new Map<number, number>() : await this.#countSubjects(rollUp);
        } else this.#counts.delete(number);
        // Put last: those not used for longest come first.
        this.#counts.set(number, counts);
        await this.#openSheet(number);
      }
    }
  }

  async #countSubjects(rollUp: RollUp): Promise<SubjectCounts> {
    const index = (this.#index ??= new LineIndex(this.store));
    await index.refreshAnyway();
    return countSubjects(this.store, index, rollUp, this.partition);
  }

  async #numberSets(
    transaction: WriteTransaction,
    rollUps: readonly RollUp[],
  ): Promise<readonly NumberedSet[]> {
    const sets: NumberedSet[] = [];
    for (const rollUp of rollUps) {
      const key = rollUpKey(rollUp);
      let set = this.#setNumbers.get(key);
      if (set === undefined) {
        const [number] = await transaction.intern('sheet', [key]);
        set = { number: need(number), rollUp };
        this.#setNumbers.set(key, set);
      }
      sets.push(set);
    }
    return sets;
  }

  /** Sees to it that the last segments of the sheets that the records name are in memory. */
  async #openSheets(records: Float64Array, numbering: Numbering): Promise<void> {
    const seen = new Set<number>();
    for (let at = 0; at < records.length; at += recordWidth) {
      const sheet = need(records[at + 2]);
      if (seen.has(sheet)) continue;
      seen.add(sheet);
      await this.#openSheet(need(numbering.sheets[sheet]).number);
    }
  }

  async #openSheet(sheet: number): Promise<void> {
    if (this.#whole || this.#open.has(sheet)) return;
    const stored = await this.store.lastSegment(this.partition, sheet);
    if (stored !== undefined) this.#open.set(sheet, OpenSegment.of(stored));
  }

  #segmentFor(sheet: number, position: number): OpenSegment {
    let segment = this.#open.get(sheet);
    if (segment === undefined) segment = new OpenSegment(this.partition, sheet, position, 0, 0);
    else if (!segment.takes(position))
      segment = new OpenSegment(this.partition, sheet, position, segment.lines, segment.quantity);
    else {
      this.#touched.add(segment);
      return segment;
    }
    this.#open.set(sheet, segment);
    this.#touched.add(segment);
    return segment;
  }

  #post(sources: readonly Source[]): void {
    for (;;) {
      let next: Source | undefined;
      let position = Infinity;
      for (const source of sources) {
        const at = source.records[source.at];
        if (at !== undefined && at < position) {
          position = at;
          next = source;
        }
      }
      if (next === undefined) return;
      this.#postEvent(next, position);
    }
  }

  /** Posts the records of one event. */
  #postEvent(source: Source, position: number): void {
    const { records, numbering } = source;
    let end = source.at;
    let anyGone = false;
    for (; records[end] === position; end += recordWidth) if (need(records[end + 4]) & gone) anyGone = true;
    // Where lines only come, a subject comes with its first; where some go, it counts how things stand at the end.
    const before = anyGone ? new Map<number, boolean>() : undefined;
    for (let at = source.at; at < end; at += recordWidth)
      this.#postOne(records, at, position, numbering, before);
    source.at = end;
    for (const [key, had] of before ?? []) {
      const set = Math.floor(key / subjects);
      const subject = key - set * subjects;
      const has = need(this.#counts.get(set)).has(subject);
      if (has !== had) this.#segmentFor(set, position).addSubject(position, subject, had);
    }
  }

  #postOne(
    records: Float64Array,
    at: number,
    position: number,
    numbering: Numbering,
    before: Map<number, boolean> | undefined,
  ): void {
    const thing = need(records[at + 1]);
    const sheetNumber = need(records[at + 2]);
    const member = need(records[at + 3]);
    const flags = need(records[at + 4]);
    const quantity = need(records[at + 5]);
    const segment = this.#segmentFor(need(numbering.sheets[sheetNumber]).number, position);
    if (member === noMember) {
      segment.addThing(position, thing, (flags & gone) !== 0, quantity);
      return;
    }
    segment.addLine(
      position,
      thing,
      need(numbering.members[member]),
      flags,
      quantity,
      need(records[at + 6]),
      need(records[at + 7]),
    );
    const standing = need(numbering.memberStanding[member]);
    for (const { number, rollUp } of need(numbering.sets.get(sheetNumber * standings + standing.number))) {
      const subject = ofBodies(rollUp.family) ? numbering.memberBody[member] : numbering.memberPerson[member];
      if (subject === undefined || subject === 0) continue;
      const counts = need(this.#counts.get(number));
      const count = counts.get(subject) ?? 0;
      if (before !== undefined) {
        const key = number * subjects + subject;
        if (!before.has(key)) before.set(key, count > 0);
      } else if (count === 0) this.#segmentFor(number, position).addSubject(position, subject, false);
      const next = count + (flags & gone ? -1 : 1);
      if (next === 0) counts.delete(subject);
      else counts.set(subject, next);
    }
  }
}
