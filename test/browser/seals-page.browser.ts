import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandalone, type Standalone } from '@ledger/standalone';
import type { Browser } from 'playwright-core';
import { launch, overflowOf, violationsOn } from './browser';

let root: string;
let server: Standalone;
let browser: Browser;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'seals-page-'));
  server = await startStandalone({ port: 0, folder: join(root, 'ledger'), full: false });
  await server.ready;
  browser = await launch();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(root, { recursive: true });
});

test.each([true, false])(
  'seals are made and seen on their page, with scripts: %s, and on a narrow screen',
  async (javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 700 } });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Seals' }).click();
    await page.getByRole('heading', { name: 'Seals', level: 1 }).waitFor();
    const before = await page.getByRole('row').count();
    await page.getByRole('button', { name: 'Seal now' }).click();
    await page.getByRole('cell', { name: 'somebody asked' }).first().waitFor();
    expect(await page.getByRole('row').count()).toBeGreaterThan(before);
    expect(await page.locator('main').innerText()).toContain('Nowhere outside this ledger yet');
    expect(await overflowOf(page)).toBe(0);
    expect(javaScriptEnabled ? await violationsOn(page) : []).toEqual([]);
    await context.close();
  },
);
