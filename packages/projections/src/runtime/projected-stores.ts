import type { ReadStore } from '@ledger/read-store';
import { projections, type Projection } from './projection';

/** The store of each projection; one store may hold both. */
export type ProjectedStores = Readonly<Record<Projection, ReadStore>>;

/** One store for both, or each its own. */
export function projectedStores(stores: ReadStore | ProjectedStores): ProjectedStores {
  return 'figures' in stores ? stores : { figures: stores, documents: stores };
}

/** The position that every partition of every projection has reached: answers are at it or before it. */
export async function appliedTo(stores: ProjectedStores): Promise<number> {
  const reached: number[] = [];
  for (const projection of projections) {
    const checkpoints = [...(await stores[projection].checkpoints()).values()];
    reached.push(checkpoints.length === 0 ? 0 : Math.min(...checkpoints));
  }
  return Math.min(...reached);
}

/** How many events up to a position are parked in any projection: what one lacks, an answer may lack. */
export async function parkedIn(stores: ProjectedStores, upTo: number): Promise<number> {
  const positions = new Set<number>();
  for (const store of new Set(projections.map((projection) => stores[projection])))
    for (const { position } of await store.parked(upTo)) positions.add(position);
  return positions.size;
}
