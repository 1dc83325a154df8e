import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { figureMapping } from '@ledger/demonstration';
import { FollowedSqliteLog } from '@ledger/event-log';
import { SharedReadModels } from '@ledger/projections';
import { PostgresShelf, SqliteShelf } from '@ledger/read-store';
import { RunningLedger } from '../running/running-ledger';
import { compareFigures } from './every-figure';
import { OwnDatabase } from './own-database';
import { ProjectorProcess } from './projector-process';

let ledger: RunningLedger;
let database: OwnDatabase;
let projector: ProjectorProcess;
/** Every process that was started: none outlives the tests. */
const started: ProjectorProcess[] = [];
let log: FollowedSqliteLog;
let shelf: PostgresShelf;
let inPostgres: SharedReadModels;
let ofStandalone: SharedReadModels;

function startProjector(): ProjectorProcess {
  const process = ProjectorProcess.start(join(ledger.folder, 'ledger', 'log.db'), database.address);
  started.push(process);
  return process;
}

beforeAll(async () => {
  ledger = await RunningLedger.start(true);
  const folder = join(ledger.folder, 'ledger');
  database = await OwnDatabase.make();
  projector = startProjector();
  log = FollowedSqliteLog.open(join(folder, 'log.db'));
  shelf = await PostgresShelf.open(database.address);
  inPostgres = new SharedReadModels({ shelf, log, figures: figureMapping });
  ofStandalone = new SharedReadModels({
    shelf: new SqliteShelf(join(folder, 'read-models')),
    log,
    figures: figureMapping,
  });
  await projector.saying('Following the log');
}, 900_000);
afterAll(async () => {
  for (const process of started) await process.end('SIGKILL');
  await ofStandalone.close();
  await inPostgres.close();
  await shelf.close();
  await log.close();
  await database.drop();
  await ledger.stop();
}, 120_000);

/** Resolves when the read models in PostgreSQL have everything that is recorded now; the position. */
async function caughtUp(): Promise<bigint> {
  const { position } = await log.head();
  while ((await inPostgres.applied()) < position) await after(20);
  return position;
}

let recorded = 0;
async function record(): Promise<void> {
  const occurred = { from: '2025-06-02', to: '2025-06-03', basis: 'stated' };
  const data = {
    offer: 'cyber-security',
    title: `Advice ${++recorded}`,
    occurred,
    bodies: [{ body: 'Watford', role: 'recipient' }],
  };
  const answer = await ledger.post('/api/records', { records: [{ type: 'SupportProvided', data }] });
  expect(answer).toMatchObject({ status: 201 });
}

async function compareAt(position: bigint): Promise<number> {
  return compareFigures(inPostgres.queries, ofStandalone.queries, { position });
}

test('answers from PostgreSQL are those of the standalone ledger, figure by figure, on the whole demonstration, now and as recorded earlier', async () => {
  const position = await caughtUp();
  expect(await compareAt(position)).toBeGreaterThan(100);
  expect(await compareAt((position * 2n) / 3n)).toBeGreaterThan(50);
}, 900_000);

test('what is recorded while the projector is killed is applied after it is started again, once', async () => {
  await record();
  await caughtUp();
  await projector.end('SIGKILL');
  await record();
  await record();
  projector = startProjector();
  await projector.saying('Following the log');
  await record();
  const position = await caughtUp();
  const year = 202526;
  expect(await inPostgres.queries.annualTotals({ year, at: { position } })).toEqual(
    await ofStandalone.queries.annualTotals({ year, at: { position } }),
  );
  expect(await (await fetch(`${projector.url}/health/ready`)).json()).toMatchObject({
    state: 'following',
    position: String(position),
  });
  await projector.measuring('ledger_projection_lag_events 0');
}, 300_000);

test('a second projector of the same read models does not count anything twice: one of the two ends, and says why', async () => {
  const second = startProjector();
  await second.saying('Following the log');
  await record();
  const { child, printed } = await Promise.race(
    [projector, second].map(async (one) => {
      await new Promise((resolve) => one.child.once('close', resolve));
      return one;
    }),
  );
  expect([child.exitCode, printed]).toEqual([1, expect.stringContaining('another projector has moved it')]);
  if (child === projector.child) projector = second;
  else await second.end('SIGKILL');
  const position = await caughtUp();
  const year = 202526;
  expect(await inPostgres.queries.annualTotals({ year, at: { position } })).toEqual(
    await ofStandalone.queries.annualTotals({ year, at: { position } }),
  );
}, 300_000);

test('a projector that is told to stop ends by itself, with nothing half done', async () => {
  expect(await projector.end('SIGTERM')).toBe(0);
  expect(await inPostgres.applied()).toBe((await log.head()).position);
});
