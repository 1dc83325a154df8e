import type { ReadStore, WriteTransaction } from '@ledger/read-store';
import { LineIndex } from '../lines/line-index';
import type { Manner, Sheet } from '../lines/sheet';
import { ofBodies, rollUpKey, rollUpsOf, type RollUp } from './roll-up';
import { countSubjects, SubjectCounts } from './subject-counts';

/** How many bytes of counts are kept between transactions; others are counted anew when they are needed. */
const keptBytes = 24 * 2 ** 20;

/** A roll-up of bodies or persons that is written to, and how many lines each of them has. */
export class CountedSet {
  readonly ofBodies: boolean;
  #counts: SubjectCounts | undefined;
  /** When it was last made ready, in turns. */
  usedAt = 0;

  constructor(
    readonly number: number,
    readonly rollUp: RollUp,
  ) {
    this.ofBodies = ofBodies(rollUp.family);
  }

  get ready(): boolean {
    return this.#counts !== undefined;
  }

  /** The counts; they are ready. */
  get counts(): SubjectCounts {
    if (this.#counts === undefined) throw new RangeError('A roll-up is written to before it is counted');
    return this.#counts;
  }

  take(counts: SubjectCounts): void {
    this.#counts = counts;
  }

  /** Lets go of the counts; returns the bytes they took. */
  forget(): number {
    const bytes = this.#counts?.bytes ?? 0;
    this.#counts = undefined;
    return bytes;
  }
}

/** The roll-ups of bodies and persons of one partition, as far as they are written to. */
export class CountedSets {
  readonly #sets = new Map<string, CountedSet>();
  #index: LineIndex | undefined;
  #turn = 0;
  /** True while memory holds everything that was ever written: then nothing is counted from the store. */
  #whole: boolean;

  constructor(
    readonly store: ReadStore,
    readonly partition: number,
    whole: boolean,
  ) {
    this.#whole = whole;
  }

  /** The roll-ups that lines of a sheet with a role and party are in. */
  async of(
    transaction: WriteTransaction,
    sheet: Sheet | undefined,
    { role, party }: Pick<Manner, 'role' | 'party'>,
  ): Promise<readonly CountedSet[]> {
    const sets: CountedSet[] = [];
    for (const rollUp of sheet === undefined ? [] : rollUpsOf(sheet, role, party)) {
      const key = rollUpKey(rollUp);
      let set = this.#sets.get(key);
      if (set === undefined) {
        const [number = 0] = await transaction.intern('sheet', [key]);
        set = new CountedSet(number, rollUp);
        this.#sets.set(key, set);
      }
      sets.push(set);
    }
    return sets;
  }

  /** Sees to it that the counts of a roll-up are in memory; undefined where there is nothing to wait for. */
  prepare(set: CountedSet): Promise<void> | undefined {
    set.usedAt = this.#turn;
    if (set.ready) return undefined;
    if (!this.#whole) return this.#count(set);
    set.take(new SubjectCounts());
    return undefined;
  }

  async #count(set: CountedSet): Promise<void> {
    const index = (this.#index ??= new LineIndex(this.store));
    await index.refreshAnyway();
    set.take(await countSubjects(this.store, index, set.rollUp, this.partition));
  }

  /** Lets go of the counts that have not been used for longest. To be called between transactions. */
  trim(): void {
    this.#turn += 1;
    if (this.#whole) return;
    let bytes = 0;
    for (const set of this.#sets.values()) if (set.ready) bytes += set.counts.bytes;
    if (bytes <= keptBytes) return;
    for (const set of [...this.#sets.values()].sort((a, b) => a.usedAt - b.usedAt)) {
      if (bytes <= keptBytes) break;
      bytes -= set.forget();
    }
  }

  /** Forgets everything: the store is the truth. */
  reset(): void {
    this.#sets.clear();
    this.#index = undefined;
    this.#whole = false;
  }
}
