import {
  closedTimeFaults,
  evolveThing,
  newThing,
  yearsChanged,
  type Catalogue,
  type DecidedEvent,
  type Fault,
  type PeriodOfYear,
  type Thing,
} from '@ledger/domain';
import { derivedId, eventDefinitions, streamOf, type ImportStamp, type WarningStamp } from '@ledger/events';
import type { EventLog, NewEvent, StreamCheck, StreamWrite } from '@ledger/event-log';
import { enforcedChecks } from './enforced-checks';
import { expectedPeriod, periodStream, readPeriod } from './read-period';
import { readThing } from './read-thing';

interface Pending {
  thing: Thing;
  /** The thing before this command. */
  readonly before: Thing;
  /** Revision of the last recorded event, or undefined for a new stream. */
  readonly recorded: bigint | undefined;
  readonly events: NewEvent[];
  /** Where in the command the thing was last written to, for what is wrong with it. */
  path: string;
}

/** What goes on an event beside its content. */
export interface EventStamps {
  readonly import?: ImportStamp;
  readonly illustrative?: true;
  readonly warnings?: readonly WarningStamp[];
}

/** What is known around a command whose writes are gathered. */
export interface PendingContext {
  /** The London date of recording. */
  readonly today: string;
  /** The id of whoever acts. */
  readonly actor: string;
  readonly catalogue: Catalogue;
}

/** Gathers what one command writes: several things, several steps of one, each folded as it goes. */
export class PendingWrites {
  readonly #things = new Map<string, Pending>();
  /** The closings of each year, as they were when first looked at. */
  readonly #periods = new Map<number, PeriodOfYear>();
  #events = 0;

  constructor(
    readonly log: EventLog,
    /** Ids of the events are derived from this. */
    readonly commandId: string,
    readonly context: PendingContext,
  ) {}

  /** The thing as it stands with what this command has decided so far. */
  async thing(kind: Thing['kind'], id: string): Promise<Thing> {
    return (await this.#pending(kind, id)).thing;
  }

  /**
   * A thing whose id is derived from this command, so that nothing can have been recorded of it: were it otherwise, the
   * append would be refused.
   */
  made(kind: Thing['kind'], id: string): Thing {
    return this.#begin(newThing(kind, id), undefined).thing;
  }

  #begin(thing: Thing, recorded: bigint | undefined): Pending {
    const pending: Pending = { thing, before: thing, recorded, events: [], path: '' };
    this.#things.set(streamOf(thing.kind, thing.id), pending);
    return pending;
  }

  async #pending(kind: Thing['kind'], id: string): Promise<Pending> {
    const stream = streamOf(kind, id);
    const pending = this.#things.get(stream);
    if (pending !== undefined) return pending;
    if ((await this.log.streamRevision(stream)) === undefined)
      return this.#begin(newThing(kind, id), undefined);
    const thing = await readThing(this.log, kind, id);
    return this.#begin(thing, thing.revision);
  }

  /** Adds a decided event to a thing and folds it; `path` is where the command says it, for example `records[3].`. */
  async add(
    thing: Pick<Thing, 'kind' | 'id'>,
    event: DecidedEvent,
    stamps: EventStamps = {},
    path = '',
  ): Promise<string> {
    const pending = await this.#pending(thing.kind, thing.id);
    pending.path = path;
    const id = derivedId('event', this.commandId, String(this.#events));
    this.#events += 1;
    pending.events.push({
      id,
      type: event.type,
      schemaVersion: eventDefinitions[event.type].version,
      data: event.data,
      ...stamps,
    });
    pending.thing = this.#stepped(pending.thing, id, event, stamps.illustrative === true);
    return id;
  }

  get eventCount(): number {
    return this.#events;
  }

  writes(): StreamWrite[] {
    return [...this.#things]
      .filter(([, { events }]) => events.length > 0)
      .map(([stream, { recorded, events }]) => ({ stream, expected: recorded ?? 'no-stream', events }));
  }

  /**
   * What of this lies wholly in closed time, by the one rule that all commands are held to. It is asked of each record
   * as it stands after the whole command.
   */
  async closedFaults(): Promise<readonly Fault[]> {
    const faults: Fault[] = [];
    for (const { before, thing, path } of this.#things.values()) {
      const found = await this.#closedFaults(before, thing);
      faults.push(...found.map((fault) => ({ ...fault, path: path + fault.path })));
    }
    return faults;
  }

  /** The same of one thing with events that are decided and not added: for what is refused by itself, as a row of a file. */
  async closedFaultsWith(thing: Thing, events: readonly DecidedEvent[]): Promise<readonly Fault[]> {
    const { before } = await this.#pending(thing.kind, thing.id);
    return this.#closedFaults(
      before,
      events.reduce((folded, event) => this.#stepped(folded, this.commandId, event, false), thing),
    );
  }

  async #closedFaults(before: Thing, thing: Thing): Promise<readonly Fault[]> {
    const { catalogue, today } = this.context;
    const programmeOf = (offer: string): string | undefined => catalogue.offers.get(offer)?.programme;
    const years = yearsChanged(before, thing, today);
    const periods = new Map<number, PeriodOfYear>();
    for (const year of years) periods.set(year, await this.#period(year));
    return closedTimeFaults(before, thing, { periods, programmeOf });
  }

  /** The thing after an event that is not recorded yet. */
  #stepped(thing: Thing, eventId: string, event: DecidedEvent, illustrative: boolean): Thing {
    const { actor } = this.context;
    const revision = thing.revision + 1n;
    return evolveThing(thing, { eventId, position: 0n, revision, illustrative, actor, event });
  }

  async #period(year: number): Promise<PeriodOfYear> {
    const period = this.#periods.get(year) ?? (await readPeriod(this.log, year));
    this.#periods.set(year, period);
    return period;
  }

  /**
   * **Rule**: recording into a year checks that year's period as it was when the command was decided, so that nothing
   * slips in behind a closing. Complete once `closedFaults` was asked. Only what the log can hold an append to.
   */
  checks(): readonly StreamCheck[] {
    const checks = [...this.#periods.values()]
      .sort((a, b) => a.year - b.year)
      .map((period) => ({ stream: periodStream(period.year), expected: expectedPeriod(period) }));
    return enforcedChecks(this.log, checks);
  }
}
