import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteEventLog, type AppendRequest } from '@ledger/event-log';
import { startWatch } from '../measuring/stopwatch';
import type { Sample } from '../measuring/sample';
import { serveTask } from '../measuring/task-process';
import { requestsOf, type AppendTask } from './append-input';

/* Appends decided events to the ledger's own log: the stored body is made inside. */

async function append(log: SqliteEventLog, shares: readonly (readonly AppendRequest[])[]): Promise<void> {
  await Promise.all(
    shares.map(async (requests) => {
      for (const request of requests) await log.append(request);
    }),
  );
}

async function appended(
  file: string,
  shares: readonly (readonly AppendRequest[])[],
): Promise<Omit<Sample, 'values'>> {
  const log = SqliteEventLog.open(file, Date.now);
  const end = startWatch();
  await append(log, shares);
  const used = end();
  await log.close();
  return used;
}

serveTask(async (task: AppendTask): Promise<Sample> => {
  const folder = mkdtempSync(join(task.folder, 'append-'));
  try {
    const warmUp = requestsOf({ ...task, events: Math.min(task.events, 2000, task.batch * 50) });
    const shares = requestsOf(task);
    await appended(join(folder, 'warm-up.db'), warmUp);
    const used = await appended(join(folder, 'log.db'), shares);
    return { ...used, values: { eventsPerSecond: task.events / used.wallSeconds } };
  } finally {
    rmSync(folder, { recursive: true });
  }
});
