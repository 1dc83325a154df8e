import type { EventLog, RecordedEvent } from '@ledger/event-log';
import type { FactRow, ReadStore } from '@ledger/read-store';
import { factRow } from '../documents/fact';
import { decode, type ReadEvent } from '../runtime/decoded-event';

const pageSize = 1000;

/**
 * The facts of an old version of the documents, and those recorded since it stands still: commands need register and
 * catalogue as they are now, while the new version is being built.
 */
export class FactsSince implements Pick<ReadStore, 'checkpoints' | 'facts' | 'countFacts'> {
  readonly #rows: FactRow[] = [];
  readonly #parked = new Set<string>();
  #upTo: bigint;
  #reading: Promise<void> | undefined;

  constructor(
    readonly store: ReadStore,
    readonly log: Pick<EventLog, 'readPage'>,
    readonly stoodAt: bigint,
    readonly read?: ReadEvent,
  ) {
    this.#upTo = stoodAt;
  }

  /** Reads on in the log first. */
  async checkpoints(): Promise<ReadonlyMap<number, number>> {
    this.#reading ??= this.#readOn().finally(() => (this.#reading = undefined));
    await this.#reading;
    return new Map([[0, Number(this.#upTo)]]);
  }

  async facts(collection: string, after: number, limit: number): Promise<readonly FactRow[]> {
    const rows = await this.store.facts(collection, after, limit);
    const since = this.#rows.filter((row) => row.collection === collection && row.position > after);
    return [...rows, ...since].slice(0, limit);
  }

  async countFacts(collection: string): Promise<number> {
    const since = this.#rows.filter((row) => row.collection === collection);
    return (await this.store.countFacts(collection)) + since.length;
  }

  async #readOn(): Promise<void> {
    if (this.#upTo === this.stoodAt)
      for (const { stream } of await this.store.parked(Number.MAX_SAFE_INTEGER)) this.#parked.add(stream);
    for (;;) {
      const page = await this.log.readPage({ after: this.#upTo, limit: pageSize });
      for (const recorded of page) this.#add(recorded);
      if (page.length === 0) return;
      this.#upTo = page.at(-1)?.position ?? this.#upTo;
    }
  }

  #add(recorded: RecordedEvent): void {
    if (this.#parked.has(recorded.stream)) return;
    try {
      const row = factRow(decode(recorded, this.read));
      if (row !== undefined) this.#rows.push(row);
    } catch {
      // Whatever it is: the new version parks it too.
      this.#parked.add(recorded.stream);
    }
  }
}
