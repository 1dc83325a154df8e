import type { Browser, Page } from 'playwright-core';
import { ClaimsLedger, users } from '../claims/claims-ledger';
import { launch, overflowOf, violationsOn } from './browser';

/* The pages of finance in a real browser: every one passes axe and flows on a narrow screen, with scripts and without. */

let browser: Browser;
let ledger: ClaimsLedger;
beforeAll(async () => {
  browser = await launch();
  ledger = await ClaimsLedger.start();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await ledger.stop();
});

async function lookAs(page: Page, user: string): Promise<void> {
  await page.goto(new URL('/visitor', ledger.running.url).href);
  await page.locator(`input[value="${user}"]`).check();
  await page.getByRole('button').last().click();
}

test('worklist, claim, every form, table and bridge are well made, wide and narrow', async () => {
  const id = await ledger.readyToVerify({ recurrence: 'recurring', service: 'Plans' });
  const other = await ledger.claim({ service: 'Plans' });
  await ledger.step(id, 'query', 'verifier', { text: 'Which invoice?', due: '2999-01-31' });
  await ledger.read(id);
  const page = await browser.newPage();
  await lookAs(page, users.everyone);
  const paths = [
    '/claims',
    `/claims/${id}`,
    `/claims/${id}/propose-baseline`,
    `/claims/${id}/evidence`,
    `/claims/${id}/verify`,
    `/claims/${id}/query`,
    `/claims/${id}/answer`,
    `/claims/${id}/record-delivery`,
    `/claims/${id}/resolve-overlap?other=${other}`,
    `/claims/${other}/make-part-of`,
    `/claims/${id}/worksheet`,
    '/claim-sample?year=2019/20',
    '/claim-queries',
    '/savings-table?year=2019/20',
    '/savings-table?year=2019/20&by=programme',
    '/savings-bridge?from=2018/19&to=2019/20',
    '/publications',
  ];
  for (const width of [1200, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of paths) {
      await page.goto(new URL(path, ledger.running.url).href);
      expect([path, await page.locator('h1').count()]).toEqual([path, 1]);
      // What can be opened is looked at open.
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      expect([path, await violationsOn(page)]).toEqual([path, []]);
      expect([path, width, await overflowOf(page)]).toEqual([path, width, 0]);
    }
  }
  await page.close();
}, 240_000);

test('a refused step leads to its field, and a step is taken without scripts', async () => {
  const id = await ledger.claim();
  await ledger.read(id);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await lookAs(page, users.everyone);
  await page.goto(new URL(`/claims/${id}/propose-baseline`, ledger.running.url).href);
  await page.getByRole('button', { name: 'Propose' }).click();
  expect(await page.locator('.govuk-error-summary a').first().getAttribute('href')).toBe('#valuePence');
  await page.locator('#valuePence').fill('1m');
  await page.locator('#fromYear').fill('2018/19');
  await page.locator('#toYear').fill('2018/19');
  await page.locator('#source').fill('Outturn');
  await page.locator('#sort').selectOption('outturn');
  await page.locator('#priceBasis').selectOption('cash prices');
  await page.getByRole('button', { name: 'Propose' }).click();
  expect(await page.locator('h1').innerText()).toContain('Saving on plans');
  expect(await page.content()).toContain('£1,000,000 a year');
  await context.close();
}, 120_000);
