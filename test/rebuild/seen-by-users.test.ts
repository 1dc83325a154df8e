import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '@ledger/event-log';
import { derivedId, streamOf } from '@ledger/events';
import { SqliteReadStore } from '@ledger/read-store';
import { startStandalone, type Standalone } from '@ledger/standalone';

/* What somebody sees, over HTTP, on pages, in files and from the command, where events are parked or read models rebuilt. */

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let folder: string;
let server: Standalone;
let appended = 0;

async function start(): Promise<void> {
  server = await startStandalone({ port: 0, folder: join(folder, 'data'), full: false });
  await server.ready;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seen-'));
  await start();
}, 60_000);
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function ask(path: string): Promise<Readonly<Record<string, unknown>>> {
  // Every answer of the API is a JSON object.
  return (await (await fetch(new URL(path, server.url))).json()) as Record<string, unknown>;
}

async function page(path: string): Promise<string> {
  return (await fetch(new URL(path, server.url), { headers: { accept: 'text/html' } })).text();
}

async function post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { 'content-type': 'application/json', 'Idempotency-Key': String(++appended) };
  const answer = await fetch(new URL(path, server.url), {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** Runs the command, as a person would. */
async function ledger(...args: readonly string[]): Promise<string> {
  if (!existsSync(join(__dirname, '..', '..', 'services', 'cli', 'dist')))
    throw new Error('The command is not built; run `npm run build` first.');
  const environment = { ...process.env, INIT_CWD: folder, LEDGER_DATA: 'data' };
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { env: environment }, (_error, out, err) =>
      resolve(out + err),
    );
  });
}

/** Records an activity as a person does; the answer is its id. */
async function record(title: string): Promise<string> {
  const data = {
    offer: 'cyber-security',
    title,
    occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
    bodies: [{ body: 'Watford', role: 'recipient' }],
  };
  const { status, body } = await post('/api/records', { records: [{ type: 'SupportProvided', data }] });
  expect([status, body['errors']]).toEqual([201, undefined]);
  const [made] = body['records'] as { id: string }[];
  return made?.id ?? '';
}

/** Appends an event past every rule, as another release might have recorded it, while the server is stopped. */
async function slipIn(stream: string, type: string): Promise<void> {
  const log = SqliteEventLog.open(join(folder, 'data', 'log.db'), Date.now);
  const id = derivedId('slipped', String(++appended));
  await log.append({
    writes: [{ stream, expected: 'any', events: [{ id, type, schemaVersion: 1, data: {} }] }],
    command: { actor: id, scope: 'test', key: id, hash: id },
    correlationId: id,
    causationId: id,
  });
  await log.close();
}

const answers = [
  '/api/annual-totals?year=2025/26',
  '/api/savings?year=2025/26',
  '/api/quarterly-totals?year=2025/26',
  '/api/deliverables?year=2025/26',
  '/api/take-up?offer=cyber-security&year=2025/26&by=type',
  '/api/explain?ask=annual-total&measure=councils-supported&year=2025/26',
  '/api/records',
  '/api/duplicates',
  '/api/periods',
  '/api/adjustments',
  '/api/measures',
  '/api/offers',
  '/api/years',
  '/api/councils?on=2025-06-01',
  '/api/figures',
];
const tables = answers.slice(0, 5);
const pages = [
  '/',
  '/annual-totals',
  '/savings',
  '/take-up',
  '/quarterly-totals',
  '/deliverables',
  '/records',
  '/duplicates',
  '/record',
];
const commands = [
  ['annual-totals', '--year', '2025/26'],
  ['savings', '--year', '2025/26'],
  ['take-up', '--offer', 'cyber-security', '--year', '2025/26', '--by', 'type'],
  ['explain', '--ask', 'annual-total', '--measure', 'councils-supported', '--year', '2025/26'],
  ['records'],
  ['duplicates'],
  ['offers'],
  ['periods'],
  ['adjustments'],
];

/** Each row of a CSV by the names of its columns; no cell looked at holds a comma. */
function lastCells(csv: string): readonly string[] {
  return csv
    .trim()
    .split(/\r?\n/)
    .map((row) => row.split(',').slice(-3).join(','));
}

test('given parked events, every answer, table, page and command says so and what to do, and recording goes on', async () => {
  const parkedId = await record('Parked');
  await record('Other');
  await server.stop();
  await slipIn(streamOf('activity', parkedId), 'SomethingElse');
  await slipIn(streamOf('activity', parkedId), 'ActivityWithdrawn');
  await start();

  for (const path of [...answers, `/api/records/activity/${parkedId}`])
    expect([path, await ask(path)]).toEqual([path, expect.objectContaining({ incomplete: true, parked: 2 })]);
  for (const path of tables) {
    const [header, ...rows] = lastCells(await page(`${path}&format=csv`));
    expect([path, header, rows.filter((row) => row !== 'true,2,false')]).toEqual([
      path,
      'incomplete,parked,rebuilding',
      [],
    ]);
  }
  for (const path of [...pages, `/records/activity/${parkedId}`]) {
    const html = await page(path);
    expect([path, html.includes('Answers are incomplete: 2 events could not be applied.')]).toEqual([
      path,
      true,
    ]);
    expect(html).toContain('href="/parked"');
  }
  expect(await page('/parked')).toContain('this release does not know the type');
  for (const command of commands)
    expect(await ledger(...command)).toContain('INCOMPLETE: 2 events are parked, and not in it');
  expect(await ledger('parked')).toMatch(/SomethingElse version 1 .*cannot be read[\s\S]*ledger replay/);
  expect(await ledger('export', '--lines')).toContain('INCOMPLETE: 2 events are parked');
  expect(await ledger('replay')).toContain('figures: 2 events are parked still.');
  expect(await ledger('check')).toContain('is parked in the figures');

  const refused = await post(`/api/records/activity/${parkedId}/withdrawals`, { reason: 'duplicate' });
  expect([refused.status, refused.body['code'], refused.body['detail']]).toEqual([
    409,
    'RECORD_PARKED',
    expect.stringContaining('nothing more can be recorded about it until that is mended'),
  ]);
  await record('Goes on');
  const { body } = await post('/api/replays', {});
  expect(body['parked']).toEqual({ figures: 2, documents: 2 });
}, 120_000);

test('given nothing parked, nothing is said of it', async () => {
  await record('One');
  expect(await ask('/api/parked')).toEqual({ parked: [] });
  expect(await page('/annual-totals')).not.toContain('govuk-notification-banner');
  expect(await page('/parked')).toContain('Nothing is parked: every event is applied.');
  expect(await ledger('parked')).toContain('Nothing is parked.');
  expect(await ledger('replay')).toContain('Nothing is parked; there was nothing to do.');
}, 60_000);

test('given a changed version that cannot be built, answers of the old one are marked everywhere, recording goes on, and a rebuild afterwards applies it', async () => {
  const before = await record('Before');
  await server.stop();
  const models = join(folder, 'data', 'read-models');
  const figures = SqliteReadStore.open(join(models, 'figures-1.db'));
  await figures.setLabel('figures 0');
  await figures.close();
  // Something stands where the new version is to be written.
  mkdirSync(join(models, 'figures-2.db', 'in-the-way'), { recursive: true });
  await start();

  expect(await ask('/health/ready')).toEqual({ state: 'ready' });
  for (const path of answers)
    expect([path, await ask(path)]).toEqual([path, expect.objectContaining({ rebuilding: true })]);
  for (const path of tables) {
    const [, ...rows] = lastCells(await page(`${path}&format=csv`));
    expect(rows.filter((row) => row !== 'false,0,true')).toEqual([]);
  }
  for (const path of pages)
    expect([path, await page(path)]).toEqual([
      path,
      expect.stringContaining('The figures could not be rebuilt for this release.'),
    ]);
  expect(await ledger('records')).toContain('REBUILDING');
  expect(await ask('/api/rebuilds')).toMatchObject({ failed: [{ projection: 'figures' }] });
  // What is recorded is kept, though answers stand where the old version does.
  await record('After');
  expect(await ask('/api/records')).toMatchObject({ total: 1 });
  expect(await page(`/records/activity/${before}`)).toContain('Being rebuilt');

  rmSync(join(models, 'figures-2.db'), { recursive: true });
  expect(await ledger('rebuild', 'figures')).toContain('nothing of this version to compare with');
  expect(await ask('/api/rebuilds')).toMatchObject({ running: [], failed: [] });
  expect(await ask('/api/records')).toMatchObject({ total: 2 });
  expect(await page('/annual-totals')).not.toContain('govuk-notification-banner');
}, 120_000);
