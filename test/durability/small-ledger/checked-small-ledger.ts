import { join } from 'node:path';
import { SqliteEventLog } from '@ledger/event-log';
import { checkReadModels, ReadModels, rebuildHere } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';

/**
 * Opens a small ledger again and checks it as `ledger check` does: the whole log read, every line counted anew.
 * @returns sentences; none where all is well
 */
export async function checkedSmallLedger(folder: string): Promise<readonly string[]> {
  const log = SqliteEventLog.open(join(folder, 'log.db'), Date.now);
  try {
    const models = await ReadModels.open({
      shelf: new SqliteShelf(join(folder, 'read-models')),
      log,
      figures: [],
      rebuilder: rebuildHere(log),
    });
    try {
      const { position } = await log.head();
      await models.whenApplied(position);
      return (await checkReadModels(log, models.stores)).findings;
    } finally {
      await models.close();
    }
  } finally {
    await log.close();
  }
}
