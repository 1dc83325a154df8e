import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteReadStore } from '@ledger/read-store';
import type { BundleFigure, Finding } from '@ledger/seal';
import { recomputeFigures } from './recompute';
import { TemporaryLog } from './temporary-log';
import { inThread } from './thread';

/** What the thread is given. */
export interface RecomputeStart {
  /** The folder of the temporary log. */
  readonly folder: string;
  readonly figures: readonly BundleFigure[];
}

const worker = join(__dirname, 'recompute.worker.js');

/**
 * Reading a million events leaves much behind that a thread with room would collect late: so little room that verifying
 * stays within 300 MB, and enough for what is in use at any moment.
 */
const usualLimits = { maxOldGenerationSizeMb: 100, maxYoungGenerationSizeMb: 8 };

/** For what does not fit there: a figure that takes more memory is better than none. */
const roomyLimits = { maxOldGenerationSizeMb: 1000, maxYoungGenerationSizeMb: 16 };

/** Recomputes figures in a thread whose memory is bounded; where the code is not built, in this one. @throws where it cannot be done */
export async function recomputeApart(
  folder: string,
  figures: readonly BundleFigure[],
): Promise<readonly Finding[]> {
  if (!existsSync(worker)) return recomputeHere({ folder, figures });
  try {
    return await inThread(worker, { workerData: { folder, figures }, resourceLimits: usualLimits });
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    // What has been applied to the store is in it, and is not done again.
    return inThread(worker, { workerData: { folder, figures }, resourceLimits: roomyLimits });
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** Recomputes figures in this thread, with what it takes on the disk. */
export async function recomputeHere({ folder, figures }: RecomputeStart): Promise<readonly Finding[]> {
  const log = TemporaryLog.open(folder);
  const store = SqliteReadStore.open(join(folder, 'read-models.db'), { cacheKilobytes: 4000 });
  try {
    return await recomputeFigures({ log, store }, figures);
  } finally {
    await store.close();
    log.close();
  }
}
