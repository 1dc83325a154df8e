import { grouped } from '@ledger/domain';
import type { RecordedEvent } from '@ledger/event-log';
import type { KeptEvent, TopicReadStore, TopicTransaction } from '@ledger/read-store';
import { KnownRevisions } from './known-revisions';
import type { StepHistory } from './partition-fold';
import { eventsOfEach } from './stream-history';

/** Of how many streams it is remembered what is held of them. */
const keptStreams = 20_000;

function toRecorded({ stream, revision, position, bytes }: KeptEvent): RecordedEvent {
  return { stream, revision: BigInt(revision), position: BigInt(position), bytes };
}

/**
 * The events of streams as a read store keeps them, with those of the step that is being made: what the runtime reads back
 * where there is no log. Whole events are kept and not what was made of them: a thing that turns illustrative is made anew
 * from all of them, a correction of the register names one of them, and what they say stays true whatever the next version
 * of the code makes of it.
 */
export class KeptHistory implements StepHistory {
  /** Which revisions are held; where nothing was learnt of a stream, none. */
  readonly revisions = new KnownRevisions();
  /** Those of the step being made. */
  readonly #fresh: KeptEvent[] = [];
  /** The same by stream, once they are asked for. */
  #freshByStream: ReadonlyMap<string, readonly KeptEvent[]> | undefined;
  /** Events of streams that will be asked for. */
  #fetched: ReadonlyMap<string, readonly KeptEvent[]> = new Map();

  constructor(readonly store: Pick<TopicReadStore, 'revisions' | 'events'>) {}

  /** Finds out which revisions of some streams are held: of those that nothing is known of. */
  async learn(streams: Iterable<string>): Promise<void> {
    const unknown = [...new Set(streams)].filter((stream) => !this.revisions.knows(stream));
    if (unknown.length === 0) return;
    const found = await this.store.revisions(unknown);
    for (const stream of unknown) this.revisions.learn(stream, found.get(stream));
  }

  async fetch(streams: readonly string[]): Promise<void> {
    if (streams.length > 0) this.#fetched = eventsOfEach(streams, await this.store.events(streams));
  }

  /** Adds an event to the step being made. */
  add({ stream, revision, position, bytes }: RecordedEvent): void {
    const event = { stream, revision: Number(revision), position: Number(position), bytes };
    this.revisions.add(stream, event.revision);
    this.#fresh.push(event);
    this.#freshByStream = undefined;
  }

  async *before(stream: string, revision: bigint): AsyncIterable<RecordedEvent> {
    const kept = this.#fetched.get(stream) ?? (await this.store.events([stream]));
    this.#freshByStream ??= grouped(this.#fresh, (event) => event.stream);
    const fresh = this.#freshByStream.get(stream) ?? [];
    for (const event of [...kept, ...fresh].sort((one, other) => one.revision - other.revision))
      if (event.revision < Number(revision)) yield toRecorded(event);
  }

  /** Writes the events of the step being made. */
  async write(transaction: TopicTransaction): Promise<void> {
    await transaction.keepEvents(this.#fresh);
  }

  /** The step is made. */
  done(): void {
    this.#fresh.length = 0;
    this.#freshByStream = undefined;
    this.#fetched = new Map();
    if (this.revisions.streams > keptStreams) this.revisions.clear();
  }
}
