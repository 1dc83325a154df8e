import type { ReadStore } from '@ledger/read-store';
import { LogFollower } from '../runtime/follower';
import { appliedTo } from '../runtime/projected-stores';
import { projectionVersions, type Projection } from '../runtime/projection';
import { Projector } from '../runtime/projector';
import { historyFromLog } from '../runtime/stream-history';
import type { InUse } from './generation';
import type { ReadModelsParts, RebuildProgress } from './read-models-parts';

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

/** How a draft is built. */
export interface BuildOptions {
  readonly besideAnswers: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RebuildProgress) => void;
}

/** Builds a draft up to the head of the log; it is then in no other hands. */
export async function build(
  parts: ReadModelsParts,
  projection: Projection,
  { besideAnswers, signal, onProgress }: BuildOptions,
): Promise<ReadStore> {
  const { shelf, log, rebuilder } = parts;
  const of = Number((await log.head()).position);
  let draft = await shelf.draft(projection, labelOf(parts, projection));
  const parked = await draft.store.parked(Number.MAX_SAFE_INTEGER);
  if ((await reached(draft.store)) > of || parked.length > 0) {
    // It is of another log, or what it could not apply may be mended since.
    await shelf.discard(projection);
    draft = await shelf.draft(projection, labelOf(parts, projection));
  }
  onProgress({ projection, position: await reached(draft.store), of });
  await rebuilder({
    draft,
    of: [projection],
    upTo: of,
    besideAnswers,
    signal,
    onProgress: (position) => onProgress({ projection, position, of }),
  });
  return shelf.reopen(projection);
}

/** What is in use, or is built now where nothing is. */
export async function openOne(parts: ReadModelsParts, projection: Projection): Promise<InUse> {
  const { shelf, log } = parts;
  const store = await shelf.current(projection);
  const head = Number((await log.head()).position);
  if (store !== undefined && (await reached(store)) <= head) {
    if ((await store.label()) !== labelOf(parts, projection))
      return { store, follower: undefined, stoodAt: BigInt(await reached(store)) };
    const follower = followerOf(parts, projection, store);
    await follower.start();
    return { store, follower };
  }
  // None, or one beyond the log: read models of a log that was restored since.
  await store?.close();
  const built = await build(parts, projection, {
    besideAnswers: false,
    signal: new AbortController().signal,
    onProgress: (progress) => parts.onProgress?.(progress),
  });
  await shelf.promote(projection);
  const follower = followerOf(parts, projection, built);
  await follower.start();
  return { store: built, follower };
}
