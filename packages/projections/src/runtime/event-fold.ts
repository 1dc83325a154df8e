import type { RecordedEvent, ScannedEvent } from '@ledger/event-log';
import type { FactRow } from '@ledger/read-store';
import { checkNamedFact, factNamedBy, factRow } from '../documents/fact';
import { RecordsChunkMaker } from '../documents/records-chunk';
import { FiguresChunkMaker } from '../lines/figures-chunk';
import type { LineRows } from '../lines/line-rows';
import type { PostingsChunk } from '../lines/postings-chunk';
import { readEvent } from '@ledger/events';
import { decode, type DecodedEvent, type ReadEvent } from './decoded-event';
import type { Projection } from './projection';
import { eventsBefore, type StreamHistory } from './stream-history';
import { isThingStream, ThingMaker, type RecordedThing } from './recorded-thing';
import { ThingStates, type StreamKey } from './thing-states';

/** An event that could not be folded. */
export interface Unfolded {
  readonly position: number;
  readonly stream: string;
  readonly reason: string;
}

/** What some events make, in a form that another thread can be handed. */
export interface FoldedChunk {
  readonly figures: PostingsChunk;
  readonly records: PostingsChunk;
  readonly facts: readonly FactRow[];
  readonly parked: readonly Unfolded[];
}

/** Nothing of a stream is folded after what could not be. */
class EarlierParkedError extends Error {
  constructor() {
    super('An earlier event of the stream is parked.');
  }
}

/**
 * Folds events of some streams, which come in position order: after each event it folds the one stream, asks which
 * lines the thing has now and what it is found by, and notes the difference. What cannot be folded is noted with its
 * stream, and nothing more of that stream is folded.
 */
export class EventFold {
  readonly #things: ThingStates;
  readonly #maker: ThingMaker;
  readonly #unfoldable = new Set<string>();
  readonly #figures: FiguresChunkMaker | undefined;
  readonly #records: RecordsChunkMaker | undefined;
  #facts: FactRow[] = [];
  #parked: Unfolded[] = [];

  constructor(
    readonly history: StreamHistory,
    of: readonly Projection[],
    unfoldable: Iterable<string> = [],
    readonly read: ReadEvent = readEvent,
    keptThings?: number,
  ) {
    this.#things = new ThingStates(keptThings);
    this.#figures = of.includes('figures') ? new FiguresChunkMaker() : undefined;
    this.#records = of.includes('documents') ? new RecordsChunkMaker() : undefined;
    this.#maker = new ThingMaker(this.#figures, this.#records?.keys);
    for (const stream of unfoldable) this.#unfoldable.add(stream);
  }

  /**
   * Folds the next event: at once where its stream is remembered; otherwise the promise of it, which rejects with whatever
   * the history throws. After that the fold is of no use any more: events of its chunk are folded already.
   */
  add(recorded: RecordedEvent): Promise<void> | undefined {
    const { position, revision, stream, bytes } = recorded;
    return this.#add({ position, revision, bytes }, stream, false, nameItself);
  }

  /**
   * The same with an event that was scanned. `last`: the log has no further event of its stream, so that nothing need be
   * remembered of it. `nameOf`: the name of a stream by its number.
   */
  addScanned(
    { position, revision, stream, stored }: ScannedEvent,
    last: boolean,
    nameOf: (stream: number) => string,
  ): Promise<void> | undefined {
    return this.#add(
      { position: BigInt(position), revision: BigInt(revision), bytes: stored },
      stream,
      last,
      nameOf,
    );
  }

  #add<K extends StreamKey>(
    event: Parameters<typeof decode>[0],
    key: K,
    last: boolean,
    nameOf: (key: K) => string,
  ): Promise<void> | undefined {
    if (event.position > Number.MAX_SAFE_INTEGER) throw new RangeError('A position is beyond 2^53');
    try {
      if (this.#unfoldable.size > 0 && this.#unfoldable.has(nameOf(key))) throw new EarlierParkedError();
      const decoded = decode(event, this.read);
      if (!isThingStream(decoded.body.stream)) {
        if (this.#records === undefined) return undefined;
        const named = factNamedBy(decoded);
        if (named !== undefined) return this.#addNaming(decoded, named);
        const fact = factRow(decoded);
        if (fact !== undefined) this.#facts.push(fact);
        return undefined;
      }
      const before = event.revision === 0n ? undefined : this.#things.before(key, event.revision);
      if (before === undefined && event.revision > 0n) return this.#addFromHistory(decoded, key, last);
      const after = this.#maker.after(before, decoded);
      if (after === undefined) return this.#addFromHistory(decoded, key, last);
      this.#post(before, after, decoded, key, last);
    } catch (error) {
      this.#park(Number(event.position), nameOf(key), error);
    }
    return undefined;
  }

  /** Folds an event whose thing is not remembered, or is to be made anew, from the events before it. */
  async #addFromHistory(decoded: DecodedEvent, key: StreamKey, last: boolean): Promise<void> {
    const { body, position } = decoded;
    const earlier = await eventsBefore(this.history, {
      stream: decoded.body.stream,
      revision: decoded.revision,
    });
    try {
      const events = earlier.map((recorded) => decode(recorded, this.read));
      const before = this.#maker.afterAll(events);
      const after = this.#maker.after(before, decoded) ?? this.#maker.afterAll([...events, decoded]);
      if (after !== undefined) this.#post(before, after, decoded, key, last);
    } catch (error) {
      this.#park(Number(position), body.stream, error);
    }
  }

  /** Adds a fact that names another, which must be there. */
  async #addNaming(decoded: DecodedEvent, named: NonNullable<ReturnType<typeof factNamedBy>>): Promise<void> {
    const earlier = await eventsBefore(this.history, {
      stream: decoded.body.stream,
      revision: decoded.revision,
    });
    try {
      const fact = factRow(decoded);
      checkNamedFact(decoded, named, earlier);
      if (fact !== undefined) this.#facts.push(fact);
    } catch (error) {
      this.#park(Number(decoded.position), decoded.body.stream, error);
    }
  }

  /** Whether the thing before an event is remembered, so that its history will not be asked for. */
  remembers(stream: string, revision: bigint): boolean {
    return this.#things.before(stream, revision) !== undefined;
  }

  /** Parks an event that is not to be folded, with its stream. */
  park({ position, stream }: Pick<RecordedEvent, 'position' | 'stream'>, reason: string): void {
    this.#park(Number(position), stream, reason);
  }

  /** What was made since the last call. */
  take(): FoldedChunk {
    const [facts, parked] = [this.#facts, this.#parked];
    this.#facts = [];
    this.#parked = [];
    return {
      figures: this.#figures?.take() ?? nothing(),
      records: this.#records?.take() ?? nothing(),
      facts,
      parked,
    };
  }

  #post(
    before: RecordedThing | undefined,
    after: RecordedThing,
    decoded: DecodedEvent,
    key: StreamKey,
    last: boolean,
  ): void {
    const position = Number(decoded.position);
    const { firstPosition } = after;
    this.#figures?.add(position, firstPosition, before?.rows ?? noRows, after.rows);
    this.#records?.add(position, firstPosition, before?.keys ?? noKeys, after.keys);
    if (!last) this.#things.keep(key, after);
    else if (before !== undefined) this.#things.forget(key);
  }

  /** The error says what could not be read or folded. */
  #park(position: number, stream: string, error: unknown): void {
    this.#unfoldable.add(stream);
    this.#parked.push({ position, stream, reason: error instanceof Error ? error.message : String(error) });
  }
}

const nameItself = (stream: string): string => stream;
const noRows: LineRows = [];
const noKeys: readonly number[] = [];

/** New each time: what is handed to another thread is gone from this one, and cannot be handed over again. */
function nothing(): PostingsChunk {
  return {
    lines: new Float64Array(0),
    things: new Float64Array(0),
    sheets: [],
    bodies: [],
    persons: [],
    manners: [],
    slots: [],
  };
}
