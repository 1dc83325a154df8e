import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivedId } from '@ledger/events';
import { FollowedSqliteLog, KurrentDbEventLog, SqliteEventLog, type RecordedEvent } from '@ledger/event-log';
import { openDatabase } from '@ledger/sqlite';
import { LiveLedger } from '../live/live-ledger';
import { TestServer } from './test-server';

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
const councils = ['Watford', 'Elmbridge', 'Cornwall', 'Leeds', 'Brent'];

let server: TestServer;
let ledger: LiveLedger;
let root: string;

/** A live ledger with records and seals, stopped. */
async function sealedLedger(): Promise<LiveLedger> {
  const live = await LiveLedger.start();
  const { token } = await live.user('Eve Editor', [{ role: 'programme-editor', programmes: 'all' }]);
  const finance = await live.user('Fin Finance', [{ role: 'finance-verifier', programmes: 'all' }]);
  for (const council of councils) {
    const data = {
      offer: 'cyber-security',
      title: `Support of ${council}`,
      occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
      bodies: [{ body: council, role: 'recipient' }],
    };
    const { status, text } = await live.post(
      '/api/records',
      { records: [{ type: 'SupportProvided', data }] },
      token,
    );
    if (status !== 201) throw new Error(text);
    const seal = await live.post('/api/seals', {}, finance.token);
    if (seal.status >= 300) throw new Error(seal.text);
  }
  await live.server.stop();
  return live;
}

beforeAll(async () => {
  if (!existsSync(join(__dirname, '..', '..', 'services', 'cli', 'dist')))
    throw new Error('The command is not built; run `npm run build` first.');
  root = mkdtempSync(join(tmpdir(), 'copy-command-'));
  server = await TestServer.start();
  ledger = await sealedLedger();
});
afterAll(async () => {
  await server.stop();
  rmSync(ledger.root, { recursive: true, force: true });
  rmSync(root, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function copy(from: string, to: string, ...more: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, 'copy', '--from', from, '--to', to, ...more],
      { cwd: root, env: { ...process.env, INIT_CWD: root } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

async function eventsOf(file: string): Promise<unknown[]> {
  const log = FollowedSqliteLog.open(file);
  const list: RecordedEvent[] = [...(await log.readPage({ after: 0n, limit: 1_000_000 }))];
  await log.close();
  return list.map(({ bytes, ...event }) => ({ ...event, text: Buffer.from(bytes).toString('utf8') }));
}

test('a ledger’s log goes to KurrentDB and back, byte for byte, and its seals hold before and after', async () => {
  const there = await copy(`sqlite:${ledger.folder}`, server.address('ours'), '--json');
  expect(there.err).toBe('');
  const answer = JSON.parse(there.out) as { position: string; seals: { sealed: number; findings: string[] } };
  expect(answer).toMatchObject({ alreadyThere: '0', seals: { findings: [] } });
  expect(answer.seals.sealed).toBeGreaterThan(councils.length);
  const back = await copy(server.address('ours'), 'sqlite:back/log.db', '--seals', ledger.folder);
  expect(back.out).toContain(`the log ends at position ${answer.position} on both sides`);
  expect(back.out).toContain(`The seals hold, before and after: ${answer.seals.sealed} events sealed`);
  expect(await eventsOf(join(root, 'back/log.db'))).toEqual(await eventsOf(join(ledger.folder, 'log.db')));
  const again = await copy(`sqlite:${ledger.folder}`, server.address('ours'), '--json');
  expect(JSON.parse(again.out)).toMatchObject({ alreadyThere: answer.position, position: answer.position });
});

test('a target that holds something else is refused, in a file and in KurrentDB', async () => {
  const other = await LiveLedger.start();
  await other.server.stop();
  for (const target of [`sqlite:${other.folder}`, server.address('theirs')]) {
    if (target.startsWith('kurrentdb')) expect((await copy(`sqlite:${other.folder}`, target)).code).toBe(0);
    const refused = await copy(`sqlite:${ledger.folder}`, target);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('holds something else') });
  }
  rmSync(other.root, { recursive: true, force: true });
});

test('a log that does not agree with its seals is not copied', async () => {
  const altered = join(root, 'altered');
  cpSync(ledger.folder, altered, { recursive: true });
  const database = openDatabase(join(altered, 'log.db'), { synchronous: 'FULL' });
  database.exec(
    "UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Support of', 'Report of') AS BLOB)",
  );
  database.close();
  const refused = await copy('sqlite:altered', server.address('altered'));
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('nothing was copied') });
  const target = await KurrentDbEventLog.open(server.address('altered'), { now: Date.now });
  expect((await target.head()).position).toBe(0n);
  await target.close();
});

test('a copy that is killed goes on where it was', async () => {
  mkdirSync(join(root, 'long'));
  copyFileSync(join(ledger.folder, 'log.db'), join(root, 'long/log.db'));
  const actor = derivedId('test', 'actor');
  const log = SqliteEventLog.open(join(root, 'long/log.db'), Date.now);
  const appends = Array.from({ length: 4000 }, (_, n) => ({
    writes: [0, 1, 2].map((at) => ({
      stream: `test-${n % 2 === 0 ? at : 3 * n + at}`,
      expected: 'any' as const,
      events: [
        {
          id: derivedId('test', String(3 * n + at)),
          type: 'SomethingHappened',
          schemaVersion: 1,
          data: { n },
        },
      ],
    })),
    command: { actor, scope: 'test', key: String(n), hash: String(n) },
    correlationId: actor,
    causationId: actor,
  }));
  await Promise.all(appends.map((request) => log.append(request)));
  const { position } = await log.head();
  await log.close();

  const address = server.address('long');
  const child = spawn(process.execPath, [bin, 'copy', '--from', 'sqlite:long', '--to', address], {
    cwd: root,
    env: { ...process.env, INIT_CWD: root },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const watching = await KurrentDbEventLog.open(address, { now: Date.now });
  const seen = new AbortController();
  for await (const item of watching.subscribe({ after: 0n, signal: seen.signal }))
    if (!('caughtUp' in item) && item.position === 2500n) seen.abort();
  child.kill('SIGKILL');
  await ended;
  await watching.close();

  const second = JSON.parse((await copy('sqlite:long', address, '--json')).out) as { alreadyThere: string };
  expect(second).toMatchObject({ position: String(position) });
  expect(BigInt(second.alreadyThere)).toBeGreaterThanOrEqual(2500n);
  await copy(address, 'sqlite:long-back');
  expect(await eventsOf(join(root, 'long-back/log.db'))).toEqual(await eventsOf(join(root, 'long/log.db')));
});

test('what is no address, and no log, is said', async () => {
  expect(await copy('postgres://x', 'sqlite:nowhere')).toMatchObject({
    code: 1,
    err: expect.stringContaining('sqlite:PATH'),
  });
  expect(await copy('sqlite:nowhere', server.address('nowhere'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no log at'),
  });
});
