import type { EventData, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { loadClient, type Connection } from './connection';
import { conflictsIn, sortOf, within, type Conflict } from './server-errors';

/** The state of a stream that a write is made at: never `any`, so that a repeat is recognised by its ids. */
export type ExactState = bigint | 'no_stream';

/** An event as it goes to KurrentDB. */
export interface SentEvent {
  /** KurrentDB's id of it, not the ledger's. */
  readonly id: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A write, by the names in KurrentDB. */
export interface SentWrite {
  readonly stream: string;
  readonly at: ExactState;
  readonly events: readonly SentEvent[];
}

export interface SentCheck {
  readonly stream: string;
  readonly state: ExactState | 'stream_exists';
}

type Sent =
  | { readonly sent: 'written'; readonly last: ReadonlyMap<string, bigint> }
  | { readonly sent: 'conflict'; readonly conflicts: readonly Conflict[] };

/** Which sorts of append a server has. */
export interface Abilities {
  readonly sessions: boolean;
  readonly records: boolean;
}

const sessionsService = '/kurrentdb.protocol.v2.streams.StreamsService';

/** Sends one append by whichever call the server has for it. */
export class Sender {
  /** Whether records of several streams go in one call with checks; else in a session, without. */
  #records = false;

  constructor(
    readonly connection: Connection,
    /** How long to wait for an answer. */
    readonly answerMs: number,
  ) {}

  /** What the server can do. @throws whatever the client does where it cannot be reached */
  async abilities(): Promise<Abilities> {
    const client = await this.connection.client();
    try {
      // The client knows what its server has, and says so to its own methods alone.
      const supports: unknown = Reflect.get(client, 'supports');
      if (typeof supports !== 'function')
        throw new TypeError('The client of KurrentDB is not the one we know.');
      const has = async (method: string): Promise<boolean> =>
        (await Reflect.apply(supports, client, [{ path: `${sessionsService}/${method}` }])) === true;
      const [sessions, records] = await within(
        Promise.all([has('AppendSession'), has('AppendRecords')]),
        this.answerMs,
      );
      this.#records = records;
      return { sessions, records };
    } catch (error) {
      await this.connection.discard(client);
      throw error;
    }
  }

  /** @throws whatever the client does, other than for a conflict; whether it was written is then not known */
  async send(writes: readonly SentWrite[], checks: readonly SentCheck[]): Promise<Sent> {
    const client = await this.connection.client();
    try {
      const [only] = writes;
      if (writes.length === 1 && checks.length === 0 && only !== undefined)
        return await within(this.#toOne(client, only), this.answerMs);
      return await within(this.#toSeveral(client, writes, checks), this.answerMs);
    } catch (error) {
      const sort = sortOf(error);
      if (sort === 'conflict') return { sent: 'conflict', conflicts: conflictsIn(error) };
      // A client whose call was not answered may have a channel that never recovers.
      if (sort === 'unreachable') await this.connection.discard(client);
      throw error;
    }
  }

  async #toOne(client: KurrentDBClient, { stream, at, events }: SentWrite): Promise<Sent> {
    const data = await Promise.all(events.map(binary));
    const result = await client.appendToStream(stream, data, { streamState: at });
    return { sent: 'written', last: new Map([[stream, result.nextExpectedRevision]]) };
  }

  async #toSeveral(
    client: KurrentDBClient,
    writes: readonly SentWrite[],
    checks: readonly SentCheck[],
  ): Promise<Sent> {
    const responses =
      checks.length === 0 && !this.#records
        ? await this.#session(client, writes)
        : await this.#withChecks(client, writes, checks);
    return {
      sent: 'written',
      last: new Map(responses.map(({ streamName, revision }) => [streamName, revision])),
    };
  }

  async #session(client: KurrentDBClient, writes: readonly SentWrite[]) {
    const requests = await Promise.all(
      writes.map(async ({ stream, at, events }) => ({
        streamName: stream,
        expectedState: at,
        events: await Promise.all(events.map(binary)),
      })),
    );
    return (await client.multiStreamAppend(requests)).responses ?? [];
  }

  async #withChecks(client: KurrentDBClient, writes: readonly SentWrite[], checks: readonly SentCheck[]) {
    const records = await Promise.all(
      writes.flatMap(({ stream, events }) =>
        events.map(async (event) => ({ streamName: stream, record: await binary(event) })),
      ),
    );
    const states = [...writes.map(({ stream, at }) => ({ stream, state: at })), ...checks].map(
      ({ stream, state }) => ({ type: 'stream_state' as const, streamName: stream, expectedState: state }),
    );
    return (await client.appendRecords(records, states)).responses ?? [];
  }
}

async function binary({ id, type, bytes }: SentEvent): Promise<EventData> {
  const { binaryEvent } = await loadClient();
  return binaryEvent({ id, type, data: bytes });
}
