import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Rebuilder, RebuildOrder } from '@ledger/projections';
import { endThread } from '../ending';
import { resourceLimits } from '../limits';
import { build } from './build';
import type { BuildNews, BuildStart } from './messages';

export interface ThreadsOptions {
  readonly logFile: string;
  /**
   * Two fold half of the streams each, and one of them also writes. Beside answers it is one: a second would take memory
   * and processor from whoever asks.
   */
  readonly threads?: 1 | 2;
  /** Positions between checkpoints. */
  readonly step?: number;
}

/**
 * Rebuilds from a log's file in threads of their own, so that this one goes on answering questions. Where the package
 * runs from its sources, which threads cannot load, it builds in this thread.
 * @throws Error of the thread, in its words
 */
export function rebuildInThreads({ logFile, threads = 2, step }: ThreadsOptions): Rebuilder {
  return async ({ drafts, upTo, besideAnswers, onProgress, signal }: RebuildOrder) => {
    const stores = drafts.map(({ draft: { file }, of }) => {
      if (file === null) throw new RangeError('Only a file can be built by another thread');
      return { file, of };
    });
    // A draft is written by one connection at a time.
    for (const { draft } of drafts) await draft.store.close();
    const start = {
      logFile,
      stores,
      upTo,
      threads: besideAnswers === true ? 1 : threads,
      step: step ?? null,
    } as const;
    const worker = join(__dirname, 'build.worker.js');
    if (existsSync(worker)) await inThread(worker, start, onProgress, signal);
    else await build({ ...start, threads: 1 }, { onProgress: (position) => onProgress?.(position) });
  };
}

async function inThread(
  file: string,
  start: BuildStart,
  onProgress: RebuildOrder['onProgress'],
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const worker = new Worker(file, { workerData: start, resourceLimits });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (news: BuildNews) => {
        if ('position' in news) onProgress?.(news.position);
        else if ('done' in news) resolve();
        else reject(new Error(`The read models could not be rebuilt: ${news.error}`));
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('The thread that rebuilds has ended')));
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  } finally {
    await endThread(worker);
  }
}
