import { SqliteLogReader } from '@ledger/event-log';
import { historyFromLog, rebuild } from '@ledger/projections';
import { SqliteReadStore } from '@ledger/read-store';
import type { BuildStart } from './messages';
import { allStreams, writersShare } from './shares';
import { ShareFolder } from './share-folder';
import { ThreadHelper } from './thread-helper';

export interface WhileBuilding {
  readonly onProgress: (position: number) => void;
  /** Called every now and then, in the middle of nothing. */
  readonly between?: () => void;
}

/** Builds a store's file from a log's file, with a helping thread where two are asked for. */
export async function build(
  { logFile, storeFile, of, upTo, threads, step }: BuildStart,
  { onProgress, between }: WhileBuilding,
): Promise<void> {
  const log = SqliteLogReader.open(logFile);
  const store = SqliteReadStore.open(storeFile);
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
      ...(step !== null && { step }),
      ...(threads === 2 && {
        helper: (parked: readonly string[]) => (helper = new ThreadHelper({ logFile, of, parked })),
      }),
    });
  } finally {
    await helper?.close();
    await store.close();
    log.close();
  }
}
