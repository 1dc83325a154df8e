import { evolveThing, newThing, type LinesOfThing, type Thing } from '@ledger/domain';
import { parseStream } from '@ledger/events';
import { decode, type DecodedEvent, type ReadEvent } from './decoded-event';
import type { StreamHistory } from './stream-history';

/** How many things of late are kept, at least; others are read back when their next event comes. */
const keptThings = 10_000;

/** A thing and the position of its first event, which names it in lines and lists. */
export interface KnownThing {
  readonly thing: Thing;
  readonly firstPosition: bigint;
}

/** A thing that is remembered, with what was made of it. */
export interface KeptThing extends KnownThing {
  readonly made: LinesOfThing;
  /** What it is found by. */
  readonly keys: readonly string[];
}

/** The kinds of stream whose events make things with lines. */
function isThingKind(kind: string | undefined): kind is Thing['kind'] {
  return kind === 'activity' || kind === 'claim' || kind === 'observation';
}

/** Whether a stream is of a thing with lines. */
export function isThingStream(stream: string): boolean {
  return stream.startsWith('activity-') || stream.startsWith('claim-') || stream.startsWith('observation-');
}

/** The thing after an event. @throws FoldError, UnreadableEventError */
export function evolveKnown(
  known: KnownThing | undefined,
  { position, revision, body, event }: DecodedEvent,
): KnownThing {
  let thing = known?.thing;
  if (thing === undefined) {
    const parsed = parseStream(body.stream);
    if (!isThingKind(parsed?.kind)) throw new RangeError(`${body.stream} is no stream of a thing`);
    thing = newThing(parsed.kind, parsed.id);
  }
  thing = evolveThing(thing, {
    eventId: body.id,
    position,
    revision,
    illustrative: body.illustrative === true,
    event,
  });
  return { thing, firstPosition: known?.firstPosition ?? position };
}

/** Folds events into things, remembering those that may go on. */
export class ThingStates {
  /** Things of late, and those before them: when there are many of late, the earlier ones are forgotten. */
  #late = new Map<string, KeptThing>();
  #earlier = new Map<string, KeptThing>();

  constructor(
    readonly history: StreamHistory,
    readonly make: (thing: Thing, before?: KeptThing) => Pick<KeptThing, 'made' | 'keys'>,
    readonly read: ReadEvent,
  ) {}

  /** The thing before an event, where it is remembered; `null` where the event is the first of its stream. */
  remembered({ body: { stream }, revision }: DecodedEvent): KeptThing | null | undefined {
    if (revision === 0n) return null;
    const kept = this.#late.get(stream) ?? this.#earlier.get(stream);
    return kept !== undefined && kept.thing.revision === revision - 1n ? kept : undefined;
  }

  /** The thing before an event of its stream, or undefined where the event is its first. */
  async before(event: DecodedEvent): Promise<KeptThing | undefined> {
    const remembered = this.remembered(event);
    if (remembered !== undefined) return remembered ?? undefined;
    let known: KnownThing | undefined;
    for await (const recorded of this.history.before(event.body.stream, event.revision))
      known = evolveKnown(known, decode(recorded, this.read));
    return known && { ...known, ...this.make(known.thing) };
  }

  keep(stream: string, known: KeptThing): void {
    this.#late.set(stream, known);
    if (this.#late.size < keptThings) return;
    this.#earlier = this.#late;
    this.#late = new Map();
  }

  clear(): void {
    this.#late.clear();
    this.#earlier.clear();
  }
}
