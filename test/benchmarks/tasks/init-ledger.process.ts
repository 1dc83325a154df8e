import { constants, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initLedger } from '@ledger/standalone';
import type { DataSet } from '../data/data-set';
import { benchLedgerId } from '../data/reference-events';
import { startWatch } from '../measuring/stopwatch';
import type { Sample } from '../measuring/sample';
import { serveTask } from '../measuring/task-process';
import { benchUser } from './bench-user';
import { logFileOf } from './opened-ledger';

/*
 * Makes the folder of a live ledger and puts the log of the data set in the place of its own. It opens neither: a
 * file that this process had open would be let go of only when it ends.
 */

export interface InitTask extends DataSet {
  readonly folder: string;
  /** Copied: a ledger is written to, the log is needed again. */
  readonly logFile: string;
}

serveTask(async ({ folder, logFile, ...dataSet }: InitTask): Promise<Sample> => {
  const end = startWatch();
  await initLedger(folder, benchUser);
  for (const suffix of ['', '-wal', '-shm']) rmSync(logFileOf(folder) + suffix, { force: true });
  copyFileSync(logFile, logFileOf(folder), constants.COPYFILE_FICLONE);
  const file = join(folder, 'ledger.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  writeFileSync(file, JSON.stringify({ ...settings, ledger: benchLedgerId(dataSet) }));
  return { ...end(), values: {} };
});
