import type { Dictionary, ReadStore, WriteTransaction } from '@ledger/read-store';
import { CountedSets, type CountedSet } from '../roll-ups/counted-sets';
import { SegmentsInWriting } from './segments-in-writing';
import { lineWidth, thingWidth, type PostingsChunk } from './postings-chunk';
import { gone } from './posting-codec';
import { parseManner, parseSheet, type Manner, type Sheet } from './sheet';

/** What a slot of a maker is in the store. */
interface WrittenSlot {
  readonly sheet: number;
  /** The roll-ups of bodies and persons that its lines are in. */
  readonly sets: readonly CountedSet[];
}

/** The numbers of one maker of chunks, and what they are in the store. */
class Numbering {
  readonly sheets: { readonly number: number; readonly sheet: Sheet | undefined }[] = [];
  readonly manners: { readonly number: number; readonly manner: Manner }[] = [];
  readonly slots: WrittenSlot[] = [];
  /** By the maker's number plus one; 0 is none in both. */
  readonly bodies: number[] = [0];
  readonly persons: number[] = [0];
}

/** The rows of one maker, as far as they are posted. */
interface Source {
  readonly rows: Float64Array;
  readonly numbering: Numbering;
  at: number;
}

/** One more than any number of a body or person. */
const subjects = 2 ** 31;

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('A row names a number that no chunk has brought');
  return value;
}

/** Packs postings of one partition into segments, and keeps the roll-ups of them. The only writer of its partition. */
export class LineWriter {
  readonly #segments: SegmentsInWriting;
  readonly #sets: CountedSets;
  readonly #numberings = new Map<number, Numbering>();

  /** `whole`: nothing is in the store yet, and everything is to be kept in memory, which a bulk rebuild is faster by. */
  constructor(
    readonly store: ReadStore,
    readonly partition: number,
    bulk: { readonly whole: boolean } = { whole: false },
  ) {
    this.#segments = new SegmentsInWriting(store, partition, bulk.whole);
    this.#sets = new CountedSets(store, partition, bulk.whole);
  }

  /** Forgets everything: to be called when a transaction failed, so that memory and store agree again. */
  reset(): void {
    this.#segments.reset();
    this.#sets.reset();
    this.#numberings.clear();
  }

  /**
   * Takes over rows of events that follow those before. Several makers' chunks are of the same stretch of the log;
   * they are put in position order here.
   */
  async add(transaction: WriteTransaction, chunks: readonly PostingsChunk[]): Promise<void> {
    const lines: Source[] = [];
    const things: Source[] = [];
    for (const [maker, chunk] of chunks.entries()) {
      let numbering = this.#numberings.get(maker);
      if (numbering === undefined) {
        numbering = new Numbering();
        this.#numberings.set(maker, numbering);
      }
      await this.#learn(transaction, chunk, numbering);
      await this.#prepare(chunk, numbering);
      lines.push({ rows: chunk.lines, numbering, at: 0 });
      things.push({ rows: chunk.things, numbering, at: 0 });
    }
    inOrder(lines, (source, position) => this.#postLines(source, position));
    inOrder(things, (source, position) => this.#postThings(source, position));
  }

  /** Writes the segments that were added to. To be called once, at the end of the transaction. */
  async flush(transaction: WriteTransaction): Promise<void> {
    await this.#segments.flush(transaction);
  }

  /** Lets go of what has not been used for longest. To be called between transactions. */
  trim(): void {
    this.#segments.trim();
    this.#sets.trim();
  }

  /** Numbers the keys that a chunk brings. */
  async #learn(transaction: WriteTransaction, chunk: PostingsChunk, numbering: Numbering): Promise<void> {
    const { sheets, manners, slots } = chunk;
    const numbersOf = async (dictionary: Dictionary, keys: readonly string[]): Promise<readonly number[]> =>
      keys.length === 0 ? [] : transaction.intern(dictionary, keys);
    // At the same time, as each may be a way over the network and a commit there.
    const [ofBodies, ofPersons, ofSheets, ofManners] = await Promise.all([
      numbersOf('body', chunk.bodies),
      numbersOf('person', chunk.persons),
      numbersOf('sheet', sheets),
      numbersOf('manner', manners),
    ]);
    for (const number of ofBodies) numbering.bodies.push(number);
    for (const number of ofPersons) numbering.persons.push(number);
    for (const [at, key] of sheets.entries())
      numbering.sheets.push({ number: need(ofSheets[at]), sheet: parseSheet(key) });
    for (const [at, key] of manners.entries())
      numbering.manners.push({ number: need(ofManners[at]), manner: parseManner(key) });
    const fresh: { readonly number: number; readonly sheet: Sheet | undefined; readonly manner: Manner }[] =
      [];
    for (let at = 0; at < slots.length; at += 2) {
      const { number, sheet } = need(numbering.sheets[need(slots[at])]);
      const { manner } = need(numbering.manners[need(slots[at + 1])]);
      fresh.push({ number, sheet, manner });
    }
    for (const [at, sets] of (await this.#sets.of(transaction, fresh)).entries())
      numbering.slots.push({ sheet: need(fresh[at]).number, sets });
  }

  /** Sees to it that what is written on in is in memory: nothing is looked up any more once posting has begun. */
  async #prepare({ lines, things }: PostingsChunk, numbering: Numbering): Promise<void> {
    const toRead = new Set<number>();
    const toCount = new Set<CountedSet>();
    let before = -1;
    for (let at = 0; at < lines.length; at += lineWidth) {
      const slot = need(lines[at + 2]);
      if (slot === before) continue;
      before = slot;
      const { sheet, sets } = need(numbering.slots[slot]);
      if (!this.#segments.has(sheet)) toRead.add(sheet);
      for (const set of sets) {
        if (!this.#sets.has(set)) toCount.add(set);
        if (!this.#segments.has(set.number)) toRead.add(set.number);
      }
    }
    for (let at = 0; at < things.length; at += thingWidth) {
      const { number } = need(numbering.sheets[need(things[at + 2])]);
      if (!this.#segments.has(number)) toRead.add(number);
    }
    if (toRead.size > 0) await this.#segments.read(toRead);
    const known: CountedSet[] = [];
    for (const set of toCount)
      if (this.#segments.has(set.number)) known.push(set);
      else set.begin();
    if (known.length > 0) await this.#sets.count(known);
  }

  /** Posts the lines of one event. */
  #postLines(source: Source, position: number): void {
    const { rows, numbering } = source;
    let end = source.at;
    let anyGone = false;
    for (; rows[end] === position; end += lineWidth) if (need(rows[end + 3]) & gone) anyGone = true;
    // Where lines only come, a subject comes with its first; where some go, it counts how things stand at the end.
    const before = anyGone
      ? new Map<number, { readonly set: CountedSet; readonly had: boolean }>()
      : undefined;
    for (let at = source.at; at < end; at += lineWidth) this.#postLine(rows, at, position, numbering, before);
    source.at = end;
    for (const [key, { set, had }] of before ?? []) {
      const subject = key - set.number * subjects;
      if (set.counts.has(subject) !== had)
        this.#segments.of(set.number, position).addSubject(position, subject, had);
    }
  }

  #postLine(
    rows: Float64Array,
    at: number,
    position: number,
    numbering: Numbering,
    before: Map<number, { readonly set: CountedSet; readonly had: boolean }> | undefined,
  ): void {
    const { sheet, sets } = need(numbering.slots[need(rows[at + 2])]);
    const mannerAndFlags = need(rows[at + 3]);
    const flags = mannerAndFlags & 3;
    const body = need(numbering.bodies[need(rows[at + 4])]);
    const person = need(numbering.persons[need(rows[at + 5])]);
    this.#segments
      .of(sheet, position)
      .addLine(
        position,
        need(rows[at + 1]),
        need(numbering.manners[mannerAndFlags >> 2]).number,
        body,
        person,
        flags,
        need(rows[at + 6]),
        need(rows[at + 7]),
        need(rows[at + 8]),
      );
    for (const set of sets) {
      const subject = set.ofBodies ? body : person;
      if (subject === 0) continue;
      if (before !== undefined) {
        const key = set.number * subjects + subject;
        if (!before.has(key)) before.set(key, { set, had: set.counts.has(subject) });
        if (flags & gone) set.counts.decrease(subject);
        else set.counts.increase(subject);
      } else if (set.counts.increase(subject) === 0)
        this.#segments.of(set.number, position).addSubject(position, subject, false);
    }
  }

  /** Posts the things of one event. */
  #postThings(source: Source, position: number): void {
    const { rows, numbering } = source;
    let { at } = source;
    for (; rows[at] === position; at += thingWidth)
      this.#segments
        .of(need(numbering.sheets[need(rows[at + 2])]).number, position)
        .addThing(position, need(rows[at + 1]), (need(rows[at + 3]) & gone) !== 0, need(rows[at + 4]));
    source.at = at;
  }
}

/** Posts the rows of several makers event by event, in position order. */
function inOrder(sources: readonly Source[], post: (source: Source, position: number) => void): void {
  for (;;) {
    let next: Source | undefined;
    let position = Infinity;
    for (const source of sources) {
      const at = source.rows[source.at];
      if (at !== undefined && at < position) {
        position = at;
        next = source;
      }
    }
    if (next === undefined) return;
    post(next, position);
  }
}
