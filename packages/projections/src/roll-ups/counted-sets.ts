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

  /** Begins to count one in which nobody of its partition has ever been. */
  begin(): void {
    this.#counts = new SubjectCounts();
  }

  /** Lets go of the counts; returns the bytes they took. */
  forget(): number {
    const bytes = this.#counts?.bytes ?? 0;
    this.#counts = undefined;
    return bytes;
  }
}

/** What lines have in common that decides which roll-ups they are in. */
interface SlotOfLines {
  readonly sheet: Sheet | undefined;
  readonly manner: Pick<Manner, 'role' | 'party'>;
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

  /**
   * The roll-ups that lines of each sheet with a role and party are in. Those that are new are numbered together: each
   * time that a store gives numbers is a transaction.
   */
  async of(transaction: WriteTransaction, slots: readonly SlotOfLines[]): Promise<(readonly CountedSet[])[]> {
    const keyed = slots.map(({ sheet, manner: { role, party } }) =>
      (sheet === undefined ? [] : rollUpsOf(sheet, role, party)).map((rollUp) => ({
        key: rollUpKey(rollUp),
        rollUp,
      })),
    );
    const fresh = new Map<string, RollUp>();
    for (const { key, rollUp } of keyed.flat()) if (!this.#sets.has(key)) fresh.set(key, rollUp);
    const numbers = fresh.size === 0 ? [] : await transaction.intern('sheet', [...fresh.keys()]);
    for (const [at, [key, rollUp]] of [...fresh].entries())
      this.#sets.set(key, new CountedSet(numbers[at] ?? 0, rollUp));
    return keyed.map((rollUps) => rollUps.flatMap(({ key }) => this.#sets.get(key) ?? []));
  }

  /** Whether the counts of a roll-up are in memory; it is in use. */
  has(set: CountedSet): boolean {
    set.usedAt = this.#turn;
    if (!set.ready && this.#whole) set.begin();
    return set.ready;
  }

  /** Counts roll-ups in which somebody has been from the store, all after one look at what is in it. */
  async count(sets: Iterable<CountedSet>): Promise<void> {
    const index = (this.#index ??= new LineIndex(this.store));
    await index.refreshAnyway();
    for (const set of sets) set.take(await countSubjects(this.store, index, set.rollUp, this.partition));
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
