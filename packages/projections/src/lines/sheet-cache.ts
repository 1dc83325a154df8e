import type { ReadStore, Segment } from '@ledger/read-store';
import { Kept, type State } from './kept';
import type { LineIndex } from './line-index';
import { nextTurn } from './next-turn';

/** How many sheets are read from the store at once. */
const sheetsAtOnce = 100;
/** How many postings are unpacked before others have a turn: a millisecond or two. */
const postingsInTurn = 10_000;

/** What is made of the segments of a sheet up to a position, and the bytes it takes. */
export interface Making<V> {
  readonly make: (segments: readonly Segment[], upTo: number) => V;
  readonly bytes: (made: V) => number;
}

/**
 * Reads sheets at a position, those that it has not got all at once. What a sheet ends with is kept for later
 * questions; what it was at an earlier position, for the many looks of one question.
 */
export class SheetCache<V> {
  readonly #kept: Kept<V>;
  readonly #past: Kept<V>;

  constructor(
    readonly store: Pick<ReadStore, 'segments'>,
    readonly index: LineIndex,
    { keptBytes, pastBytes }: { readonly keptBytes: number; readonly pastBytes: number },
  ) {
    this.#kept = new Kept<V>(keptBytes);
    this.#past = new Kept<V>(pastBytes);
  }

  /** What is made of each sheet, in the order of their numbers as given. */
  async read(
    numbers: readonly number[],
    upTo: number,
    making: (number: number) => Making<V>,
  ): Promise<readonly V[]> {
    const found = new Map<number, V>();
    const missing: number[] = [];
    for (const number of numbers) {
      const [kept, state] = this.#place(number, upTo);
      const known = kept.get(number, state);
      if (known === undefined) missing.push(number);
      else found.set(number, known);
    }
    for (let at = 0; at < missing.length; at += sheetsAtOnce)
      await this.#readMissing(missing.slice(at, at + sheetsAtOnce), upTo, making, found);
    return numbers.flatMap((number) => found.get(number) ?? []);
  }

  async #readMissing(
    numbers: readonly number[],
    upTo: number,
    making: (number: number) => Making<V>,
    found: Map<number, V>,
  ): Promise<void> {
    // Taken before anything is read: what is read may be of later, but never of earlier than what it is kept as.
    const places = numbers.map((number) => ({ number, place: this.#place(number, upTo) }));
    const bySheet = new Map<number, Segment[]>();
    for (const segment of await this.store.segments(numbers, upTo)) {
      const known = bySheet.get(segment.sheet);
      if (known === undefined) bySheet.set(segment.sheet, [segment]);
      else known.push(segment);
    }
    let postings = 0;
    for (const { number, place } of places) {
      const { make, bytes } = making(number);
      const segments = bySheet.get(number) ?? [];
      const made = make(segments, upTo);
      for (const segment of segments) postings += segment.postings;
      if (postings >= postingsInTurn) {
        postings = 0;
        await nextTurn();
      }
      const [kept, state] = place;
      kept.set(number, state, made, 200 + bytes(made));
      found.set(number, made);
    }
  }

  /** Where it is kept, and under which state. */
  #place(number: number, upTo: number): [Kept<V>, State] {
    const state = this.index.stateOf(number, upTo);
    return state === undefined ? [this.#past, `at ${upTo}`] : [this.#kept, state];
  }
}
