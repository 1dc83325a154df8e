import { difference, linesOfThing, type LinesOfThing, type Thing } from '@ledger/domain';
import type { RecordedEvent } from '@ledger/event-log';
import type { FactRow } from '@ledger/read-store';
import { factRow } from '../documents/fact';
import { recordKeys } from '../documents/record-document';
import { RecordsChunkMaker } from '../documents/records-chunk';
import { FiguresChunkMaker } from '../lines/figures-chunk';
import type { PostingsChunk } from '../lines/postings-chunk';
import { readEvent } from '@ledger/events';
import { decode, decodeBody, type DecodedEvent, type ReadEvent } from './decoded-event';
import type { Projection } from './projection';
import type { StreamHistory } from './stream-history';
import { evolveKnown, isThingStream, ThingStates, type KeptThing } from './thing-states';

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

/** The message of an error that parks an event: it names what could not be read or folded. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Folds events of some streams, which come in position order: after each event it folds the one stream, asks which
 * lines the thing has now and what it is found by, and notes the difference. What cannot be folded is noted with its
 * stream, and nothing more of that stream is folded.
 */
export class EventFold {
  readonly #things: ThingStates;
  readonly #unfoldable = new Set<string>();
  readonly #figures: FiguresChunkMaker | undefined;
  readonly #records: RecordsChunkMaker | undefined;
  #facts: FactRow[] = [];
  #parked: Unfolded[] = [];

  constructor(
    history: StreamHistory,
    of: readonly Projection[],
    unfoldable: Iterable<string> = [],
    readonly read: ReadEvent = readEvent,
  ) {
    this.#figures = of.includes('figures') ? new FiguresChunkMaker() : undefined;
    this.#records = of.includes('documents') ? new RecordsChunkMaker() : undefined;
    this.#things = new ThingStates(history, (thing) => this.#make(thing), read);
    for (const stream of unfoldable) this.#unfoldable.add(stream);
  }

  /** Folds the next event. */
  async add(recorded: RecordedEvent): Promise<void> {
    const pending = this.addNow(recorded);
    if (pending !== undefined) await pending;
  }

  /** Folds the next event at once where its stream is remembered; otherwise the promise of it. */
  addNow(recorded: RecordedEvent): Promise<void> | undefined {
    return this.#add(recorded.position, recorded.stream, () => decode(recorded, this.read));
  }

  /** The same with an event whose body is read already. */
  addBody(recorded: Pick<DecodedEvent, 'position' | 'revision' | 'body'>): Promise<void> | undefined {
    return this.#add(recorded.position, recorded.body.stream, () => decodeBody(recorded, this.read));
  }

  #add(at: bigint, stream: string, read: () => DecodedEvent): Promise<void> | undefined {
    if (at > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('A position is beyond 2^53');
    const position = Number(at);
    if (this.#unfoldable.size > 0 && this.#unfoldable.has(stream)) {
      this.#park(position, stream, 'An earlier event of the stream is parked.');
      return undefined;
    }
    try {
      const decoded = read();
      if (!isThingStream(stream)) {
        const fact = this.#records && factRow(decoded);
        if (fact !== undefined) this.#facts.push(fact);
        return undefined;
      }
      const before = this.#things.remembered(decoded);
      if (before === undefined) return this.#addLater(decoded, position, stream);
      this.#fold(before ?? undefined, decoded, position);
    } catch (error) {
      this.#park(position, stream, reasonOf(error));
    }
    return undefined;
  }

  async #addLater(decoded: DecodedEvent, position: number, stream: string): Promise<void> {
    try {
      this.#fold(await this.#things.before(decoded), decoded, position);
    } catch (error) {
      this.#park(position, stream, reasonOf(error));
    }
  }

  /** What was made since the last call. */
  take(): FoldedChunk {
    const [facts, parked] = [this.#facts, this.#parked];
    this.#facts = [];
    this.#parked = [];
    return {
      figures: this.#figures?.take() ?? nothing,
      records: this.#records?.take() ?? nothing,
      facts,
      parked,
    };
  }

  #make(thing: Thing, before?: KeptThing): Pick<KeptThing, 'made' | 'keys'> {
    return {
      made: this.#figures === undefined ? noLines(thing) : linesOfThing(thing, before?.made),
      keys: this.#records === undefined ? [] : recordKeys(thing),
    };
  }

  #fold(before: KeptThing | undefined, decoded: DecodedEvent, position: number): void {
    const { thing, firstPosition } = evolveKnown(before, decoded);
    const { made, keys } = this.#make(thing, before);
    const ordinal = Number(firstPosition);
    const earlier = before?.made.lines ?? [];
    // The figures first: they refuse a date that is none, and then nothing is noted.
    this.#figures?.add(position, ordinal, difference(earlier, made.lines), earlier, made.lines);
    this.#records?.add(position, ordinal, before?.keys ?? [], keys);
    this.#things.keep(decoded.body.stream, { thing, firstPosition, made, keys });
  }

  #park(position: number, stream: string, reason: string): void {
    this.#unfoldable.add(stream);
    this.#parked.push({ position, stream, reason });
  }
}

function noLines(thing: Thing): LinesOfThing {
  return { thing, lines: [], byContent: [] };
}

const nothing: PostingsChunk = {
  records: new Float64Array(0),
  sheets: [],
  bodies: [],
  persons: [],
  manners: [],
  members: [],
};
