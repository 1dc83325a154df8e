import { londonInstant } from '@ledger/calendar';
import { eventDefinitions, type LedgerEvent } from '@ledger/events';
import type { AppendRequest, NewEvent } from '@ledger/event-log';
import type { DataSet } from './data-set';
import { dateOf, lastRecordingDay } from './days';
import { beginningOf, eventIdOf, lifeKinds, lifeOf } from './lives';
import type { LifeKind } from './proportions';
import { referenceEvents } from './reference-events';
import { Setting } from './setting';

/** What is recorded at once: what came in on one day, or a part of it. */
export interface BenchAppend extends AppendRequest {
  /** When it is recorded, milliseconds since 1970. */
  readonly recordedAtMs: number;
  readonly count: number;
}

/** At most so many events are appended at once. */
const largestAppend = 1000;

/** Steps of one thing have at most this many numbers. */
const stepNumbers = 8;

/** An event in the order of recording, with its place in its stream. */
interface PlacedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly event: NewEvent;
}

/** A step that is due, as one number: thing, kind and step. Millions may wait, so they are no objects. */
const due = {
  pack: (index: number, kind: number, step: number): number =>
    (index * lifeKinds.length + kind) * stepNumbers + step,
  unpack: (packed: number): { index: number; kind: number; step: number } => {
    const step = packed % stepNumbers;
    const rest = (packed - step) / stepNumbers;
    const kind = rest % lifeKinds.length;
    return { index: (rest - kind) / lifeKinds.length, kind, step };
  },
};

function newEvent(id: string, { type, data }: LedgerEvent): NewEvent {
  return { id, type, schemaVersion: eventDefinitions[type].version, data };
}

/** Which steps are due on which day. */
class Diary {
  readonly #days = new Map<number, number[]>();

  add(day: number, packed: number): void {
    const known = this.#days.get(day);
    if (known === undefined) this.#days.set(day, [packed]);
    else known.push(packed);
  }

  /** What is due on a day, also what is added to that day meanwhile; then forgets it. */
  *take(day: number): Generator<number> {
    const dueNow = this.#days.get(day) ?? [];
    this.#days.set(day, dueNow);
    for (const packed of dueNow) yield packed;
    this.#days.delete(day);
  }
}

/** The records of the data set, day by day, in the order in which they are recorded. */
class Records {
  readonly #diary = new Diary();
  readonly #begun: Record<LifeKind, number> = {
    attendance: 0,
    support: 0,
    challenge: 0,
    claim: 0,
    observation: 0,
  };

  constructor(readonly setting: Setting) {}

  /** Everything recorded on a day. Days are to be asked for one after another. */
  *recordedOn(day: number): Generator<PlacedEvent> {
    for (const kind of lifeKinds) this.#begin(kind, day);
    for (const packed of this.#diary.take(day)) {
      const { index, kind: number, step } = due.unpack(packed);
      const kind = kindOf(number);
      const { stream, steps } = lifeOf(this.setting, kind, index);
      const one = steps[step];
      const next = steps[step + 1];
      if (one === undefined) throw new RangeError(`The ${kind} ${index} has no step ${step}`);
      if (next !== undefined) this.#diary.add(next.recorded, due.pack(index, number, step + 1));
      const id = eventIdOf({ setting: this.setting, kind, index }, step);
      yield { stream, revision: step, event: newEvent(id, one.event) };
    }
  }

  /** Puts the first steps of what begins on a day into the diary. */
  #begin(kind: LifeKind, day: number): void {
    for (; this.#begun[kind] < this.setting.proportions[kind]; this.#begun[kind]++) {
      const index = this.#begun[kind];
      if (beginningOf(this.setting, kind, index) > day) return;
      const [first] = lifeOf(this.setting, kind, index).steps;
      if (first !== undefined) this.#diary.add(first.recorded, due.pack(index, lifeKinds.indexOf(kind), 0));
    }
  }
}

function kindOf(number: number): LifeKind {
  const kind = lifeKinds[number];
  if (kind === undefined) throw new RangeError(`There is no kind of life ${number}`);
  return kind;
}

/** The reference events of a day, each in its place in its stream. */
function* referenceOn(
  events: ReturnType<typeof referenceEvents>,
  revisions: Map<string, number>,
  day: number,
): Generator<PlacedEvent> {
  for (const { stream, id, event } of events.get(day) ?? []) {
    const revision = revisions.get(stream) ?? 0;
    revisions.set(stream, revision + 1);
    yield { stream, revision, event: newEvent(id, event) };
  }
}

/** Events as one append, by a command of its own. */
function appendOf(
  setting: Setting,
  events: readonly PlacedEvent[],
  at: { readonly day: number; readonly ofDay: number; readonly number: number },
): BenchAppend {
  const byStream = new Map<string, PlacedEvent[]>();
  for (const one of events) {
    const known = byStream.get(one.stream);
    if (known === undefined) byStream.set(one.stream, [one]);
    else known.push(one);
  }
  const { seeded } = setting;
  const id = seeded.id('command', at.number);
  return {
    // Nine o'clock in London, then every minute, so that no two appends share an instant.
    recordedAtMs: Date.parse(londonInstant(dateOf(at.day), 9)) + at.ofDay * 60_000,
    count: events.length,
    writes: [...byStream].map(([stream, ofStream]) => {
      const first = ofStream[0]?.revision ?? 0;
      return {
        stream,
        expected: first === 0 ? 'no-stream' : BigInt(first - 1),
        events: ofStream.map(({ event }) => event),
      };
    }),
    command: {
      actor: seeded.id('actor', at.number % 200),
      scope: 'record-activities',
      key: seeded.hash('command', at.number, 1),
      hash: seeded.hash('command', at.number, 2),
    },
    correlationId: id,
    causationId: id,
  };
}

/**
 * The data set `bench-1M`, or a smaller or larger one in the same proportions: eleven years of records in the order
 * in which they were recorded. The same number and seed give the same appends for ever. Made as it is asked for: only
 * what is still to come of things begun is kept, as numbers.
 * @throws DataSetSizeError for a number of events in which the proportions are no whole numbers
 */
export function* benchData(dataSet: DataSet): Generator<BenchAppend> {
  const setting = new Setting(dataSet);
  const records = new Records(setting);
  const reference = referenceEvents(setting);
  const revisions = new Map<string, number>();
  let number = 0;
  // What is clamped to the last day may fall on a weekend, and so on the Monday after it.
  for (let day = 0; day <= lastRecordingDay + 2; day++) {
    let ofDay = 0;
    let waiting: PlacedEvent[] = [];
    const flush = (): BenchAppend => {
      const append = appendOf(setting, waiting, { day, ofDay: ofDay++, number: number++ });
      waiting = [];
      return append;
    };
    for (const source of [referenceOn(reference, revisions, day), records.recordedOn(day)])
      for (const event of source) {
        waiting.push(event);
        if (waiting.length === largestAppend) yield flush();
      }
    if (waiting.length > 0) yield flush();
  }
}
