import type { DataSet } from '../data/data-set';
import { makeLog } from '../data/log-file';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { sayDone, serveTask } from '../measuring/task-process';

/* Makes a log file of the data set. */

export interface MakeLogTask extends DataSet {
  readonly file: string;
}

serveTask(async ({ file, ...dataSet }: MakeLogTask): Promise<Sample> => {
  const end = startWatch();
  await makeLog(file, dataSet, sayDone);
  return { ...end(), values: {} };
});
