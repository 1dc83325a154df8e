import { yearsTouched } from '@ledger/calendar';
import { evolveThing, newThing, spanOfContent, type DecidedEvent, type Thing } from '@ledger/domain';
import { derivedId, eventDefinitions, streamOf, type ImportStamp, type WarningStamp } from '@ledger/events';
import type { EventLog, NewEvent, StreamCheck, StreamWrite } from '@ledger/event-log';
import { readThing } from './read-thing';

interface Pending {
  thing: Thing;
  /** Revision of the last recorded event, or undefined for a new stream. */
  readonly recorded: bigint | undefined;
  readonly events: NewEvent[];
}

/** What goes on an event beside its content. */
export interface EventStamps {
  readonly import?: ImportStamp;
  readonly illustrative?: true;
  readonly warnings?: readonly WarningStamp[];
}

/** More years than any real span touches: a guard against spans of centuries. */
const mostYears = 200;

/** Gathers what one command writes: several things, several steps of one, each folded as it goes. */
export class PendingWrites {
  readonly #things = new Map<string, Pending>();
  readonly #years = new Set<number>();
  #events = 0;

  constructor(
    readonly log: EventLog,
    /** Ids of the events are derived from this. */
    readonly commandId: string,
  ) {}

  /** The thing as it stands with what this command has decided so far. */
  async thing(kind: Thing['kind'], id: string): Promise<Thing> {
    return (await this.#pending(kind, id)).thing;
  }

  async #pending(kind: Thing['kind'], id: string): Promise<Pending> {
    const stream = streamOf(kind, id);
    let pending = this.#things.get(stream);
    if (pending === undefined) {
      const revision = await this.log.streamRevision(stream);
      const thing = revision === undefined ? newThing(kind, id) : await readThing(this.log, kind, id);
      pending = { thing, recorded: revision === undefined ? undefined : thing.revision, events: [] };
      this.#things.set(stream, pending);
    }
    return pending;
  }

  /** Adds a decided event to a thing and folds it. */
  async add(
    thing: Pick<Thing, 'kind' | 'id'>,
    event: DecidedEvent,
    stamps: EventStamps = {},
  ): Promise<string> {
    const pending = await this.#pending(thing.kind, thing.id);
    const id = derivedId('event', this.commandId, String(this.#events));
    this.#events += 1;
    pending.events.push({
      id,
      type: event.type,
      schemaVersion: eventDefinitions[event.type].version,
      data: event.data,
      ...stamps,
    });
    const revision = pending.thing.revision + 1n;
    pending.thing = evolveThing(pending.thing, {
      eventId: id,
      position: 0n,
      revision,
      illustrative: stamps.illustrative === true,
      event,
    });
    this.touch(event);
    return id;
  }

  /** The years whose closing this event must not slip in behind. */
  touch(event: DecidedEvent): void {
    const span = spanOfContent(event);
    if (span === undefined) return;
    for (const year of yearsTouched(span).slice(0, mostYears)) this.#years.add(year);
  }

  get eventCount(): number {
    return this.#events;
  }

  writes(): StreamWrite[] {
    return [...this.#things]
      .filter(([, { events }]) => events.length > 0)
      .map(([stream, { recorded, events }]) => ({ stream, expected: recorded ?? 'no-stream', events }));
  }

  /** **Rule**: recording into a year checks that year's period as it was when the command was decided. */
  async checks(): Promise<StreamCheck[]> {
    const checks: StreamCheck[] = [];
    for (const year of [...this.#years].sort((a, b) => a - b)) {
      const stream = `period-${year}`;
      checks.push({ stream, expected: (await this.log.streamRevision(stream)) ?? 'no-stream' });
    }
    return checks;
  }
}
