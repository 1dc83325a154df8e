import type { EventLog, RecordedEvent } from '@ledger/event-log';
import type { FactRow, ReadStore } from '@ledger/read-store';
import { checkNamedFact, factNamedBy, factRow } from '../documents/fact';
import { decode, type ReadEvent } from '../runtime/decoded-event';
import { appliedTo } from '../runtime/projected-stores';
import { isThingStream } from '../runtime/recorded-thing';
import { historyFromLog } from '../runtime/stream-history';

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
      for (const recorded of page) await this.#add(recorded);
      if (page.length === 0) return;
      this.#upTo = Number(page.at(-1)?.position ?? this.#upTo);
    }
  }

  async #applied(): Promise<number> {
    return appliedTo({ figures: this.store, documents: this.store });
  }

  async #add(recorded: RecordedEvent): Promise<void> {
    // Nearly all events are of things, and no fact is among them.
    if (isThingStream(recorded.stream) || this.#parked.has(recorded.stream)) return;
    try {
      const decoded = decode(recorded, this.read);
      const row = factRow(decoded);
      const named = factNamedBy(decoded);
      if (named !== undefined) await checkNamedFact(decoded, named, historyFromLog(this.log));
      if (row !== undefined) this.#rows = [...this.#rows, row];
    } catch {
      // Whatever it is: the projector parks it too.
      this.#parked.add(recorded.stream);
    }
  }
}
