import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { figureMapping } from '@ledger/demonstration';
import { SqliteEventLog } from '@ledger/event-log';
import { ReadModels } from '@ledger/projections';
import { SqliteReadStore, SqliteShelf } from '@ledger/read-store';
import { rebuildInThreads } from '@ledger/threads';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';

/* Rebuilds read models from a log as the product does: in threads, with checkpoints, every event validated. */

export interface RebuildTask {
  readonly logFile: string;
  readonly events: number;
  /** A folder to build in. */
  readonly folder: string;
  /** Figures only, in one thread or in two; or everything, as a server does that has no read models yet. */
  readonly what: 'figures' | 'all';
  readonly threads: 1 | 2;
}

async function figuresOnly({ logFile, events, threads }: RebuildTask, folder: string): Promise<void> {
  const file = join(folder, 'figures.db');
  const draft = { store: SqliteReadStore.open(file), file };
  await rebuildInThreads({ logFile, threads })({ drafts: [{ draft, of: ['figures'] }], upTo: events });
  const store = SqliteReadStore.open(file);
  const [reached] = (await store.checkpoints()).values();
  await store.close();
  if (reached !== events) throw new RangeError(`The rebuild reached ${reached} of ${events}`);
}

async function everything({ logFile, threads }: RebuildTask, folder: string): Promise<void> {
  const log = SqliteEventLog.open(logFile, Date.now);
  const models = await ReadModels.open({
    shelf: new SqliteShelf(folder),
    log,
    figures: figureMapping,
    rebuilder: rebuildInThreads({ logFile, threads }),
  });
  const parked = Object.values(await models.parked()).reduce((sum, one) => sum + one, 0);
  await models.close();
  await log.close();
  if (parked > 0) throw new RangeError(`${parked} events were parked`);
}

serveTask(async (task: RebuildTask): Promise<Sample> => {
  const folder = mkdtempSync(join(task.folder, 'rebuild-'));
  try {
    const end = startWatch();
    await (task.what === 'figures' ? figuresOnly(task, folder) : everything(task, folder));
    const used = end();
    return { ...used, values: { eventsPerSecond: task.events / used.wallSeconds } };
  } finally {
    rmSync(folder, { recursive: true });
  }
});
