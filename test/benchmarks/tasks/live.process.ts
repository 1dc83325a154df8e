import { join } from 'node:path';
import { SqliteEventLog } from '@ledger/event-log';
import { historyFromLog, projections, Projector } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';
import { lifeEvents, requestOf } from '../data/life-events';
import { median } from '../measuring/statistics';
import type { Sample } from '../measuring/sample';
import { millisecondsOf, startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { logFileOf } from './opened-ledger';

/* Applies recorded events to all read models as a server does: one at a time, then a hundred, each with its checkpoint. */

export interface LiveTask {
  readonly folder: string;
  readonly seed: number;
  /** How often one event is applied, and how often a hundred. */
  readonly singles: number;
  readonly hundreds: number;
}

const warmUp = 200;

async function projectorsOf(folder: string, log: SqliteEventLog): Promise<readonly Projector[]> {
  const shelf = new SqliteShelf(join(folder, 'read-models'));
  const found: Projector[] = [];
  for (const projection of projections) {
    const store = await shelf.current(projection);
    if (store === undefined) throw new RangeError(`There are no ${projection} in ${folder}`);
    found.push(new Projector(store, historyFromLog(log), 0, [projection]));
  }
  return found;
}

serveTask(async ({ folder, seed, singles, hundreds }: LiveTask): Promise<Sample> => {
  const log = SqliteEventLog.open(logFileOf(folder), Date.now);
  const projectors = await projectorsOf(folder, log);
  let after = (await log.head()).position;
  for (const projector of projectors)
    if ((await projector.checkpoint()) !== after)
      throw new RangeError('The read models are not at the head of the log');
  let number = 0;
  for (const event of lifeEvents({ seed, count: warmUp + singles + hundreds * 100 }))
    await log.append(requestOf([event], `${event.event.id} ${++number}`));

  const applyNext = async (limit: number): Promise<number> => {
    const page = await log.readPage({ after, limit });
    after += BigInt(page.length);
    return millisecondsOf(async () => {
      for (const projector of projectors) await projector.apply(page);
    });
  };
  for (let at = 0; at < warmUp; at++) await applyNext(1);
  const end = startWatch();
  const [ofOne, ofHundred]: [number[], number[]] = [[], []];
  for (let at = 0; at < singles; at++) ofOne.push(await applyNext(1));
  for (let at = 0; at < hundreds; at++) ofHundred.push(await applyNext(100));
  const used = end();
  for (const { store } of projectors) await store.close();
  await log.close();
  return { ...used, values: { one: median(ofOne), hundred: median(ofHundred) } };
});
