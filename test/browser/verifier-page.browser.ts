import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { demonstrationBundle } from '../seals/demonstration-bundle';
import { launch, overflowOf, violationsOn } from './browser';

/* The page that verifies in a browser, opened from a file, without a network. */

const maker = join(__dirname, '..', '..', 'infra', 'setup', 'verifier-page.js');
let root: string;
let browser: Browser;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'verifier-page-'));
  execFileSync(process.execPath, [maker, 'verify.html'], { env: { ...process.env, INIT_CWD: root } });
  const handed = await demonstrationBundle(root, ['2016/17', '2019/20']);
  writeFileSync(join(root, 'bundle.ndjson'), handed.file);
  writeFileSync(join(root, 'before.ndjson'), handed.before);
  writeFileSync(join(root, 'seal.pub'), handed.key);
  writeFileSync(join(root, 'earlier.txt'), handed.earlier);
  writeFileSync(join(root, 'newest.txt'), handed.newest);
  browser = await launch();
  const context = await browser.newContext({ offline: true });
  page = await context.newPage();
  page.on('request', (request) => asked.push(request.url()));
}, 180_000);
afterAll(async () => {
  await browser.close();
  rmSync(root, { recursive: true });
});

/** Verifies files of the folder, and gives what the page says. */
async function said(bundle: string, key?: string, checkpoints: readonly string[] = []): Promise<string> {
  await page.goto(pathToFileURL(join(root, 'verify.html')).href);
  await page.getByLabel('Bundle').setInputFiles(join(root, bundle));
  if (key !== undefined) await page.getByLabel('Public key').setInputFiles(join(root, key));
  const kept = checkpoints.map((name) => join(root, name));
  if (kept.length > 0) await page.getByLabel('Checkpoints that were kept elsewhere').setInputFiles(kept);
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('status').getByRole('heading').waitFor({ timeout: 120_000 });
  return page.getByRole('status').innerText();
}

test('a bundle and its key are verified by the page, which asks nobody for anything', async () => {
  const text = await said('bundle.ndjson', 'seal.pub');
  expect(text).toContain('Verified');
  expect(text).toContain('0 are not yet sealed');
  expect(text).toMatch(/[1-9]\d* figures were recomputed by their rules/);
  expect(asked.every((url) => url.startsWith('file:'))).toBe(true);
  expect(await violationsOn(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await overflowOf(page)).toBe(0);
}, 180_000);

test('the log begins as every checkpoint says that was kept, an earlier one too', async () => {
  expect(await said('bundle.ndjson', 'seal.pub', ['earlier.txt', 'newest.txt'])).toContain('Verified');
}, 180_000);

test('a log that lacks what a kept checkpoint is over is found, though it is whole and signed in itself', async () => {
  expect(await said('before.ndjson', 'seal.pub', ['earlier.txt'])).toContain('Verified');
  const text = await said('before.ndjson', 'seal.pub', ['newest.txt']);
  expect(text).toContain('Not as it was sealed');
  expect(text).toContain('LOG_CUT_SHORT');
  expect(text).toContain('newest.txt');
}, 180_000);

test('without a key it is consistent in itself, and its origin not proved', async () => {
  expect(await said('bundle.ndjson')).toContain('Consistent in itself; origin not proved');
}, 180_000);

test('one changed byte is found, with the first bad index', async () => {
  const lines = readFileSync(join(root, 'bundle.ndjson'), 'utf8').split('\n');
  const events = lines.filter((line) => line.startsWith('{"actor"'));
  const index = events.findIndex((line, at) => at > events.length / 2 && line.includes('"title":"'));
  const event = events[index] ?? '';
  const other = event.replace(/"title":"./, '"title":"~');
  expect([other.length, other === event]).toEqual([event.length, false]);
  const changed = lines.join('\n').replace(event, () => other);
  writeFileSync(join(root, 'changed.ndjson'), changed);
  const text = await said('changed.ndjson', 'seal.pub');
  expect(text).toContain('Not as it was sealed');
  expect(text).toContain(`First bad index: ${index} (position ${index + 1})`);
}, 180_000);

test('a figure that does not follow from the events is found, though every event is as it was sealed', async () => {
  const lines = readFileSync(join(root, 'bundle.ndjson'), 'utf8').split('\n');
  const at = lines.findIndex(
    (line) => line.includes('"ask":"annual-total"') && line.includes('councils-supported'),
  );
  const figure = JSON.parse(lines[at] ?? '{}') as { value: string };
  lines[at] = JSON.stringify({ ...figure, value: String(Number(figure.value) + 1) });
  writeFileSync(join(root, 'figure.ndjson'), lines.join('\n'));
  const text = await said('figure.ndjson', 'seal.pub');
  expect(text).toContain('Not as it was sealed');
  expect(text).toContain('FIGURE_DIFFERS');
}, 180_000);

test('a file that is no bundle is refused in a sentence', async () => {
  expect(await said('seal.pub')).toContain('This is no bundle');
}, 180_000);
