import type { ReadableLog, RecordedEvent } from '@ledger/event-log';
import { decodeStoredBody, readEvent } from '@ledger/events';
import {
  eventRecord,
  sourceOf,
  watermarkRecords,
  type NewRecord,
  type RecordWriter,
  type Watermark,
} from '@ledger/fan-out';

/** A log that does not begin as a ledger's does. */
export class NoLedgerError extends Error {
  readonly code = 'NO_LEDGER';
  constructor() {
    super('The log does not begin with LedgerOpened: it is no ledger. See which file LEDGER_LOG names.');
    this.name = 'NoLedgerError';
  }
}

/** Which ledger a log is of, once anything is recorded in it. @throws NoLedgerError */
async function sourceOfLog(log: Pick<ReadableLog, 'readPage'>): Promise<string> {
  const [first] = await log.readPage({ after: 0n, limit: 1 });
  const event = first && readEvent(decodeStoredBody(first.bytes), first.position);
  if (event?.type !== 'LedgerOpened') throw new NoLedgerError();
  return sourceOf(event.data.ledger);
}

function cursorOf({ cursor, position }: RecordedEvent): string {
  return cursor ?? String(position);
}

/** Events that are ready to be written. */
export interface PreparedBatch {
  readonly records: readonly NewRecord[];
  readonly events: readonly RecordedEvent[];
}

/** Fills a topic with events in the order of the log, and says how far it has come. */
export class TopicFiller {
  #source: string | undefined;
  #last: Watermark | undefined;
  /** Events are in the topic of which it does not say so yet. */
  #owed = false;

  constructor(
    readonly log: Pick<ReadableLog, 'readPage'>,
    readonly writer: RecordWriter,
    readonly partitions: number,
    /** Is told the position up to which everything is acknowledged. */
    readonly onAcknowledged: (position: bigint) => void,
  ) {}

  /** Makes records of events. @throws NoLedgerError, DamagedBodyError */
  async prepare(events: readonly RecordedEvent[]): Promise<PreparedBatch> {
    const target = await this.#target();
    return {
      records: events.map((event) => eventRecord({ ...event, cursor: cursorOf(event) }, target)),
      events,
    };
  }

  /**
   * Writes records of events that follow on those before, and resolves when they are acknowledged. What was written before
   * is said to be in the topic in the same write, ahead of what comes now.
   * @throws BrokerError
   */
  async write({ records, events }: PreparedBatch): Promise<void> {
    await this.writer.write(this.#owed ? [...(await this.#watermarks()), ...records] : records);
    const last = events.at(-1);
    if (last !== undefined) this.#acknowledged(last);
  }

  #acknowledged(last: RecordedEvent): void {
    const { position, bytes } = last;
    this.#last = { position, cursor: cursorOf(last), event: decodeStoredBody(bytes).id };
    this.#owed = true;
    this.onAcknowledged(position);
  }

  /** Says that what was written last is in the topic, where that has not been said. @throws BrokerError */
  async settle(): Promise<void> {
    if (this.#owed) await this.sayHowFar();
  }

  /** Says how far the topic has come, again where it was said. @throws BrokerError */
  async sayHowFar(): Promise<void> {
    const records = await this.#watermarks();
    if (records.length > 0) await this.writer.write(records);
    this.#owed = false;
  }

  /** Goes on after a position up to which the topic is filled already. */
  async goOnAfter(position: bigint): Promise<void> {
    const [last] = position === 0n ? [] : await this.log.readPage({ after: position - 1n, limit: 1 });
    if (last !== undefined) this.#acknowledged(last);
  }

  async #watermarks(): Promise<NewRecord[]> {
    return this.#last === undefined ? [] : watermarkRecords(this.#last, await this.#target());
  }

  async #target(): Promise<{ readonly source: string; readonly partitions: number }> {
    this.#source ??= await sourceOfLog(this.log);
    return { source: this.#source, partitions: this.partitions };
  }
}
