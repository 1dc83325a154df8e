import type { EventData, EventType, StoredBody } from '@ledger/events';
import type { Random } from './random';

/** An event of a history: the stored body with its place in the log, as the ledger exports it. */
export type HistoryEvent = StoredBody & {
  /** Place in the whole log, from 1, as decimal digits. */
  readonly position: string;
  /** Place in its stream, from 0, as decimal digits. */
  readonly revision: string;
};

/** What an event says, where it is not simply the present version of its type. */
export interface Content {
  readonly type: EventType;
  readonly schemaVersion: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const minute = 60_000;
const begins = Date.UTC(2016, 3, 1, 8);

/** Content in the first version of its type, which most types have only. */
export function content<T extends EventType>(type: T, data: EventData<T>): Content {
  return { type, schemaVersion: type === 'PeerChallengeDelivered' ? 2 : 1, data: { ...data } };
}

/** Puts events one after the other into a history, as a log would. */
export class HistoryWriter {
  readonly events: HistoryEvent[] = [];
  readonly #revisions = new Map<string, number>();
  readonly #actors: readonly string[];
  #time = begins;

  constructor(readonly random: Random) {
    this.#actors = [random.uuid(), random.uuid(), random.uuid()];
  }

  /** Records an event and gives its id. Some come at the same instant as the one before. */
  record(stream: string, { type, schemaVersion, data }: Content, illustrative = false): string {
    const { random } = this;
    const revision = this.#revisions.get(stream) ?? 0;
    this.#revisions.set(stream, revision + 1);
    if (!random.percent(10)) this.#time += random.between(1, 5 * 24 * 60) * minute;
    const id = random.uuid();
    this.events.push({
      position: String(this.events.length + 1),
      revision: String(revision),
      id,
      type,
      schemaVersion,
      stream,
      recordedAt: new Date(this.#time).toISOString(),
      actor: random.pick(this.#actors),
      command: { scope: 'history', key: random.hex(64), hash: random.hex(64) },
      correlationId: id,
      causationId: id,
      ...(illustrative && { illustrative }),
      data,
    });
    return id;
  }

  /** Records an event in the present version of its type. */
  say<T extends EventType>(stream: string, type: T, data: EventData<T>, illustrative = false): string {
    return this.record(stream, content(type, data), illustrative);
  }
}
