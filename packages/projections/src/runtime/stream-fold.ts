import type { RecordedEvent, ScannedEvent } from '@ledger/event-log';
import { readEvent } from '@ledger/events';
import type { FactRow } from '@ledger/read-store';
import { checkNamedFact, factNamedBy, factRow } from '../documents/fact';
import type { LineRows } from '../lines/line-rows';
import type { ChunkMakers } from './chunk-makers';
import { decode, type DecodedEvent, type ReadEvent } from './decoded-event';
import { eventsBefore, type StreamHistory } from './stream-history';
import { isThingStream, ThingMaker, type RecordedThing } from './recorded-thing';
import { ThingStates, type StreamKey } from './thing-states';

/** An event that could not be folded. */
export interface Unfolded {
  readonly position: number;
  readonly stream: string;
  readonly reason: string;
}

/** An event to fold, its stored body as whoever read it has it. */
export type EventToFold = Omit<RecordedEvent, 'bytes'> & { readonly bytes: string | Uint8Array };

export interface StreamFoldParts {
  readonly history: StreamHistory;
  readonly makers: ChunkMakers;
  /** Streams of which an event is parked already. */
  readonly unfoldable: Iterable<string>;
  readonly read?: ReadEvent | undefined;
  /** How many things are remembered; as many as there are unless said. */
  readonly keptThings?: number | undefined;
  /** Who folds instead what cannot be folded here; left out, it is parked. */
  readonly instead?: ((event: EventToFold) => Promise<void>) | undefined;
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
export class StreamFold {
  readonly #parts: StreamFoldParts;
  readonly #read: ReadEvent;
  readonly #things: ThingStates;
  readonly #maker: ThingMaker;
  readonly #unfoldable: Set<string>;
  #facts: FactRow[] = [];
  #parked: Unfolded[] = [];

  constructor(parts: StreamFoldParts) {
    const { makers, unfoldable, read = readEvent, keptThings } = parts;
    this.#parts = parts;
    this.#read = read;
    this.#things = new ThingStates(keptThings);
    this.#maker = new ThingMaker(makers.figures, makers.records?.keys);
    this.#unfoldable = new Set(unfoldable);
  }

  /**
   * Folds the next event: at once where its stream is remembered; otherwise the promise of it, which rejects with whatever
   * the history throws. After that the fold is of no use any more: events of its chunk are folded already.
   */
  add(event: EventToFold): Promise<void> | undefined {
    return this.#add(event, event.stream, false, nameItself);
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
    event: StoredEvent,
    key: K,
    last: boolean,
    nameOf: (key: K) => string,
  ): Promise<void> | undefined {
    if (event.position > Number.MAX_SAFE_INTEGER) throw new RangeError('A position is beyond 2^53');
    try {
      if (this.#unfoldable.size > 0 && this.#unfoldable.has(nameOf(key))) throw new EarlierParkedError();
      const decoded = decode(event, this.#read);
      if (!isThingStream(decoded.body.stream)) {
        if (this.#parts.makers.records === undefined) return undefined;
        const named = factNamedBy(decoded);
        if (named !== undefined) return this.#addNaming(event, decoded, named);
        const fact = factRow(decoded);
        if (fact !== undefined) this.#facts.push(fact);
        return undefined;
      }
      const before = event.revision === 0n ? undefined : this.#things.before(key, event.revision);
      if (before === undefined && event.revision > 0n) return this.#addFromHistory(event, decoded, key, last);
      const after = this.#maker.after(before, decoded);
      if (after === undefined) return this.#addFromHistory(event, decoded, key, last);
      this.#post(before, after, decoded, key, last);
      return undefined;
    } catch (error) {
      return this.#unfolded(event, nameOf(key), error);
    }
  }

  /** Folds an event whose thing is not remembered, or is to be made anew, from the events before it. */
  async #addFromHistory(
    event: StoredEvent,
    decoded: DecodedEvent,
    key: StreamKey,
    last: boolean,
  ): Promise<void> {
    const { stream } = decoded.body;
    const earlier = await this.#before(decoded);
    try {
      const events = earlier.map((recorded) => decode(recorded, this.#read));
      const before = this.#maker.afterAll(events);
      const after = this.#maker.after(before, decoded) ?? this.#maker.afterAll([...events, decoded]);
      if (after !== undefined) this.#post(before, after, decoded, key, last);
    } catch (error) {
      await this.#unfolded(event, stream, error);
    }
  }

  async #before({ body, revision }: DecodedEvent): Promise<readonly RecordedEvent[]> {
    return eventsBefore(this.#parts.history, { stream: body.stream, revision });
  }

  /** Adds a fact that names another, which must be there. */
  async #addNaming(
    event: StoredEvent,
    decoded: DecodedEvent,
    named: NonNullable<ReturnType<typeof factNamedBy>>,
  ): Promise<void> {
    const earlier = await this.#before(decoded);
    try {
      const fact = factRow(decoded);
      checkNamedFact(decoded, named, earlier);
      if (fact !== undefined) this.#facts.push(fact);
    } catch (error) {
      await this.#unfolded(event, decoded.body.stream, error);
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

  /** The facts that were found, and what was parked, since the last call. */
  take(): { readonly facts: readonly FactRow[]; readonly parked: readonly Unfolded[] } {
    this.#things.chunkDone();
    const [facts, parked] = [this.#facts, this.#parked];
    this.#facts = [];
    this.#parked = [];
    return { facts, parked };
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
    const { figures, records } = this.#parts.makers;
    figures?.add(position, firstPosition, before?.rows ?? noRows, after.rows);
    records?.add(position, firstPosition, before?.keys ?? noKeys, after.keys);
    if (!last) this.#things.keep(key, after);
    else if (before !== undefined) this.#things.forget(key);
  }

  #unfolded(
    { position, revision, bytes }: StoredEvent,
    stream: string,
    error: unknown,
  ): Promise<void> | undefined {
    const { instead } = this.#parts;
    if (instead === undefined) {
      this.#park(Number(position), stream, error);
      return undefined;
    }
    this.#unfoldable.add(stream);
    return instead({ position, revision, stream, bytes });
  }

  /** The error says what could not be read or folded. */
  #park(position: number, stream: string, error: unknown): void {
    this.#unfoldable.add(stream);
    this.#parked.push({ position, stream, reason: error instanceof Error ? error.message : String(error) });
  }
}

type StoredEvent = Omit<EventToFold, 'stream'>;
const nameItself = (stream: string): string => stream;
const noRows: LineRows = [];
const noKeys: readonly number[] = [];
