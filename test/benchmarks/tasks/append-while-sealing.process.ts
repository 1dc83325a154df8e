import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteEventLog, type AppendRequest } from '@ledger/event-log';
import { ClockAfterSeals } from '@ledger/notary';
import { notaryBeside } from '../../running/log-notary';
import { millisecondsOf, startWatch } from '../measuring/stopwatch';
import type { Sample } from '../measuring/sample';
import { serveTask } from '../measuring/task-process';
import { requestsOf } from './append-input';

/*
 * What sealing takes from appending. Two processes differ by more than that, so one process appends to one log, a stretch
 * with a notary that follows and seals and a stretch without, in turn; which of a pair comes first alternates.
 */

export interface AppendWhileSealingTask {
  /** Where the files are made. */
  readonly folder: string;
  /** Events of a stretch. */
  readonly events: number;
  /** Stretches with a notary, and as many without. */
  readonly pairs: number;
}

const benchLedger = '0f0a5c1e-2222-5000-8000-000000000001';

async function append(log: SqliteEventLog, requests: readonly AppendRequest[]): Promise<void> {
  for (const request of requests) await log.append(request);
}

serveTask(async ({ folder: place, events, pairs }: AppendWhileSealingTask): Promise<Sample> => {
  const folder = mkdtempSync(join(place, 'append-'));
  try {
    const clock = new ClockAfterSeals(Date.now);
    const log = SqliteEventLog.open(join(folder, 'log.db'), clock.now);
    const [requests = []] = requestsOf({ events: (2 * pairs + 2) * events, batch: 1, callers: 1 });
    let done = 0;
    const stretch = async (sealing: boolean): Promise<number> => {
      const notary = sealing ? await notaryBeside(log, { folder, clock, ledger: benchLedger }) : undefined;
      notary?.start();
      const next = requests.slice(done, (done += events));
      const milliseconds = await millisecondsOf(async () => append(log, next));
      // What was recorded is sealed before the next stretch begins: each has as much to follow as it records.
      if (notary !== undefined) await notary.seal();
      await notary?.close();
      return milliseconds;
    };
    await stretch(false);
    await stretch(true);
    const end = startWatch();
    const took = { sealing: 0, notSealing: 0 };
    for (let pair = 0; pair < pairs; pair++)
      for (const sealing of pair % 2 === 0 ? [true, false] : [false, true])
        took[sealing ? 'sealing' : 'notSealing'] += await stretch(sealing);
    const used = end();
    await log.close();
    const perSecond = (milliseconds: number): number => (pairs * events * 1000) / milliseconds;
    return { ...used, values: { sealing: perSecond(took.sealing), notSealing: perSecond(took.notSealing) } };
  } finally {
    rmSync(folder, { recursive: true });
  }
});
