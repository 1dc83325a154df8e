import type { RecordedEvent } from '@ledger/event-log';
import { CheckpointMovedError, type PartitionStanding, type TopicReadStore } from '@ledger/read-store';
import { ChunkWriter } from './chunk-writer';
import type { ReadEvent } from './decoded-event';
import type { FoldedChunk } from './event-fold';
import { KeptHistory } from './kept-history';
import { KnownRevisions } from './known-revisions';
import { PartitionFold, type BeginFolding, type PartitionFolding, type StepEvent } from './partition-fold';
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
  /** Who folds; left out, this thread does. */
  readonly beginFolding?: BeginFolding;
  /** Only tests read events in another way than this release. */
  readonly read?: ReadEvent;
}

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

  holds({ stream, revision }: RecordedEvent): boolean {
    return this.#of(stream).holds(stream, Number(revision));
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

/** What is missing before an event and can be put in its place; nothing, where that cannot be done with all of it. */
async function missingBefore(
  event: RecordedEvent,
  log: StreamHistory,
  seen: SeenEvents,
  applied: number,
): Promise<readonly RecordedEvent[]> {
  const missing: RecordedEvent[] = [];
  for await (const one of log.before(event.stream, event.revision)) if (!seen.holds(one)) missing.push(one);
  const whole = missing.length > 0 && missing.every(({ position }) => Number(position) > applied);
  return whole ? missing : [];
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
  #folding: PartitionFolding | undefined;
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
    this.#folding?.end();
    this.#folding = undefined;
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
    const folding = await this.#beginFolding();
    const fresh = await this.#fresh(events, from.position);
    const step = fresh.map((event) => this.#toFold(event, from.position));
    const chunks = step.length === 0 ? [] : await folding.fold(step);
    const to = Math.max(from.position, Number(fresh.at(-1)?.position ?? 0), Number(upTo ?? 0));
    if (fresh.length > 0 || to > from.position || offset - from.offset >= unwrittenRecords)
      await this.#write(chunks, from, { position: to, offset });
    return to;
  }

  async #write(
    chunks: readonly FoldedChunk[],
    from: PartitionStanding,
    to: PartitionStanding,
  ): Promise<void> {
    const { store, partition } = this.#parts;
    await store.readOn({ partition, from, to }, async (transaction) => {
      await this.#writer.add(transaction, chunks);
      await this.#writer.flush(transaction);
      await this.#history.write(transaction);
    });
    this.#standing = to;
    this.#history.done();
    this.#writer.trim();
  }

  async #beginFolding(): Promise<PartitionFolding> {
    if (this.#folding === undefined) {
      const { store, partition, beginFolding, read } = this.#parts;
      const begin = beginFolding ?? ((history, streams) => new PartitionFold(history, streams, read));
      const parked = await store.parked(Number.MAX_SAFE_INTEGER);
      this.#folding = begin(
        this.#history,
        parked.flatMap((event) => (event.partition === partition ? event.stream : [])),
      );
    }
    return this.#folding;
  }

  /** The events that are not held yet, each once, with those that are missing among them where the log has them. */
  async #fresh(events: readonly RecordedEvent[], applied: number): Promise<readonly RecordedEvent[]> {
    // A first event that lies behind what is applied cannot be held yet.
    const doubtful = events.filter(({ position, revision }) => revision > 0n || Number(position) <= applied);
    await this.#history.learn(doubtful.map(({ stream }) => stream));
    const { log } = this.#parts;
    const seen = new SeenEvents(this.#history.revisions);
    const fresh: RecordedEvent[] = [];
    for (const event of events) {
      if (seen.holds(event)) continue;
      if (log !== undefined && Number(event.revision) > seen.next(event.stream))
        for (const missing of await missingBefore(event, log, seen, applied)) {
          seen.add(missing);
          fresh.push(missing);
        }
      seen.add(event);
      fresh.push(event);
    }
    return inOrder(fresh);
  }

  /** Adds an event to the step that is being made, and says what is to be done with it. */
  #toFold(event: RecordedEvent, applied: number): StepEvent {
    const next = this.#history.revisions.next(event.stream);
    this.#history.add(event);
    if (Number(event.position) <= applied) return { event, parked: lateReason };
    return Number(event.revision) > next ? { event, parked: gapReason(next) } : { event };
  }
}
