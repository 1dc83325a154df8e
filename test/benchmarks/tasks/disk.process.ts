import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@ledger/sqlite';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { logFileOf } from './opened-ledger';

/* How many bytes a closed ledger takes on the disk, for each event and in all. */

export interface DiskTask {
  readonly folder: string;
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

serveTask(async ({ folder }: DiskTask): Promise<Sample> => {
  const end = startWatch();
  const file = logFileOf(folder);
  const database = openDatabase(file, { synchronous: 'FULL', readOnly: true });
  const [events, stored] =
    database.prepareArrays('SELECT count(*), sum(length(bytes)) FROM event').get()?.map(Number) ?? [];
  database.close();
  if (events === undefined || stored === undefined || events === 0) throw new RangeError('The log is empty');
  const models = join(folder, 'read-models');
  const ofModels = readdirSync(models).reduce((sum, name) => sum + bytesOf(join(models, name)), 0);
  const ofLog = bytesOf(file) + bytesOf(`${file}-wal`);
  const perEvent = { log: ofLog / events, stored: stored / events, readModels: ofModels / events };
  const inAll = { logMegabytes: ofLog / 1e6, readModelsMegabytes: ofModels / 1e6 };
  return { ...end(), values: { ...perEvent, ...inAll } };
});
