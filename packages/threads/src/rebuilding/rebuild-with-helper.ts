import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Rebuilder } from '@ledger/projections';
import { foldFile } from './fold-file';

/**
 * Numbering new keys is a commit of its own that is on the disk before it is gone on with, in PostgreSQL: with stretches of a
 * thousand positions it took as long as everything else, on 200,000 events. Some stretches are ahead of it.
 */
const stretches = { positions: 4000, ahead: 16 };

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
  return async ({ drafts, upTo, onProgress, signal }) =>
    foldFile(
      drafts.map(({ draft, of }) => ({ store: draft.store, of })),
      { logFile, upTo, threads, step: step ?? null },
      {
        stretches,
        onProgress: (position) => onProgress?.(position),
        ...(signal !== undefined && { signal }),
      },
    );
}
