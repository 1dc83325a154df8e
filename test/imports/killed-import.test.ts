import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../demonstration/server-process';
import { csv, importFile } from './file-imports';

/** More than one append takes. */
const rows = 21_000;

let folder: string;
let server: ServerProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'killed-import-'));
  await start();
}, 60_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true });
});

async function start(): Promise<void> {
  server = ServerProcess.start(join(folder, 'ledger'), '--empty');
  await server.saying('is ready');
}

async function get(path: string): Promise<Readonly<Record<string, unknown>>> {
  // Answers of the API are JSON objects.
  return (await (await fetch(new URL(path, server.url))).json()) as Readonly<Record<string, unknown>>;
}

async function states(): Promise<readonly string[]> {
  // Each import has its state.
  const { imports } = (await get('/api/imports')) as { imports: readonly { readonly state: string }[] };
  return imports.map(({ state }) => state);
}

/** The figures of the year, and what they say of themselves. */
async function totals(): Promise<{ readonly rows: unknown; readonly said: readonly unknown[] }> {
  const { rows: measures, incomplete, importing } = await get('/api/annual-totals?year=2025/26');
  return { rows: measures, said: [incomplete, importing] };
}

test('a server that is killed in the middle of a large import has nothing of it when it is started again', async () => {
  const large = csv([
    ['Offer', 'When', 'Title', 'Councils: recipient'],
    ...Array.from({ length: rows }, (_, at) => ['Cyber security', '4/6/2025', `Review ${at}`, 'Watford']),
  ]);
  const before = await totals();
  const imports = await states();
  const broken = importFile(server, large, 'SupportProvided').catch(() => 'no answer');
  while (!(await states()).includes('incomplete')) await get('/api/import-files');
  expect((await totals()).said).toEqual([true, 1]);
  await server.end('SIGKILL');
  expect(await broken).toBe('no answer');
  await start();
  expect([await states(), await totals()]).toEqual([['reversed', ...imports], before]);
  // Nothing of it stands in the way of sending it again.
  const tried = await importFile(server, large, 'SupportProvided', { dryRun: 'true' });
  expect(tried.totals).toMatchObject({ rows, new: rows, gone: 0 });
}, 600_000);
