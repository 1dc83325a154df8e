import { SqliteLogReader } from '@ledger/event-log';
import {
  historyFromLog,
  rebuild,
  type FoldTarget,
  type RebuildTarget,
  type Stretches,
} from '@ledger/projections';
import type { FileToFold } from './messages';
import { allStreams, writersShare } from './shares';
import { ShareFolder } from './share-folder';
import { ThreadHelper } from './thread-helper';

export interface WhileFolding {
  readonly onProgress: (position: number) => void;
  /** Called every now and then, in the middle of nothing. */
  readonly between?: () => void;
  /** The usual ones unless said. */
  readonly stretches?: Stretches;
  readonly signal?: AbortSignal;
}

/** Brings stores up to a position of a log's file: events are folded here and in a helping thread, and written here. */
export async function foldFile(
  targets: readonly RebuildTarget[],
  { logFile, upTo, threads, step }: FileToFold,
  { onProgress, between, stretches, signal }: WhileFolding,
): Promise<void> {
  const log = SqliteLogReader.open(logFile);
  let helper: ThreadHelper | undefined;
  try {
    const folder = new ShareFolder(log, threads === 2 ? writersShare : allStreams);
    await rebuild({
      targets,
      upTo,
      history: historyFromLog(log),
      read: async (fold, after, end) => {
        between?.();
        await folder.fold(fold, after, end);
      },
      onProgress,
      ...(signal !== undefined && { signal }),
      ...(step !== null && { step }),
      ...(stretches !== undefined && { stretches }),
      ...(threads === 2 && {
        helper: (foldTargets: readonly FoldTarget[]) =>
          (helper = new ThreadHelper({ logFile, targets: foldTargets })),
      }),
    });
  } finally {
    await helper?.close();
    log.close();
  }
}
