import { evolveThing, linesOf, newThing, type Line, type Thing } from '@ledger/domain';
import { parseStream } from '@ledger/events';
import { decode, type DecodedEvent } from './decoded-event';
import type { StreamHistory } from './stream-history';

/** How many things are kept between events; others are read back when their next event comes. */
const keptThings = 20_000;

/** A thing and the position of its first event, which names it in lines and lists. */
export interface KnownThing {
  readonly thing: Thing;
  readonly firstPosition: bigint;
}

/** A thing that is remembered, with the lines it has. */
export interface KeptThing extends KnownThing {
  readonly lines: readonly Line[];
}

/** The kinds of stream whose events make things with lines. */
export function isThingKind(kind: string | undefined): kind is Thing['kind'] {
  return kind === 'activity' || kind === 'claim' || kind === 'observation';
}

/** Folds events into things, remembering those that may go on. */
export class ThingStates {
  readonly #kept = new Map<string, KeptThing>();

  constructor(readonly history: StreamHistory) {}

  /** The thing before an event of its stream, or undefined where the event is its first. */
  async before({ body: { stream }, revision }: DecodedEvent): Promise<KeptThing | undefined> {
    if (revision === 0n) return undefined;
    const kept = this.#kept.get(stream);
    if (kept !== undefined && kept.thing.revision === revision - 1n) return kept;
    let known: KnownThing | undefined;
    for await (const recorded of this.history.before(stream, revision))
      known = this.evolve(known, decode(recorded));
    return known && { ...known, lines: linesOf(known.thing) };
  }

  /** @throws FoldError, UnreadableEventError */
  evolve(known: KnownThing | undefined, { position, revision, body, event }: DecodedEvent): KnownThing {
    const parsed = parseStream(body.stream);
    if (!isThingKind(parsed?.kind)) throw new RangeError(`${body.stream} is no stream of a thing`);
    const thing = evolveThing(known?.thing ?? newThing(parsed.kind, parsed.id), {
      eventId: body.id,
      position,
      revision,
      illustrative: body.illustrative === true,
      event,
    });
    return { thing, firstPosition: known?.firstPosition ?? position };
  }

  keep(stream: string, known: KeptThing): void {
    this.#kept.delete(stream);
    this.#kept.set(stream, known);
    if (this.#kept.size > keptThings) {
      const oldest = this.#kept.keys().next();
      if (!oldest.done) this.#kept.delete(oldest.value);
    }
  }

  clear(): void {
    this.#kept.clear();
  }
}
