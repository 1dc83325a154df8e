import { SqliteReadStore } from '@ledger/read-store';
import { foldFile, type WhileFolding } from './fold-file';
import type { BuildStart } from './messages';

/** Builds the files of stores from a log's file, with a helping thread where two are asked for. */
export async function build({ stores, ...file }: BuildStart, meanwhile: WhileFolding): Promise<void> {
  const targets = stores.map(({ file: storeFile, of }) => ({ store: SqliteReadStore.open(storeFile), of }));
  try {
    await foldFile(targets, file, meanwhile);
  } finally {
    for (const { store } of targets) await store.close();
  }
}
