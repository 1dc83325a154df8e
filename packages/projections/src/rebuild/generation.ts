import type { ReadStore } from '@ledger/read-store';
import type { LedgerQueries } from '../queries/answers';
import { createQueries } from '../queries/create-queries';
import { ReferenceData } from '../queries/reference-data';
import type { LogFollower } from '../runtime/follower';
import type { ProjectedStores } from '../runtime/projected-stores';
import { projections, type Projection } from '../runtime/projection';
import { FactsSince } from './facts-since';
import type { ParkedEvent, ReadModelsParts } from './read-models-parts';

/** One version of one projection, in use. */
export interface InUse {
  readonly store: ReadStore;
  /** Missing while an old version answers: its code is gone, so nothing is applied to it any more. */
  readonly follower: LogFollower | undefined;
  /** Of an old version: the position that it stands at. */
  readonly stoodAt?: bigint;
}

const all = Number.MAX_SAFE_INTEGER;

/** The stores that questions are answered from, and how many are being answered. */
export class Generation {
  readonly stores: ProjectedStores;
  readonly queries: LedgerQueries;
  readonly reference: ReferenceData;
  #asked = 0;
  readonly #whenFree: (() => void)[] = [];

  constructor(
    readonly models: Readonly<Record<Projection, InUse>>,
    parts: Pick<ReadModelsParts, 'log' | 'figures' | 'readEvent'>,
    rebuilding: () => boolean,
  ) {
    const stores = { figures: models.figures.store, documents: models.documents.store };
    this.stores = stores;
    this.queries = createQueries({ store: stores, log: parts.log, figures: parts.figures, rebuilding });
    this.reference = new ReferenceData(new FactsSince(stores.documents, parts.log, parts.readEvent));
  }

  async ask<T>(question: (generation: Generation) => Promise<T>): Promise<T> {
    this.#asked += 1;
    try {
      return await question(this);
    } finally {
      this.#asked -= 1;
      if (this.#asked === 0) for (const free of this.#whenFree.splice(0)) free();
    }
  }

  /** The projections whose stores differ: where both are kept in one, what is parked there is told once. */
  get #apart(): readonly Projection[] {
    return this.stores.figures === this.stores.documents ? ['figures'] : projections;
  }

  /** How many events are parked in each projection. */
  async parked(): Promise<Readonly<Record<Projection, number>>> {
    const parked = { figures: 0, documents: 0 };
    for (const projection of this.#apart)
      parked[projection] = (await this.stores[projection].parked(all)).length;
    return parked;
  }

  /** Every event that is parked, with why, in the order of the log. */
  async parkedEvents(): Promise<readonly ParkedEvent[]> {
    const found: ParkedEvent[] = [];
    for (const projection of this.#apart)
      for (const { position, stream, reason } of await this.stores[projection].parked(all))
        found.push({ projection, position, stream, reason });
    return found.sort((one, other) => one.position - other.position);
  }

  /** Resolves when no question is being answered from it. */
  async free(): Promise<void> {
    if (this.#asked === 0) return;
    await new Promise<void>((resolve) => this.#whenFree.push(resolve));
  }
}

/** The position that a version in use has applied. */
export function appliedBy({ follower, stoodAt = 0n }: InUse): bigint {
  return follower?.applied ?? stoodAt;
}
