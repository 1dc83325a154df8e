import {
  evolveHolding,
  isOfSeveral,
  isThingKind,
  linesOfContent,
  linesOfSeveral,
  newThing,
  type StandingContent,
  type Thing,
} from '@ledger/domain';
import { parseStream, type EventType, type LedgerEvent } from '@ledger/events';
import { shownContent } from '../documents/record-document';
import type { RecordKeys } from '../documents/record-keys';
import type { FiguresChunkMaker } from '../lines/figures-chunk';
import type { LineRows } from '../lines/line-rows';
import type { DecodedEvent } from './decoded-event';

/** What is kept of a content event: what was made of it, and not what it says. So a thing that may go on takes little. */
export interface MadeContent {
  readonly type: EventType;
  /** Its lines. */
  readonly rows: LineRows;
  /** The numbers of what a record that shows it is found by. */
  readonly keys: readonly number[];
  /** Kept of memberships, deliverables and claims only: their lines follow from more than one content. */
  readonly event: LedgerEvent | undefined;
}

/** A thing as projections know it. */
export interface RecordedThing {
  readonly thing: Thing<MadeContent>;
  /** The position of its first event, which names it in lines and lists. */
  readonly firstPosition: number;
  /** Its lines. */
  readonly rows: LineRows;
  /** The numbers of what it is found by. */
  readonly keys: readonly number[];
}

const noRows: LineRows = [];
const noKeys: readonly number[] = [];

/** Whether a stream is of a thing with lines. */
export function isThingStream(stream: string): boolean {
  return (
    stream.startsWith('activity-') ||
    stream.startsWith('claim-') ||
    stream.startsWith('observation-') ||
    stream.startsWith('deliverable-')
  );
}

/** A thing of which nothing is recorded yet. */
export function nothingOf<C = LedgerEvent>(stream: string): Thing<C> {
  const parsed = parseStream(stream);
  if (!isThingKind(parsed?.kind)) throw new RangeError(`${stream} is no stream of a thing`);
  return newThing<C>(parsed.kind, parsed.id);
}

/** Folds the events of one stream after another, making of each content its lines and what it is found by, once. */
export class ThingMaker {
  /** The kind of the thing that is being folded. */
  #kind: Thing['kind'] = 'activity';
  readonly #makeReal = (event: LedgerEvent): MadeContent => this.#makeContent(event, false);
  readonly #makeIllustrative = (event: LedgerEvent): MadeContent => this.#makeContent(event, true);

  /** `figures` where lines are asked for, `keys` where what records are found by is. */
  constructor(
    readonly figures: Pick<FiguresChunkMaker, 'rowsOf'> | undefined,
    readonly keys: Pick<RecordKeys, 'of'> | undefined,
  ) {}

  /**
   * The thing after an event, or undefined where it turns illustrative by it: then what was made of its earlier contents
   * holds no longer, and it is to be folded anew.
   * @throws FoldError, UnreadableEventError, RangeError where a line has a date that is none
   */
  after(before: RecordedThing | undefined, decoded: DecodedEvent): RecordedThing | undefined {
    const thing = before?.thing ?? nothingOf<MadeContent>(decoded.body.stream);
    const illustrative = thing.illustrative || decoded.body.illustrative === true;
    const evolved = this.#evolve(thing, decoded, illustrative);
    if (evolved.illustrative !== thing.illustrative && thing.contents.length > 0) return undefined;
    return this.#recorded(evolved, before?.firstPosition ?? Number(decoded.position));
  }

  /** The thing after all the events of its stream so far; undefined where there is none. @throws as above */
  afterAll(events: readonly DecodedEvent[]): RecordedThing | undefined {
    const [first] = events;
    if (first === undefined) return undefined;
    const fold = (illustrative: boolean): Thing<MadeContent> => {
      let thing = nothingOf<MadeContent>(first.body.stream);
      for (const decoded of events) thing = this.#evolve(thing, decoded, illustrative);
      return thing;
    };
    const thing = fold(false);
    return this.#recorded(thing.illustrative ? fold(true) : thing, Number(first.position));
  }

  #evolve(
    thing: Thing<MadeContent>,
    { position, revision, body, event }: DecodedEvent,
    illustrative: boolean,
  ): Thing<MadeContent> {
    this.#kind = thing.kind;
    return evolveHolding(
      thing,
      {
        eventId: body.id,
        position,
        revision,
        illustrative: body.illustrative === true,
        actor: body.actor,
        event,
      },
      illustrative ? this.#makeIllustrative : this.#makeReal,
    );
  }

  #makeContent(event: LedgerEvent, illustrative: boolean): MadeContent {
    return {
      type: event.type,
      rows: this.figures?.rowsOf(linesOfContent(event, illustrative)) ?? noRows,
      keys: this.keys?.of(this.#kind, event) ?? noKeys,
      event: isOfSeveral(event.type) ? event : undefined,
    };
  }

  #recorded(thing: Thing<MadeContent>, firstPosition: number): RecordedThing {
    return { thing, firstPosition, rows: this.#rowsOf(thing), keys: this.#keysOf(thing) };
  }

  #keysOf(thing: Thing<MadeContent>): readonly number[] {
    if (this.keys === undefined) return noKeys;
    return shownContent(thing)?.keys ?? this.keys.of(thing.kind, undefined);
  }

  #rowsOf(thing: Thing<MadeContent>): LineRows {
    const { contents, withdrawn, mergedInto } = thing;
    if (this.figures === undefined || withdrawn || mergedInto !== null) return noRows;
    const [only] = contents;
    // Nearly every thing has one content, whose lines follow from it alone.
    if (contents.length === 1 && only?.event.event === undefined)
      return only === undefined || only.withdrawn ? noRows : only.event.rows;
    const rows: number[] = [];
    if (contents.some(({ event }) => event.event !== undefined))
      rows.push(...this.figures.rowsOf(linesOfSeveral(contents.flatMap(kept), thing)));
    for (const { event, withdrawn: taken } of contents)
      if (!taken) for (const number of event.rows) rows.push(number);
    return rows;
  }
}

function kept({
  event: { event },
  withdrawn,
}: StandingContent<MadeContent>): Pick<StandingContent, 'event' | 'withdrawn'>[] {
  return event === undefined ? [] : [{ event, withdrawn }];
}
