import type { EventLog, RecordedEvent } from '@ledger/event-log';
import type { FactRow, ReadStore } from '@ledger/read-store';
import { checkNamedFact, factNamedBy, factRow } from '../documents/fact';
import { decode, type ReadEvent } from '../runtime/decoded-event';
import { appliedTo } from '../runtime/projected-stores';
import { isThingStream } from '../runtime/recorded-thing';
import { eventsBefore, historyFromLog } from '../runtime/stream-history';

const pageSize = 1000;

/**
 * The facts that the documents have applied, and those recorded since: what a command is decided on must hold all that
 * was recorded before it, however far the documents have come, be it that a new version is built or that the disk of
 * the read models has no room.
 */
export class FactsSince implements Pick<ReadStore, 'checkpoints' | 'facts' | 'countFacts'> {
  /** Facts that were not applied when they were read. */
  #rows: readonly FactRow[] = [];
  readonly #parked = new Set<string>();
  /** The last position that is applied or was read. */
  #upTo = 0;
  /** What every partition had applied when it was looked last: from there on facts are those of the log. */
  #appliedTo = 0;
  #reading: Promise<void> | undefined;

  constructor(
    readonly store: ReadStore,
    readonly log: Pick<EventLog, 'readPage' | 'readStream'>,
    readonly read?: ReadEvent,
  ) {}

  /** Reads on in the log first. */
  async checkpoints(): Promise<ReadonlyMap<number, number>> {
    this.#reading ??= this.#readOn().finally(() => (this.#reading = undefined));
    await this.#reading;
    return new Map([[0, this.#upTo]]);
  }

  async facts(collection: string, after: number, limit: number): Promise<readonly FactRow[]> {
    // Both of the same moment: reading on changes them.
    const applied = this.#appliedTo;
    const unapplied = this.#rows;
    // One partition may be ahead of another: what it has applied beyond that is in the log, where nothing is missing.
    const stored = after < applied ? await this.store.facts(collection, after, limit) : [];
    const rows = stored.filter(({ position }) => position <= applied);
    const last = Math.max(after, rows.at(-1)?.position ?? 0);
    const since = unapplied.filter((row) => row.collection === collection && row.position > last);
    return [...rows, ...since].slice(0, limit);
  }

  async countFacts(collection: string): Promise<number> {
    return (await this.facts(collection, 0, Number.MAX_SAFE_INTEGER)).length;
  }

  async #readOn(): Promise<void> {
    if (this.#upTo === 0) {
      this.#upTo = await this.#applied();
      for (const { stream } of await this.store.parked(this.#upTo)) this.#parked.add(stream);
    }
    const applied = await this.#applied();
    this.#appliedTo = applied;
    this.#rows = this.#rows.filter(({ position }) => position > applied);
    for (;;) {
      const page = await this.log.readPage({ after: BigInt(this.#upTo), limit: pageSize });
      if (page.length === 0) return;
      for (const recorded of page) {
        await this.#add(recorded);
        this.#upTo = Number(recorded.position);
      }
    }
  }

  async #applied(): Promise<number> {
    return appliedTo({ figures: this.store, documents: this.store });
  }

  async #add(recorded: RecordedEvent): Promise<void> {
    // Nearly all events are of things, and no fact is among them.
    if (isThingStream(recorded.stream) || this.#parked.has(recorded.stream)) return;
    const made = this.#orParked(recorded, () => {
      const decoded = decode(recorded, this.read);
      return { decoded, row: factRow(decoded), named: factNamedBy(decoded) };
    });
    if (made === undefined) return;
    const { decoded, row, named } = made;
    if (named !== undefined) {
      const earlier = await eventsBefore(historyFromLog(this.log), recorded);
      this.#orParked(recorded, () => checkNamedFact(decoded, named, earlier));
    }
    if (row !== undefined && !this.#parked.has(recorded.stream)) this.#rows = [...this.#rows, row];
  }

  /** What is made of an event; where that cannot be, whyever, its stream is parked, as the projector parks it too. */
  #orParked<T>({ stream }: RecordedEvent, make: () => T): T | undefined {
    try {
      return make();
    } catch {
      this.#parked.add(stream);
      return undefined;
    }
  }
}
