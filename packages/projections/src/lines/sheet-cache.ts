import type { ReadStore, Segment } from '@ledger/read-store';
import { Kept, type State } from './kept';
import type { LineIndex } from './line-index';
import { nextTurn } from './next-turn';

/** How many sheets are read from the store at once: the largest take some ten milliseconds together. */
const sheetsAtOnce = 40;
/** How many postings are unpacked before others have a turn: a millisecond or two. */
const postingsInTurn = 10_000;

/** What is made of the segments of a sheet up to a position, and the bytes it takes. */
export interface Making<V> {
  readonly make: (segments: readonly Segment[], upTo: number) => V;
  /**
   * What was made, and what segments say after a position as well, up to another. What was made may be in use, and goes
   * on telling what it told of its own position. The segments are in order and of one partition.
   */
  readonly extend: (made: V, segments: readonly Segment[], after: number, upTo: number) => V;
  readonly bytes: (made: V) => number;
}

/** What was made of a sheet. */
interface Made<V> {
  readonly value: V;
  /** All that was posted up to here is in it, and nothing later. Undefined where several partitions post in the sheet. */
  readonly through: number | undefined;
}

/** A sheet that is to be read, and where what is made of it is to be kept. */
interface Missing<V> {
  /** Its place among those asked for. */
  readonly at: number;
  readonly number: number;
  readonly kept: Kept<Made<V>>;
  readonly state: State;
}

/**
 * Reads sheets at a position, those that it has not got all at once. What a sheet ends with is kept for later
 * questions, and of a sheet that has grown since only what is new is read; what it was at an earlier position is kept
 * for the many looks of one question.
 */
export class SheetCache<V> {
  readonly #kept: Kept<Made<V>>;
  readonly #past: Kept<Made<V>>;

  constructor(
    readonly store: Pick<ReadStore, 'segments' | 'segmentsAfter'>,
    readonly index: LineIndex,
    { keptBytes, pastBytes }: { readonly keptBytes: number; readonly pastBytes: number },
  ) {
    this.#kept = new Kept(keptBytes);
    this.#past = new Kept(pastBytes);
  }

  /** What is made of each sheet, in the order of their numbers as given. */
  async read(
    numbers: readonly number[],
    upTo: number,
    making: (number: number) => Making<V>,
  ): Promise<readonly V[]> {
    const found: V[] = [];
    const grown: Missing<V>[] = [];
    const missing: Missing<V>[] = [];
    const past = { kept: this.#past, state: `at ${upTo}` };
    let at = -1;
    // Thousands of sheets are looked at for one figure, and nearly all of them are kept.
    for (const number of numbers) {
      at += 1;
      // Before anything is read: what is read may be of later, but never of earlier than what it is kept as.
      const state = this.index.stateOf(number, upTo);
      const known = state === undefined ? past.kept.get(number, past.state) : this.#kept.get(number, state);
      if (known !== undefined) {
        found[at] = known.value;
        continue;
      }
      const place = { at, number, ...(state === undefined ? past : { kept: this.#kept, state }) };
      (this.#begun(place, upTo) === undefined ? missing : grown).push(place);
    }
    for (let first = 0; first < grown.length; first += sheetsAtOnce)
      missing.push(...(await this.#readOn(grown.slice(first, first + sheetsAtOnce), upTo, making, found)));
    for (let first = 0; first < missing.length; first += sheetsAtOnce)
      await this.#readWhole(missing.slice(first, first + sheetsAtOnce), upTo, making, found);
    return found;
  }

  /** What was made of a sheet when it was shorter, if that is kept, and how far it goes. */
  #begun({ number, kept }: Missing<V>, upTo: number): { value: V; through: number } | undefined {
    if (kept !== this.#kept || !this.index.ofOnePartition(number)) return undefined;
    const made = kept.ofAnyState(number);
    if (made?.through === undefined || made.through > upTo) return undefined;
    return { value: made.value, through: made.through };
  }

  /** Reads what is new in sheets that have grown. Returns those whose beginning has been let go of meanwhile. */
  async #readOn(
    grown: readonly Missing<V>[],
    upTo: number,
    making: (number: number) => Making<V>,
    found: V[],
  ): Promise<readonly Missing<V>[]> {
    const read = grown.flatMap((place) => {
      const begun = this.#begun(place, upTo);
      return begun === undefined ? [] : [{ place, from: begun.through }];
    });
    const segments = bySheet(
      await this.store.segmentsAfter(
        read.map(({ place, from }) => ({ sheet: place.number, after: from })),
        upTo,
      ),
    );
    const turns = new Turns();
    const lost: Missing<V>[] = [];
    for (const place of grown) {
      // Another question may have read on meanwhile: what it has is gone on from, so that nothing is posted twice.
      const begun = this.#begun(place, upTo);
      const from = read.find((one) => one.place === place)?.from;
      if (begun === undefined || from === undefined || begun.through < from) {
        lost.push(place);
        continue;
      }
      const { number } = place;
      const fresh = (segments.get(number) ?? []).filter(({ last }) => last > begun.through);
      const { extend } = making(number);
      const value = fresh.length === 0 ? begun.value : extend(begun.value, fresh, begun.through, upTo);
      const through = Math.max(begun.through, Math.min(upTo, fresh.at(-1)?.last ?? 0));
      this.#keep(place, { value, through }, making, found);
      await turns.after(fresh);
    }
    return lost;
  }

  async #readWhole(
    places: readonly Missing<V>[],
    upTo: number,
    making: (number: number) => Making<V>,
    found: V[],
  ): Promise<void> {
    const segments = bySheet(
      await this.store.segments(
        places.map(({ number }) => number),
        upTo,
      ),
    );
    const turns = new Turns();
    for (const place of places) {
      const own = segments.get(place.number) ?? [];
      const value = making(place.number).make(own, upTo);
      this.#keep(place, { value, through: throughOf(own, upTo) }, making, found);
      await turns.after(own);
    }
  }

  #keep(
    { at, number, kept, state }: Missing<V>,
    made: Made<V>,
    making: (number: number) => Making<V>,
    found: V[],
  ): void {
    kept.set(number, state, made, 200 + making(number).bytes(made.value));
    found[at] = made.value;
  }
}

/** Gives others a turn now and then while segments are unpacked. */
class Turns {
  #postings = 0;

  async after(segments: readonly Segment[]): Promise<void> {
    for (const { postings } of segments) this.#postings += postings;
    if (this.#postings < postingsInTurn) return;
    this.#postings = 0;
    await nextTurn();
  }
}

function bySheet(segments: readonly Segment[]): ReadonlyMap<number, readonly Segment[]> {
  const found = new Map<number, Segment[]>();
  for (const segment of segments) {
    const known = found.get(segment.sheet);
    if (known === undefined) found.set(segment.sheet, [segment]);
    else known.push(segment);
  }
  return found;
}

/** How far what segments say goes, where all are of one partition. */
function throughOf(segments: readonly Segment[], upTo: number): number | undefined {
  const last = segments.at(-1);
  if (last === undefined) return 0;
  if (segments.some(({ partition }) => partition !== last.partition)) return undefined;
  return Math.min(upTo, last.last);
}
