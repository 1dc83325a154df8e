import type { Draft, ReadStore } from '@ledger/read-store';
import { LogFollower } from '../runtime/follower';
import { appliedTo } from '../runtime/projected-stores';
import { projections, projectionVersions, type Projection } from '../runtime/projection';
import { Projector } from '../runtime/projector';
import { historyFromLog } from '../runtime/stream-history';
import type { InUse } from './generation';
import type { ReadModelsParts, RebuildProgress } from './read-models-parts';
import type { OrderedDraft } from './rebuilder';

/** The position that a store of one projection has reached. */
export async function reached(store: ReadStore): Promise<number> {
  return appliedTo({ figures: store, documents: store });
}

export function labelOf(
  { versions = projectionVersions }: Pick<ReadModelsParts, 'versions'>,
  projection: Projection,
): string {
  return `${projection} ${versions[projection]}`;
}

/** Follows the log with a store of one projection. */
export function followerOf(
  { log, readEvent, whenToRetry, pageSize, aroundApplying }: ReadModelsParts,
  projection: Projection,
  store: ReadStore,
): LogFollower {
  const projector = new Projector(store, historyFromLog(log), 0, [projection], readEvent);
  return new LogFollower(log, projector, whenToRetry, pageSize, aroundApplying);
}

/** How drafts are built. */
export interface BuildOptions {
  readonly besideAnswers: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RebuildProgress) => void;
}

/** The draft of a projection that can be gone on with, or a new one. */
async function draftOf(parts: ReadModelsParts, projection: Projection, head: number): Promise<Draft> {
  const { shelf } = parts;
  const draft = await shelf.draft(projection, labelOf(parts, projection));
  const parked = await draft.store.parked(Number.MAX_SAFE_INTEGER);
  if ((await reached(draft.store)) <= head && parked.length === 0) return draft;
  // It is of another log, or what it could not apply may be mended since.
  await shelf.discard(projection);
  return shelf.draft(projection, labelOf(parts, projection));
}

/** Builds drafts up to the head of the log, of one reading of it; they are then in no other hands. */
export async function build(
  parts: ReadModelsParts,
  missing: readonly Projection[],
  { besideAnswers, signal, onProgress }: BuildOptions,
): Promise<readonly ReadStore[]> {
  const { shelf, log, rebuilder } = parts;
  const head = Number((await log.head()).position);
  const drafts: OrderedDraft[] = [];
  for (const projection of missing)
    drafts.push({ draft: await draftOf(parts, projection, head), of: [projection] });
  const say = (position: number): void => {
    for (const projection of missing) onProgress({ projection, position, of: head });
  };
  say(Math.min(...(await Promise.all(drafts.map(async ({ draft }) => reached(draft.store))))));
  await rebuilder({ drafts, upTo: head, besideAnswers, signal, onProgress: say });
  const built: ReadStore[] = [];
  for (const projection of missing) built.push(await shelf.reopen(projection));
  return built;
}

/** The store in use, undefined where there is none that can be gone on with. */
async function storeInUse(
  { shelf }: ReadModelsParts,
  projection: Projection,
  head: number,
): Promise<ReadStore | undefined> {
  const store = await shelf.current(projection);
  if (store === undefined || (await reached(store)) <= head) return store;
  // One beyond the log: of a log that was restored since.
  await store.close();
  return undefined;
}

/** Goes on with a store in use; one of another version only answers. */
async function goOn(parts: ReadModelsParts, projection: Projection, store: ReadStore): Promise<InUse> {
  if ((await store.label()) !== labelOf(parts, projection))
    return { store, follower: undefined, stoodAt: BigInt(await reached(store)) };
  const follower = followerOf(parts, projection, store);
  await follower.start();
  return { store, follower };
}

/** Every projection, what is missing built from one reading of the log. @throws the first error; then none is open */
export async function openAll(parts: ReadModelsParts): Promise<Readonly<Record<Projection, InUse>>> {
  const { log, shelf, onProgress } = parts;
  const head = Number((await log.head()).position);
  const stores = new Map<Projection, ReadStore>();
  const opened = new Map<Projection, InUse>();
  const inUse = async (projection: Projection): Promise<InUse> => {
    const store = stores.get(projection);
    if (store === undefined) throw new RangeError(`The ${projection} were not built`);
    const one = await goOn(parts, projection, store);
    opened.set(projection, one);
    return one;
  };
  try {
    for (const projection of projections) {
      const store = await storeInUse(parts, projection, head);
      if (store !== undefined) stores.set(projection, store);
    }
    const missing = projections.filter((projection) => !stores.has(projection));
    if (missing.length > 0) {
      const built = await build(parts, missing, {
        besideAnswers: false,
        signal: new AbortController().signal,
        onProgress: (progress) => onProgress?.(progress),
      });
      for (const [at, projection] of missing.entries()) {
        await shelf.promote(projection);
        const store = built[at];
        if (store !== undefined) stores.set(projection, store);
      }
    }
    return { figures: await inUse('figures'), documents: await inUse('documents') };
  } catch (error) {
    // Whoever tries again opens all of them again: none must go on beside those.
    for (const { follower } of opened.values()) await follower?.stop();
    for (const store of stores.values()) await store.close();
    throw error;
  }
}
