import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { allRoutes, initLedger, startStandalone } from '@ledger/standalone';
import { RunningLedger } from '../running/running-ledger';
import { firstPassword, LiveLedger } from './live-ledger';

let live: LiveLedger;
let root: string;
beforeAll(async () => {
  live = await LiveLedger.start();
  root = mkdtempSync(join(tmpdir(), 'purpose-'));
}, 60_000);
afterAll(async () => {
  await live.stop();
  rmSync(root, { recursive: true });
});

const user = { name: 'Ada First', email: 'ada@example.org', password: firstPassword };

test('a live ledger begins with the register, the catalogue and no record', async () => {
  const token = await live.signIn();
  expect((await live.get('/api/records', token)).body).toMatchObject({ records: [], total: 0 });
  const { body } = await live.get('/api/councils?on=2020-04-01', token);
  expect((body['councils'] as unknown[]).length).toBe(339);
});

test('a live ledger refuses invented records, by every way in', async () => {
  const token = await live.signIn();
  const occurred = { from: '2025-06-02', to: '2025-06-03', basis: 'stated' };
  const bodies = [{ body: 'Watford', role: 'recipient' }];
  const records = [
    { type: 'SupportProvided', data: { offer: 'cyber-security', occurred, bodies }, illustrative: true },
  ];
  for (const [path, body] of [
    ['/api/records', { records }],
    ['/api/imports', { label: 'Invented', records }],
  ] as const) {
    const answer = await live.post(path, body, token);
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).toEqual([expect.objectContaining({ code: 'no-illustrative' })]);
  }
});

test('a demonstration ledger never becomes live, and a live one never a demonstration', async () => {
  const demonstration = await RunningLedger.start(false);
  const folder = join(demonstration.folder, 'ledger');
  await expect(initLedger(folder, user)).rejects.toMatchObject({ code: 'FOLDER_NOT_EMPTY' });
  const copy = join(root, 'copy');
  await demonstration.server.stop();
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, 'ledger.json'), readFileSync(join(live.folder, 'ledger.json')));
  const disguised = await startStandalone({ port: 0, folder: copy, full: false });
  await expect(disguised.ready).rejects.toMatchObject({ code: 'WRONG_LEDGER' });
  await disguised.stop();

  const stripped = join(root, 'stripped');
  cpSync(live.folder, stripped, { recursive: true });
  rmSync(join(stripped, 'ledger.json'));
  const bare = await startStandalone({ port: 0, folder: stripped, full: true });
  await expect(bare.ready).rejects.toMatchObject({ code: 'WRONG_LEDGER' });
  await bare.stop();
  rmSync(demonstration.folder, { recursive: true });
}, 60_000);

test.each([
  ['a weak password', { ...user, password: 'short' }, 'WEAK_PASSWORD'],
  ['an address that is none', { ...user, email: 'ada' }, 'INVALID_PERSON'],
  ['no name', { ...user, name: ' ' }, 'INVALID_PERSON'],
])('with %s nothing is made', async (_what, wrong, code) => {
  await expect(initLedger(join(root, 'never'), wrong)).rejects.toMatchObject({ code });
  expect(readdirSync(root).filter((name) => name.includes('never'))).toEqual([]);
});

test('commands of commands act on the ledger that is named', async () => {
  const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
  const added = await promisify(execFile)(process.execPath, [
    bin,
    'users',
    'add',
    '--name',
    'Ben New',
    '--email',
    'ben@example.org',
    '--role',
    'report-writer',
    '--data',
    live.folder,
  ]);
  expect(added.stdout).toMatch(/First password: \S+/);
  const { stdout } = await promisify(execFile)(process.execPath, [bin, 'users', '--data', live.folder]);
  expect(stdout).toContain('ben@example.org');
});

test('the command asks for nothing that is not behind a permission', () => {
  const neverOpen = (): never => {
    throw new Error('Only the declarations are looked at');
  };
  const { commands, questions } = allRoutes(neverOpen, { oidc: () => undefined, secure: false });
  const declared = [...commands, ...questions].map(
    ({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  );
  const folder = join(__dirname, '..', '..', 'services', 'cli', 'src');
  const asked = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/['`](\/api\/[^'`?]+)['`]/g)])
    .map(([, path = '']) => path)
    .filter((path) => !path.includes('$'));
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter((path) => !declared.some((one) => one.test(path)))).toEqual([]);
});
