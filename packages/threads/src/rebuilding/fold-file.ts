import { SqliteLogReader } from '@ledger/event-log';
import { historyFromLog, rebuild } from '@ledger/projections';
import type { ReadStore } from '@ledger/read-store';
import type { FileToFold } from './messages';
import { allStreams, writersShare } from './shares';
import { ShareFolder } from './share-folder';
import { ThreadHelper } from './thread-helper';

export interface WhileFolding {
  readonly onProgress: (position: number) => void;
  /** Called every now and then, in the middle of nothing. */
  readonly between?: () => void;
  readonly signal?: AbortSignal;
}

/** Brings a store up to a position of a log's file: events are folded here and in a helping thread, and written here. */
export async function foldFile(
  store: ReadStore,
  { logFile, of, upTo, threads, step }: FileToFold,
  { onProgress, between, signal }: WhileFolding,
): Promise<void> {
  const log = SqliteLogReader.open(logFile);
  let helper: ThreadHelper | undefined;
  try {
    const folder = new ShareFolder(log, threads === 2 ? writersShare : allStreams);
    await rebuild({
      store,
      of,
      upTo,
      history: historyFromLog(log),
      read: async (fold, after, end) => {
        between?.();
        await folder.fold(fold, after, end);
      },
      onProgress,
      ...(signal !== undefined && { signal }),
      ...(step !== null && { step }),
      ...(threads === 2 && {
        helper: (parked: readonly string[]) => (helper = new ThreadHelper({ logFile, of, parked })),
      }),
    });
  } finally {
    await helper?.close();
    log.close();
  }
}
