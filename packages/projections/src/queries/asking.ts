import { isLondonDate, londonMidnightAfter } from '@ledger/calendar';
import type { Register } from '@ledger/councils';
import type { Catalogue, Counted } from '@ledger/domain';
import type { EventLog } from '@ledger/event-log';
import type { ReadStore } from '@ledger/read-store';
import type { Fact } from '../documents/fact';
import { RecordFinder } from '../documents/record-finder';
import { appliedTo, parkedIn, projectedStores, type ProjectedStores } from '../runtime/projected-stores';
import { LineReader } from '../lines/line-reader';
import { NumberSet } from '../roll-ups/number-set';
import { RollUpReader } from '../roll-ups/roll-up-reader';
import type { AskedAt, Standing } from './answers';
import { CountedFigures } from './counted-figures';
import { ReferenceData, type Periods } from './reference-data';

/** A question that cannot be answered as it was put: what was wrong, and what to ask instead. */
export class QuestionRefusedError extends Error {
  constructor(
    readonly code:
      | 'UNKNOWN_MEASURE'
      | 'UNKNOWN_OFFER'
      | 'UNKNOWN_PROGRAMME'
      | 'UNKNOWN_GROUP'
      | 'NOT_RECORDED_YET'
      | 'INVALID_QUESTION'
      | 'WITHHELD',
    /** The part of the question at fault, for example `measure`. */
    readonly path: string,
    message: string,
  ) {
    super(message);
    this.name = 'QuestionRefusedError';
  }
}

/** Everything one question is answered from: one position, and register and catalogue as recorded by it. */
export interface Ground {
  readonly position: bigint;
  readonly upTo: number;
  readonly register: Register;
  readonly catalogue: Catalogue;
  readonly periods: Periods;
  /** Where the numbers of the sheets and roll-ups that are looked at are noted, for what is kept. */
  readonly seen?: Set<number>;
  /** What the answer says about itself. */
  readonly answered: Standing;
}

/** Resolves *as recorded by* and brings together what questions are answered from. */
export class Asking {
  readonly lines: LineReader;
  readonly rollUps: RollUpReader;
  readonly records: RecordFinder;
  readonly counted: CountedFigures<Counted>;
  /** How many things are dated too widely to be known to lie in a year. */
  readonly unsure: CountedFigures<number>;
  readonly stores: ProjectedStores;
  readonly #reference: ReferenceData;
  readonly #councils = new WeakMap<Register, { readonly of: number; readonly numbers: NumberSet }>();

  constructor(
    store: ReadStore | ProjectedStores,
    readonly log: Pick<EventLog, 'positionAt' | 'readPage' | 'readStream'>,
    readonly rebuilding: () => boolean = () => false,
  ) {
    this.stores = projectedStores(store);
    const { figures, documents } = this.stores;
    this.lines = new LineReader(figures);
    this.rollUps = new RollUpReader(figures, this.lines.index);
    this.counted = new CountedFigures(this.lines.index);
    this.unsure = new CountedFigures(this.lines.index);
    this.records = new RecordFinder(documents);
    this.#reference = new ReferenceData(documents);
  }

  /** The position every partition has reached: answers are at it or before it. */
  async applied(): Promise<bigint> {
    return BigInt(await appliedTo(this.stores));
  }

  /** The adjustments proposed up to a position, the oldest first. */
  async adjustmentIds(position: bigint): Promise<readonly string[]> {
    return this.#reference.adjustmentIds(position);
  }

  /** Every figure that was published up to a position, in the order in which they were. */
  async publicationFacts(position: bigint): Promise<readonly Fact[]> {
    return this.#reference.publications(position);
  }

  /** @throws QuestionRefusedError for a date that is none, or a position not recorded yet */
  async ground(at: AskedAt = {}): Promise<Ground> {
    const applied = await this.applied();
    const position = await this.#position(at, applied);
    const upTo = Number(position);
    const [register, catalogue, periods, importing, parked] = await Promise.all([
      this.#reference.register(position),
      this.#reference.catalogue(position),
      this.#reference.periods(position),
      this.#reference.importing(position),
      parkedIn(this.stores, upTo),
    ]);
    return {
      position,
      upTo,
      register,
      catalogue,
      periods,
      answered: {
        position: String(position),
        asRecordedBy: at.date ?? (at.position === undefined ? null : String(at.position)),
        parked,
        incomplete: parked > 0 || importing > 0,
        ...(importing > 0 && { importing }),
        ...(this.rebuilding() && { rebuilding: true as const }),
      },
    };
  }

  /** The numbers of bodies that are councils of the ground's register, whenever they existed. */
  councils({ register }: Ground): NumberSet {
    const { bodies } = this.lines.index;
    const kept = this.#councils.get(register);
    if (kept?.of === bodies.length) return kept.numbers;
    const numbers = new NumberSet();
    for (const [at, body] of bodies.entries()) if (register.isCouncil(body)) numbers.add(at + 1);
    this.#councils.set(register, { of: bodies.length, numbers });
    return numbers;
  }

  async #position({ date, position }: AskedAt, applied: bigint): Promise<bigint> {
    if (position !== undefined) {
      if (position < 0n || position > applied)
        throw new QuestionRefusedError(
          'NOT_RECORDED_YET',
          'asRecordedBy',
          `Position ${position} is not recorded yet; the newest that can be asked about is ${applied}.`,
        );
      return position;
    }
    if (date === undefined) return applied;
    if (!isLondonDate(date))
      throw new QuestionRefusedError(
        'INVALID_QUESTION',
        'asRecordedBy',
        `${date} is no date; write it as 2017-06-30.`,
      );
    // As recorded by a London date: the last position recorded before the next midnight.
    const recorded = await this.log.positionAt(londonMidnightAfter(date));
    return recorded < applied ? recorded : applied;
  }
}
