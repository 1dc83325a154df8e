import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteReadStore } from '@ledger/read-store';
import type { BundleFigure, Finding } from '@ledger/seal';
import { recomputeFigures } from './recompute';
import { TemporaryLog } from './temporary-log';
import { inOwnProcess, ProcessEndedError, type HeapLimits } from './own-process';

/** What the process is given. */
export interface RecomputeStart {
  /** The folder of the temporary log. */
  readonly folder: string;
  /** None: events are applied, and nothing is counted. */
  readonly figures: readonly BundleFigure[];
  readonly mostApplied?: number;
}

const worker = join(__dirname, 'recompute.worker.js');

/**
 * Reading a million events leaves much behind that a process with room would collect late: so little room that verifying
 * stays within 300 MB, and enough for what is in use at any moment.
 */
const usualLimits: HeapLimits = { oldMb: 100, youngMb: 2 };

/**
 * Events that one process applies. What it keeps of them for those that follow grows with each; after many more it would
 * run out of that room, and what it did since its last page would be done again with more.
 */
const appliedAtOnce = 200_000;

/** For what does not fit there: a figure that takes more memory is better than none. */
const roomyLimits: HeapLimits = { oldMb: 1000, youngMb: 16 };

/**
 * Recomputes figures in processes whose memory is bounded; where the code is not built, in this one. Events are applied in
 * some and figures counted in another: what the first leave behind would be on top of what the last needs.
 * @param events how many there are in the temporary log
 * @throws where it cannot be done
 */
export async function recomputeApart(
  folder: string,
  figures: readonly BundleFigure[],
  events: number,
): Promise<readonly Finding[]> {
  if (!existsSync(worker)) return recomputeHere({ folder, figures });
  for (let applied = 0; applied < events; applied += appliedAtOnce)
    await recomputeInProcess({ folder, figures: [], mostApplied: appliedAtOnce });
  return recomputeInProcess({ folder, figures });
}

async function recomputeInProcess(start: RecomputeStart): Promise<readonly Finding[]> {
  try {
    return await inOwnProcess(worker, { start, limits: usualLimits });
  } catch (error) {
    if (!(error instanceof ProcessEndedError)) throw error;
    // What has been applied to the store is in it, and is not done again.
    return inOwnProcess(worker, { start, limits: roomyLimits });
  }
}

/** Recomputes figures in this process, with what it takes on the disk. */
export async function recomputeHere({
  folder,
  figures,
  ...bounded
}: RecomputeStart): Promise<readonly Finding[]> {
  const log = TemporaryLog.open(folder);
  const store = SqliteReadStore.open(join(folder, 'read-models.db'), { cacheKilobytes: 4000 });
  try {
    return await recomputeFigures({ log, store, ...bounded }, figures);
  } finally {
    await store.close();
    log.close();
  }
}
