import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteEventLog, type AppendRequest } from '@ledger/event-log';
import { ClockAfterSeals, Notary } from '@ledger/notary';
import { requestOf } from '../data/life-events';
import { startWatch } from '../measuring/stopwatch';
import type { Sample } from '../measuring/sample';
import { serveTask } from '../measuring/task-process';
import { batchesOf, shared, type AppendTask } from './append-input';

/* Appends decided events to the ledger's own log: the stored body is made inside. */

const benchLedger = '0f0a5c1e-2222-5000-8000-000000000001';

async function append(log: SqliteEventLog, shares: readonly (readonly AppendRequest[])[]): Promise<void> {
  await Promise.all(
    shares.map(async (requests) => {
      for (const request of requests) await log.append(request);
    }),
  );
}

function requests(task: AppendTask): AppendRequest[][] {
  let number = 0;
  return shared(batchesOf(task), task.callers).map((batches) =>
    batches.map((batch) => requestOf(batch, `append ${++number}`)),
  );
}

/** Opens a notary as a server does, beside the log. */
async function notaryOf(log: SqliteEventLog, clock: ClockAfterSeals, folder: string): Promise<Notary> {
  return Notary.open({
    folder,
    log,
    clock,
    ledger: benchLedger,
    operator: benchLedger,
    keyed: (text) => createHash('sha256').update(text).digest('hex'),
    settings: {},
  });
}

async function appended(
  folder: string,
  shares: readonly (readonly AppendRequest[])[],
  sealing: boolean,
): Promise<Omit<Sample, 'values'>> {
  mkdirSync(folder);
  const clock = new ClockAfterSeals(Date.now);
  const log = SqliteEventLog.open(join(folder, 'log.db'), clock.now);
  const notary = sealing ? await notaryOf(log, clock, folder) : undefined;
  notary?.start();
  const end = startWatch();
  await append(log, shares);
  const used = end();
  await notary?.close();
  await log.close();
  return used;
}

serveTask(async (task: AppendTask): Promise<Sample> => {
  const folder = mkdtempSync(join(task.folder, 'append-'));
  try {
    const warmUp = requests({ ...task, events: Math.min(task.events, 2000, task.batch * 50) });
    const shares = requests(task);
    const { sealing = false } = task;
    await appended(join(folder, 'warm-up'), warmUp, sealing);
    const used = await appended(join(folder, 'measured'), shares, sealing);
    return { ...used, values: { eventsPerSecond: task.events / used.wallSeconds } };
  } finally {
    rmSync(folder, { recursive: true });
  }
});
