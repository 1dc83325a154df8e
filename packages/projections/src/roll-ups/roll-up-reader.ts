import type { LineKind } from '@ledger/domain';
import type { ReadStore, Segment } from '@ledger/read-store';
import { Kept } from '../lines/kept';
import type { LineIndex, NumberedRollUp } from '../lines/line-index';
import { stateAt } from '../lines/line-reader';
import { unpackSubjects, unpackThings } from '../lines/posting-codec';
import { mixedThings, ofThings, type RollUp, type RollUpFamily } from './roll-up';
import { NumberSet } from './number-set';

const nobody = new NumberSet();

/** Sets of subjects that are kept between questions, in bytes. */
const keptBytes = 12 * 2 ** 20;
const keptPastBytes = 4 * 2 ** 20;

/** How many subjects stand in a roll-up, and the quantity of their lines. */
export interface RollUpTotal {
  readonly subjects: number;
  readonly quantity: number;
}

/** Reads roll-ups at a position: totals by one look each, subjects from their postings. */
export class RollUpReader {
  readonly #kept = new Kept<NumberSet>(keptBytes);
  /** Within one question a set is read many times at one position. */
  readonly #past = new Kept<NumberSet>(keptPastBytes);

  constructor(
    readonly store: Pick<ReadStore, 'segments'>,
    readonly index: LineIndex,
  ) {}

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

  /** The subjects that stand in a roll-up at a position: things by their first positions, others by their numbers. */
  async subjects({ number, rollUp }: NumberedRollUp, upTo: number): Promise<NumberSet> {
    return this.standing(number, rollUp.family, upTo);
  }

  /** What stands under a number at a position. */
  async standing(number: number, family: RollUpFamily, upTo: number): Promise<NumberSet> {
    const state = stateAt(await this.index.headsAt(number, upTo), upTo);
    const [kept, key] = state === undefined ? [this.#past, `at ${upTo}`] : [this.#kept, state];
    let set = kept.get(number, key);
    if (set === undefined) {
      set = subjectsOf(await this.store.segments(number, upTo), upTo, family);
      kept.set(number, key, set, 200 + set.bytes);
    }
    return set;
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
    const sets: NumberSet[] = [];
    for (const rollUp of rollUps) sets.push(await this.subjects(rollUp, upTo));
    const [only] = sets;
    if (only === undefined) return nobody;
    if (sets.length === 1) return only;
    const all = new NumberSet();
    for (const set of sets) all.addAll(set);
    return all;
  }
}

function subjectsOf(segments: readonly Segment[], upTo: number, family: RollUpFamily): NumberSet {
  const set = new NumberSet();
  const partitions = new Set(segments.map(({ partition }) => partition));
  // One body or person may stand in several partitions; then each is put together apart.
  const apart = partitions.size > 1;
  for (const partition of partitions) {
    const own = apart ? new NumberSet() : set;
    for (const segment of segments) {
      if (segment.partition !== partition) continue;
      if (ofThings(family))
        unpackThings(segment.bytes, segment.first, upTo, (thing, sign) => {
          if (sign > 0) own.add(thing);
          else own.delete(thing);
        });
      else
        unpackSubjects(segment.bytes, segment.first, upTo, (subject, sign) => {
          if (sign > 0) own.add(subject);
          else own.delete(subject);
        });
    }
    if (apart) set.addAll(own);
  }
  return set;
}
