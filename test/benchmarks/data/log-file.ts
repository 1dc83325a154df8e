import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { SqliteEventLog } from '@ledger/event-log';
import { benchData } from './bench-data';
import type { DataSet } from './data-set';

/** Builds a log file of the data set through the log's own append. @throws DataSetSizeError */
export async function makeLog(
  file: string,
  dataSet: DataSet,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  for (const suffix of ['', '-wal', '-shm', '.lock']) rmSync(file + suffix, { force: true });
  let now = 0;
  const log = SqliteEventLog.open(file, () => now);
  try {
    let done = 0;
    for (const { recordedAtMs, count, ...append } of benchData(dataSet)) {
      now = recordedAtMs;
      await log.append(append);
      done += count;
      onProgress(done);
    }
  } finally {
    await log.close();
  }
}
