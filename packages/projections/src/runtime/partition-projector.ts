import type { RecordedEvent } from '@ledger/event-log';
import { CheckpointMovedError, type PartitionStanding, type TopicReadStore } from '@ledger/read-store';
import { ChunkWriter } from './chunk-writer';
import type { ReadEvent } from './decoded-event';
import { EventFold } from './event-fold';
import { KeptHistory } from './kept-history';
import { KnownRevisions } from './known-revisions';
import { projections } from './projection';
import { isThingStream } from './recorded-thing';
import type { StreamHistory } from './stream-history';

/** What was read of a partition: events in the order in which they lie there, repeats among them. */
export interface ReadOfPartition {
  readonly events: readonly RecordedEvent[];
  /** Everything up to this position is in the topic; undefined where nothing was said of that. */
  readonly upTo: bigint | undefined;
  /** The offset at which reading goes on. */
  readonly offset: number;
}

export interface PartitionProjectorParts {
  readonly store: TopicReadStore;
  readonly partition: number;
  /** Where events are found that a partition should hold and does not; left out, there is nowhere to look. */
  readonly log?: StreamHistory;
  /** Only tests read events in another way than this release. */
  readonly read?: ReadEvent;
}

/**
 * How many things of late a partition keeps: those that its next events are likely to be of. A process has several
 * partitions, and whatever it keeps it looks through again and again to find what it need not keep: six partitions of 10,000
 * things each took a quarter longer for an event.
 */
const keptThings = 1500;

/** How far reading may be ahead of what is written of it, where nothing else is to be written: it is read again. */
const unwrittenRecords = 1000;

/** What is written where an event is parked because another one is missing before it. */
const gapReason = (missing: number): string =>
  `Gap: revision ${missing} of its stream has not come. A new topic, filled from the log, has it.`;
const lateReason =
  'Gap: it came when later events of its partition were applied already. A new topic, filled from the log, has it in its place.';

/** Which events are held, or were seen in what is being applied. */
class SeenEvents {
  readonly #seen = new KnownRevisions();

  constructor(readonly held: KnownRevisions) {}

  isNew({ stream, revision }: RecordedEvent): boolean {
    return !this.#of(stream).holds(stream, Number(revision));
  }

  add({ stream, revision }: RecordedEvent): void {
    this.#of(stream).add(stream, Number(revision));
  }

  /** The first revision of a stream that is neither held nor was seen. */
  next(stream: string): number {
    return this.#of(stream).next(stream);
  }

  /** What was seen, with what is held of a stream. */
  #of(stream: string): KnownRevisions {
    if (!this.#seen.knows(stream)) this.#seen.learnFrom(stream, this.held);
    return this.#seen;
  }
}

/** Events in the order of their positions; nearly always they lie so already. */
function inOrder(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const ordered = events.every(({ position }, at) => at === 0 || (events[at - 1]?.position ?? 0n) < position);
  return ordered ? events : [...events].sort((one, other) => Number(one.position - other.position));
}

/**
 * Applies one partition of a topic to a read store: each call is one transaction with how far the partition has come. A
 * stream is applied strictly by revision: what is held already is a repeat and is left out, and where one is missing the
 * stream is parked; other streams go on.
 */
export class PartitionProjector {
  readonly #parts: PartitionProjectorParts;
  readonly #writer: ChunkWriter;
  #fold: EventFold | undefined;
  #history: KeptHistory;
  /** Where the store stands, as far as is known. */
  #standing: PartitionStanding | undefined;

  constructor(parts: PartitionProjectorParts) {
    this.#parts = parts;
    this.#writer = new ChunkWriter(parts.store, parts.partition);
    this.#history = new KeptHistory(parts.store);
  }

  /** Where reading is to begin: looked up anew, since others may have gone on meanwhile. */
  async begin(): Promise<number> {
    const { store, partition } = this.#parts;
    const standing = await store.standing(partition);
    const known = this.#standing;
    // What is remembered is of where it stands.
    if (known?.position !== standing.position || known.offset !== standing.offset) this.forget();
    this.#standing = standing;
    return standing.offset;
  }

  /** Forgets what is remembered: the store is the truth. */
  forget(): void {
    this.#standing = undefined;
    this.#fold = undefined;
    this.#history = new KeptHistory(this.#parts.store);
    this.#writer.reset();
  }

  /**
   * Applies what was read, in one transaction.
   * @returns the position that the partition has come to
   * @throws CheckpointMovedError where the partition is another's: nothing was written
   */
  async apply({ events, upTo, offset }: ReadOfPartition): Promise<number> {
    try {
      return await this.#apply(events, upTo, offset);
    } catch (error) {
      const from = this.#standing;
      this.forget();
      if (from !== undefined) await this.#checkStanding(from);
      throw error;
    }
  }

  /**
   * Who was overtaken may stumble before he comes to write: what he counts anew from the store is ahead of what he
   * remembers.
   * @throws CheckpointMovedError where the partition does not stand there any more
   */
  async #checkStanding(from: PartitionStanding): Promise<void> {
    const { store, partition } = this.#parts;
    const now = await store.standing(partition);
    if (now.position !== from.position || now.offset !== from.offset)
      throw new CheckpointMovedError(partition, from.position, now.position);
  }

  async #apply(events: readonly RecordedEvent[], upTo: bigint | undefined, offset: number): Promise<number> {
    if (this.#standing === undefined) await this.begin();
    const from = this.#standing ?? { position: 0, offset: 0 };
    const fold = await this.#folding();
    const fresh = await this.#fresh(events, from.position);
    await this.#fetchHistories(fold, fresh);
    let to = from.position;
    for (const event of fresh) {
      const position = Number(event.position);
      await this.#add(fold, event, position <= from.position);
      if (position > to) to = position;
    }
    if (upTo !== undefined && Number(upTo) > to) to = Number(upTo);
    if (fresh.length > 0 || to > from.position || offset - from.offset >= unwrittenRecords)
      await this.#write(fold, from, { position: to, offset });
    return to;
  }

  async #write(fold: EventFold, from: PartitionStanding, to: PartitionStanding): Promise<void> {
    const { store, partition } = this.#parts;
    await store.readOn({ partition, from, to }, async (transaction) => {
      await this.#writer.add(transaction, fold.take());
      await this.#writer.flush(transaction);
      await this.#history.write(transaction);
    });
    this.#standing = to;
    this.#history.done();
    this.#writer.trim();
  }

  async #folding(): Promise<EventFold> {
    if (this.#fold === undefined) {
      const { store, partition, read } = this.#parts;
      const parked = await store.parked(Number.MAX_SAFE_INTEGER);
      const streams = parked.flatMap((event) => (event.partition === partition ? event.stream : []));
      const target = { of: projections, parked: streams };
      this.#fold = new EventFold(this.#history, [target], { read, keptThings });
    }
    return this.#fold;
  }

  /** The events that are not held yet, each once, with those that are missing among them where the log has them. */
  async #fresh(events: readonly RecordedEvent[], applied: number): Promise<readonly RecordedEvent[]> {
    // A first event that lies behind what is applied cannot be held yet.
    const doubtful = events.filter(({ position, revision }) => revision > 0n || Number(position) <= applied);
    await this.#history.learn(doubtful.map(({ stream }) => stream));
    const seen = new SeenEvents(this.#history.revisions);
    const fresh: RecordedEvent[] = [];
    for (const event of events) {
      if (!seen.isNew(event)) continue;
      for (const missing of await this.#missingBefore(event, seen, applied)) {
        seen.add(missing);
        fresh.push(missing);
      }
      seen.add(event);
      fresh.push(event);
    }
    return inOrder(fresh);
  }

  /** What is missing before an event and can be put in its place; nothing, where that cannot be done with all of it. */
  async #missingBefore(
    event: RecordedEvent,
    seen: SeenEvents,
    applied: number,
  ): Promise<readonly RecordedEvent[]> {
    const { log } = this.#parts;
    const next = seen.next(event.stream);
    if (log === undefined || Number(event.revision) <= next) return [];
    const missing: RecordedEvent[] = [];
    for await (const one of log.before(event.stream, event.revision)) if (seen.isNew(one)) missing.push(one);
    const whole = missing.length > 0 && missing.every(({ position }) => Number(position) > applied);
    return whole ? missing : [];
  }

  /** Reads what the fold will ask for of streams that it does not remember. */
  async #fetchHistories(fold: EventFold, events: readonly RecordedEvent[]): Promise<void> {
    const first = new Map<string, RecordedEvent>();
    for (const event of events) if (!first.has(event.stream)) first.set(event.stream, event);
    const wanted = [...first.values()].filter(
      ({ stream, revision }) => revision > 0n && isThingStream(stream) && !fold.remembers(stream, revision),
    );
    await this.#history.fetch(wanted.map(({ stream }) => stream));
  }

  async #add(fold: EventFold, event: RecordedEvent, late: boolean): Promise<void> {
    const next = this.#history.revisions.next(event.stream);
    this.#history.add(event);
    if (late) fold.park(event, lateReason);
    else if (Number(event.revision) > next) fold.park(event, gapReason(next));
    else await fold.add(event);
  }
}
