import { makeLog } from '../data/log-file';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { sayDone, serveTask } from '../measuring/task-process';

/* Makes a log file of the data set. */

export interface MakeLogTask {
  readonly file: string;
  readonly events: number;
  readonly seed: number;
}

serveTask(async ({ file, ...dataSet }: MakeLogTask): Promise<Sample> => {
  const end = startWatch();
  await makeLog(file, dataSet, sayDone);
  return { ...end(), values: {} };
});
