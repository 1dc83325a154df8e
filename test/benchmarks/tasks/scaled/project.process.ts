import { FollowedSqliteLog } from '@ledger/event-log';
import { decodeStoredBody } from '@ledger/events';
import { historyFromLog, LogFollower, postedLines, projections, Projector } from '@ledger/projections';
import { MemoryReadStore, PostgresReadStore } from '@ledger/read-store';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { BenchEngines } from '../../lines/context';
import type { Sample } from '../../measuring/sample';
import { serveTask } from '../../measuring/task-process';
import { watched } from '../../measuring/watched';
import { withDatabase } from './bench-database';

/*
 * Applies a log to all read models in PostgreSQL as the projector does that follows it; or does what cannot be left out of
 * that: reads the same pages, parses each event, and copies the lines that it gives into a table without an index.
 */

export interface ProjectTask {
  readonly logFile: string;
  readonly events: number;
  readonly who: 'projector' | 'floor';
  readonly server: BenchEngines['server'];
}

/** As a projector reads that has fallen behind. */
const pageSize = 5000;

async function project({ logFile, events, server }: ProjectTask, address: string): Promise<Sample> {
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

/** The lines that each event posts, as rows of text. */
async function linesByPosition({ logFile, events }: ProjectTask): Promise<ReadonlyMap<number, string>> {
  const log = FollowedSqliteLog.open(logFile);
  const store = new MemoryReadStore();
  const projector = new Projector(store, historyFromLog(log), 0, ['figures']);
  for (let after = 0; after < events; after += pageSize)
    await projector.apply(await log.readPage({ after: BigInt(after), limit: pageSize }));
  const rows = new Map<number, string>();
  for await (const line of postedLines(store, events)) {
    const row = Object.values(line)
      .map((value) => (value === null || value === undefined ? '\\N' : String(value)))
      .join('\t');
    rows.set(line.position, `${rows.get(line.position) ?? ''}${row}\n`);
  }
  await log.close();
  return rows;
}

async function copied(client: Client, rows: string): Promise<void> {
  const stream = client.query(copyFrom('COPY line FROM STDIN'));
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('finish', resolve);
    stream.end(rows);
  });
}

async function floor(task: ProjectTask, address: string): Promise<Sample> {
  const lines = await linesByPosition(task);
  const columns = ([...lines.values()][0] ?? '').split('\n')[0]?.split('\t').length ?? 0;
  const client = new Client({ connectionString: address, options: '-c synchronous_commit=off' });
  await client.connect();
  const names = Array.from({ length: columns }, (_, at) => `column_${at} text`);
  await client.query(`CREATE TABLE line (${names.join(', ')})`);
  const log = FollowedSqliteLog.open(task.logFile);
  const { events, server } = task;
  let parsed = 0;
  const sample = await watched(server, events, async () => {
    for (let after = 0; after < events; after += pageSize) {
      let rows = '';
      for (const { position, bytes } of await log.readPage({ after: BigInt(after), limit: pageSize })) {
        if (decodeStoredBody(bytes).type !== '') parsed += 1;
        rows += lines.get(Number(position)) ?? '';
      }
      await copied(client, rows);
    }
  });
  await client.end();
  await log.close();
  if (parsed !== events) throw new RangeError(`Only ${parsed} of ${events} events were parsed`);
  return sample;
}

serveTask(async (task: ProjectTask) =>
  withDatabase(task.server, async (address) =>
    task.who === 'projector' ? project(task, address) : floor(task, address),
  ),
);
