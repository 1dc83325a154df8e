import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import { SqliteReadStore } from '@ledger/read-store';
import type { BundleFigure, Finding } from '@ledger/seal';
import { recomputeFigures } from './recompute';
import { TemporaryLog } from './temporary-log';

/** What the thread is given. */
export interface RecomputeStart {
  /** The folder of the temporary log. */
  readonly folder: string;
  readonly figures: readonly BundleFigure[];
}

/** What it says when it has done, or could not. */
export type Recomputed = { readonly findings: readonly Finding[] } | { readonly error: string };

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
    return await recomputeIn(usualLimits, { folder, figures });
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    // What has been applied to the store is in it, and is not done again.
    return recomputeIn(roomyLimits, { folder, figures });
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

async function recomputeIn(
  resourceLimits: ResourceLimits,
  workerData: RecomputeStart,
): Promise<readonly Finding[]> {
  const thread = new Worker(worker, { workerData, resourceLimits });
  try {
    return await new Promise<readonly Finding[]>((resolve, reject) => {
      thread.on('message', (said: Recomputed) => {
        if ('findings' in said) resolve(said.findings);
        else reject(new Error(`The figures could not be recomputed: ${said.error}`));
      });
      thread.on('error', reject);
      thread.on('exit', () => reject(new Error('The thread that recomputes figures has ended')));
    });
  } finally {
    await thread.terminate();
  }
}

/** Recomputes figures in this thread, with what it takes on the disk. */
export async function recomputeHere({ folder, figures }: RecomputeStart): Promise<readonly Finding[]> {
  const log = TemporaryLog.open(folder);
  const store = SqliteReadStore.open(join(folder, 'read-models.db'));
  try {
    return await recomputeFigures({ log, store }, figures);
  } finally {
    await store.close();
    log.close();
  }
}
