import { FollowedSqliteLog } from '@ledger/event-log';
import { decodeStoredBody } from '@ledger/events';
import { historyFromLog, LogFollower, projections, Projector } from '@ledger/projections';
import { PostgresReadStore } from '@ledger/read-store';
import type { BenchEngines } from '../../lines/context';
import type { Sample } from '../../measuring/sample';
import { serveTask } from '../../measuring/task-process';
import { watched } from '../../measuring/watched';
import { withDatabase } from './bench-database';
import { plainRowsOf, PlainTable } from './plain-rows';

/*
 * Applies a log to all read models in PostgreSQL as the projector does that follows it; or does what cannot be left out of
 * that: reads the same pages, parses each event, and copies the lines that it gives into a table without an index.
 */

export interface ProjectLogTask {
  readonly logFile: string;
  readonly events: number;
  readonly who: 'follower' | 'floor';
  readonly server: BenchEngines['server'];
}

/** As a projector reads that has fallen behind. */
const pageSize = 5000;

async function project({ logFile, events, server }: ProjectLogTask, address: string): Promise<Sample> {
  const log = FollowedSqliteLog.open(logFile);
  const stores = await Promise.all(projections.map(async (of) => PostgresReadStore.open(address, of)));
  const followers = projections.flatMap((of, at) => {
    const store = stores[at];
    return store === undefined
      ? []
      : [new LogFollower(log, new Projector(store, historyFromLog(log), 0, [of]), undefined, pageSize)];
  });
  const sample = await watched(server, events, async () => {
    await Promise.all(followers.map(async (follower) => follower.start()));
  });
  for (const follower of followers) {
    if (Number(follower.applied) !== events) throw new RangeError(`Only ${follower.applied} were applied`);
    await follower.stop();
  }
  for (const store of stores) await store.close();
  await log.close();
  return sample;
}

async function floor({ logFile, events, server }: ProjectLogTask, address: string): Promise<Sample> {
  const rows = await plainRowsOf(logFile, events);
  const table = await PlainTable.make(address, rows);
  const log = FollowedSqliteLog.open(logFile);
  let parsed = 0;
  const sample = await watched(server, events, async () => {
    for (let after = 0; after < events; after += pageSize) {
      let text = '';
      for (const { position, bytes } of await log.readPage({ after: BigInt(after), limit: pageSize })) {
        if (decodeStoredBody(bytes).type !== '') parsed += 1;
        text += rows.get(Number(position)) ?? '';
      }
      await table.copy(text);
    }
  });
  await table.close();
  await log.close();
  if (parsed !== events) throw new RangeError(`Only ${parsed} of ${events} events were parsed`);
  return sample;
}

serveTask(async (task: ProjectLogTask) =>
  withDatabase(task.server, async (address) =>
    task.who === 'follower' ? project(task, address) : floor(task, address),
  ),
);
