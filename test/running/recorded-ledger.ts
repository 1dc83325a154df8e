import { derivedId, eventDefinitions, streamOf, type EventData, type EventType } from '@ledger/events';
import { MemoryEventLog, type EventLog } from '@ledger/event-log';
import {
  createQueries,
  historyFromLog,
  LogFollower,
  Projector,
  seesEverything,
  type LedgerQueries,
  type RecordSummary,
} from '@ledger/projections';
import { MemoryReadStore, type ReadStore } from '@ledger/read-store';

/** A ledger, in memory unless said otherwise, to which events are appended as they are, past every rule: for what projections make of them. */
export class RecordedLedger {
  readonly follower: LogFollower;
  readonly queries: LedgerQueries;
  #appended = 0;

  constructor(
    now: () => number = () => Date.parse('2017-05-01T09:00:00Z'),
    readonly store: ReadStore = new MemoryReadStore(),
    readonly log: EventLog = new MemoryEventLog(now),
  ) {
    this.follower = new LogFollower(this.log, new Projector(this.store, historyFromLog(this.log)));
    this.queries = createQueries({ store: this.store, log: this.log, figures: [] });
  }

  /** Appends one event of any type and version, and waits until it is applied. */
  async raw(stream: string, type: string, schemaVersion: number, data: unknown): Promise<string> {
    const number = String(++this.#appended);
    const id = derivedId('recorded-ledger', number);
    const { position } = await this.log.append({
      writes: [{ stream, expected: 'any', events: [{ id, type, schemaVersion, data }] }],
      command: { actor: id, scope: 'test', key: number, hash: number },
      correlationId: id,
      causationId: id,
    });
    await this.follower.whenApplied(position);
    return id;
  }

  /** Appends one event in the present version of its type. */
  async add<T extends EventType>(stream: string, type: T, data: EventData<T>): Promise<string> {
    return this.raw(stream, type, eventDefinitions[type].version, data);
  }

  /** A support activity of a council, and the id of it. */
  async support(name: string, day: string, body: string, offer = 'o'): Promise<string> {
    const id = derivedId('recorded-activity', name);
    const occurred = { from: day, to: day, basis: 'stated' } as const;
    await this.add(streamOf('activity', id), 'SupportProvided', {
      offer,
      title: name,
      occurred,
      bodies: [{ body, role: 'recipient' }],
    });
    return id;
  }

  /** The standing activities of an offer, for small ledgers: what fits on a page. */
  async *activities(of: { readonly offer: string; readonly body?: string }): AsyncGenerator<RecordSummary> {
    await this.follower.whenApplied((await this.log.head()).position);
    const { records } = await this.queries.records({ ...of, viewer: seesEverything, limit: 500 });
    for (const record of records) if (record.state === 'standing') yield record;
  }

  async start(): Promise<this> {
    await this.follower.start();
    return this;
  }

  async stop(): Promise<void> {
    await this.follower.stop();
  }
}
