import { SqliteReadStore } from '@ledger/read-store';
import { foldFile, type WhileFolding } from './fold-file';
import type { BuildStart } from './messages';

/** Builds a store's file from a log's file, with a helping thread where two are asked for. */
export async function build({ storeFile, ...file }: BuildStart, meanwhile: WhileFolding): Promise<void> {
  const store = SqliteReadStore.open(storeFile);
  try {
    await foldFile(store, file, meanwhile);
  } finally {
    await store.close();
  }
}
