import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Rebuilder } from '@ledger/projections';
import { foldFile } from './fold-file';

export interface HelpedOptions {
  readonly logFile: string;
  /** Positions between checkpoints. */
  readonly step?: number;
}

/**
 * Rebuilds a store of any kind from a log's file: this thread folds some of the streams and writes, a helping one folds the
 * others. For a process of which nobody asks questions meanwhile. Where the package runs from its sources, which threads
 * cannot load, this thread folds everything.
 * @throws Error of the helping thread, in its words
 */
export function rebuildWithHelper({ logFile, step }: HelpedOptions): Rebuilder {
  const threads = existsSync(join(__dirname, 'fold.worker.js')) ? 2 : 1;
  return async ({ draft, of, upTo, onProgress, signal }) =>
    foldFile(
      draft.store,
      { logFile, of, upTo, threads, step: step ?? null },
      { onProgress: (position) => onProgress?.(position), ...(signal !== undefined && { signal }) },
    );
}
