import type { Queryable } from '@ledger/postgres';
import type { Dictionary, FactRow, ParkedEvent, Segment } from '../port';
import type { KeptEvent, TopicTransaction } from '../topic-store';
import { putKept } from './kept-events';
import { fromFacts, fromParked, fromSegments } from './rows';
import { putFacts, putParked, putSegments } from './statements';

/** How many rows go to the server in one statement: some 8 MB of segments. */
const rowsAtOnce = 4000;

/**
 * What a step writes, gathered until the step is complete. So the transaction is as short as it can be, whatever time
 * folding takes, and each table is written by as few statements as possible.
 */
export class StagedStep implements TopicTransaction {
  /** By place: one that is written again is written once. */
  readonly #segments = new Map<string, Segment>();
  readonly #facts: FactRow[] = [];
  readonly #parked: ParkedEvent[] = [];
  readonly #kept: KeptEvent[] = [];

  constructor(
    readonly intern: (dictionary: Dictionary, keys: readonly string[]) => Promise<readonly number[]>,
  ) {}

  async putSegments(segments: readonly Segment[]): Promise<void> {
    for (const segment of segments)
      this.#segments.set(`${segment.sheet} ${segment.partition} ${segment.first}`, segment);
  }

  async putFacts(facts: readonly FactRow[]): Promise<void> {
    for (const fact of facts) this.#facts.push(fact);
  }

  async park(events: readonly ParkedEvent[]): Promise<void> {
    for (const event of events) this.#parked.push(event);
  }

  async keepEvents(events: readonly KeptEvent[]): Promise<void> {
    for (const event of events) this.#kept.push(event);
  }

  get segments(): Iterable<Segment> {
    return this.#segments.values();
  }

  get facts(): readonly FactRow[] {
    return this.#facts;
  }

  get parked(): readonly ParkedEvent[] {
    return this.#parked;
  }

  get kept(): readonly KeptEvent[] {
    return this.#kept;
  }
}

/** Writes everything of some steps, which are of different partitions, in the order of the keys. */
export async function writeSteps(transaction: Queryable, steps: readonly StagedStep[]): Promise<void> {
  const segments = steps
    .flatMap((step) => [...step.segments])
    .sort(
      (one, other) => one.sheet - other.sheet || one.partition - other.partition || one.first - other.first,
    );
  for (const some of inParts(segments)) await transaction.change(putSegments, fromSegments(some));
  for (const some of inParts(steps.flatMap(({ facts }) => facts)))
    await transaction.change(putFacts, fromFacts(some));
  for (const some of inParts(steps.flatMap(({ parked }) => parked)))
    await transaction.change(putParked, fromParked(some));
  for (const some of inParts(steps.flatMap(({ kept }) => kept))) await putKept(transaction, some);
}

function* inParts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) yield rows.slice(at, at + rowsAtOnce);
}
