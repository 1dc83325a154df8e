import type { LineKind } from '@ledger/domain';
import type { ReadStore, Segment } from '@ledger/read-store';
import type { LineIndex, NumberedRollUp } from '../lines/line-index';
import { SheetCache, type Making } from '../lines/sheet-cache';
import { unpackSubjects, unpackThings } from '../lines/posting-codec';
import { mixedThings, ofThings, type RollUp, type RollUpFamily } from './roll-up';
import { NumberSet } from './number-set';

/** Sets of things, and of bodies and persons, that are kept between questions, in bytes each. */
const keptBytes = 12 * 2 ** 20;
const pastBytes = 4 * 2 ** 20;

/** How many subjects stand in a roll-up, and the quantity of their lines. */
export interface RollUpTotal {
  readonly subjects: number;
  readonly quantity: number;
}

/** Reads roll-ups at a position: totals by one look each, subjects from their postings. */
export class RollUpReader {
  /** Apart, since there are many more things than bodies or persons: their sets would drive out all others. */
  readonly #things: SheetCache<NumberSet>;
  readonly #subjects: SheetCache<NumberSet>;

  constructor(
    store: Pick<ReadStore, 'segments' | 'segmentsAfter'>,
    readonly index: LineIndex,
  ) {
    this.#things = new SheetCache(store, index, { keptBytes, pastBytes });
    this.#subjects = new SheetCache(store, index, { keptBytes, pastBytes });
  }

  /** The roll-ups of some kinds and a year that fit. */
  find(
    family: RollUpFamily,
    kinds: readonly LineKind[],
    year: number,
    fits: (rollUp: RollUp) => boolean,
  ): NumberedRollUp[] {
    return kinds.flatMap((kind) =>
      this.index.rollUps(family, kind, year).filter(({ rollUp }) => fits(rollUp)),
    );
  }

  /** Whether any thing has activities of several event types. */
  async anyMixed(upTo: number): Promise<boolean> {
    await this.index.refresh(upTo);
    for (const rollUp of this.index.rollUps(mixedThings.family, mixedThings.kind, mixedThings.year))
      for (const { subjects } of await this.totals(rollUp, upTo)) if (subjects > 0) return true;
    return false;
  }

  /** The running totals of a roll-up at a position, partition by partition. */
  async totals({ number, rollUp }: NumberedRollUp, upTo: number): Promise<RollUpTotal[]> {
    const totals: RollUpTotal[] = [];
    for (const segment of await this.index.headsAt(number, upTo)) {
      const { bytes, linesBefore = 0, quantityBefore = 0 } = segment;
      if (segment.last <= upTo || bytes === undefined) {
        totals.push({ subjects: segment.linesAfter, quantity: segment.quantityAfter });
        continue;
      }
      let [subjects, quantity] = [linesBefore, quantityBefore];
      if (ofThings(rollUp.family))
        unpackThings(bytes, segment.first, upTo, (_thing, sign, amount) => {
          subjects += sign;
          quantity += sign * amount;
        });
      else
        unpackSubjects(bytes, segment.first, upTo, (_subject, sign) => {
          subjects += sign;
        });
      totals.push({ subjects, quantity });
    }
    return totals;
  }

  /** What stands under each of some numbers at a position. */
  async standing(
    numbers: readonly number[],
    family: RollUpFamily,
    upTo: number,
  ): Promise<readonly NumberSet[]> {
    return ofThings(family)
      ? this.#things.read(numbers, upTo, () => makings.things)
      : this.#subjects.read(numbers, upTo, () => makings.subjects);
  }

  /** The subjects of each roll-up: things by their first positions, others by their numbers. All are of one family. */
  async subjects(rollUps: readonly NumberedRollUp[], upTo: number): Promise<readonly NumberSet[]> {
    const [first] = rollUps;
    if (first === undefined) return [];
    const numbers = rollUps.map(({ number }) => number);
    return this.standing(numbers, first.rollUp.family, upTo);
  }

  /**
   * How many distinct subjects stand in any of the roll-ups. Where only one has any, its running total says so;
   * otherwise the subjects are put together, since one may be in several.
   */
  async distinct(rollUps: readonly NumberedRollUp[], upTo: number): Promise<number> {
    let inhabited = 0;
    let total = 0;
    for (const rollUp of rollUps)
      for (const { subjects } of await this.totals(rollUp, upTo))
        if (subjects > 0) {
          inhabited += 1;
          total = subjects;
        }
    if (inhabited <= 1) return total;
    return (await this.union(rollUps, upTo)).size;
  }

  /** The subjects that stand in any of the roll-ups. */
  async union(rollUps: readonly NumberedRollUp[], upTo: number): Promise<NumberSet> {
    return NumberSet.union(await this.subjects(rollUps, upTo));
  }
}

const makings = { things: makingOf(true), subjects: makingOf(false) };

function makingOf(things: boolean): Making<NumberSet> {
  return {
    make: (segments, upTo) => subjectsOf(segments, upTo, things),
    extend: (set, segments, after, upTo) => {
      // Somebody may be looking at the set as it was.
      const longer = set.copy();
      for (const segment of segments) post(longer, segment, after, upTo, things);
      return longer;
    },
    bytes: ({ bytes }) => bytes,
  };
}

/** Posts what a segment says after a position and up to another. */
function post(set: NumberSet, { bytes, first }: Segment, after: number, upTo: number, things: boolean): void {
  const on = (subject: number, sign: 1 | -1, position: number): void => {
    if (position <= after) return;
    if (sign > 0) set.add(subject);
    else set.delete(subject);
  };
  if (things)
    unpackThings(bytes, first, upTo, (thing, sign, _quantity, position) => {
      on(thing, sign, position);
    });
  else unpackSubjects(bytes, first, upTo, on);
}

function subjectsOf(segments: readonly Segment[], upTo: number, things: boolean): NumberSet {
  const set = new NumberSet();
  const partitions = new Set(segments.map(({ partition }) => partition));
  // One body or person may stand in several partitions; then each is put together apart.
  const apart = partitions.size > 1;
  for (const partition of partitions) {
    const own = apart ? new NumberSet() : set;
    for (const segment of segments) if (segment.partition === partition) post(own, segment, -1, upTo, things);
    if (apart) set.addAll(own);
  }
  return set;
}
