import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { firstPassword } from '../live/live-ledger';
import { ServeProcess } from '../live/serve-process';
import { launch, overflowOf, picture, violationsOn } from './browser';

/*
 * A new user, from `ledger init` to a first activity that is recorded, corrected and explained: with scripts and
 * without, by keyboard alone, and on a narrow screen. Every page passes axe.
 */

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let browser: Browser;
let root: string;
const serving: ServeProcess[] = [];
/** Pages in which nothing can be run, axe neither; it sees the same pages in the other tests. */
const withoutScripts = new Set<Page>();

beforeAll(async () => {
  browser = await launch();
  root = mkdtempSync(join(tmpdir(), 'browser-'));
});
afterAll(async () => {
  for (const server of serving) await server.end();
  await browser.close();
  rmSync(root, { recursive: true });
});

/** A ledger made by the command, as the README says. */
async function newLedger(name: string): Promise<ServeProcess> {
  const folder = join(root, name);
  await new Promise<void>((resolve, reject) => {
    const made = execFile(
      process.execPath,
      [bin, 'init', folder, '--name', 'Ada First', '--email', 'ada@example.org', '--password', '-'],
      (error) => (error === null ? resolve() : reject(error)),
    );
    made.stdin?.end(`${firstPassword}\n`);
  });
  const server = await ServeProcess.start(folder);
  serving.push(server);
  return server;
}

/** Looks at a page as everybody might: a heading of its own, the width, and, where scripts can run, axe. */
async function wellMade(page: Page, heading: string | RegExp): Promise<void> {
  const found = (await page.locator('h1').first().innerText()).trim();
  expect(found).toMatch(heading);
  if (!withoutScripts.has(page)) expect([page.url(), await violationsOn(page)]).toEqual([page.url(), []]);
  expect([page.url(), await overflowOf(page)]).toEqual([page.url(), 0]);
}

/** The documents show the pages at a usual width. */
async function pictured(page: Page, name: string): Promise<void> {
  if (!withoutScripts.has(page)) await picture(page, name);
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await wellMade(page, 'Sign in');
  await pictured(page, 'sign-in');
  await page.getByLabel('E-mail address').fill('ada@example.org');
  await page.getByLabel('Password').fill(firstPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const continueButton = (page: Page) => page.locator('button.govuk-button[value=continue]');

async function recordCorrectExplain(page: Page, url: string): Promise<void> {
  await signIn(page, url);
  await wellMade(page, /What programmes did/);
  await page.getByRole('link', { name: 'Record the first activity' }).click();
  await wellMade(page, 'What do you want to record?');
  await page.getByRole('link', { name: 'A peer challenge' }).click();
  await wellMade(page, 'A peer challenge');

  // Wrong first: every fault is said, and leads to its field.
  await page.getByLabel('Offer').selectOption('corporate-peer-challenge');
  await page.getByLabel('When did it happen?').fill('29 February 2025');
  await page.locator('#bodies-0-body').fill('Watfrod');
  await page.locator('#bodies-0-role').selectOption('recipient');
  await continueButton(page).click();
  expect(await page.title()).toMatch(/^Error: /);
  await wellMade(page, 'A peer challenge');
  await pictured(page, 'record-errors');
  const summary = page.getByRole('alert');
  expect(await summary.innerText()).toContain('did you mean Watford Borough Council?');
  await summary.getByRole('link').first().click();
  const field = new URL(page.url()).hash.slice(1);
  expect(await page.evaluate('document.activeElement.id')).toBe(field);

  await page.getByLabel('When did it happen?').fill('4 to 7 March 2025');
  await page.locator('#bodies-0-body').fill('Watford');
  await page.locator('#team-0-person').fill('Peter Peer');
  await page.locator('#team-0-role').selectOption('lead');
  await page.locator('#team-0-daysHundredths').fill('3.5');
  await page.getByRole('button', { name: /Add another row to team/ }).click();
  await page.locator('#team-1-person').fill('Petra Peer');
  await page.locator('#team-1-role').selectOption('member');
  await continueButton(page).click();
  await wellMade(page, /Check your answers/);
  await pictured(page, 'check-answers');
  expect(await page.locator('dl').innerText()).toContain('Watford Borough Council');
  await page.getByRole('button', { name: 'Record' }).click();
  await wellMade(page, 'A peer challenge');
  expect(await page.getByRole('alert').innerText()).toContain('What it changed in the totals of 2024/25');
  await pictured(page, 'recorded');
  const record = page.url().split('?')[0] ?? '';

  await page.getByRole('link', { name: /^Correct/ }).click();
  await wellMade(page, /^Correct/);
  await page.getByLabel('When did it happen?').fill('4 to 6 March 2025');
  await page.getByLabel('Reason').selectOption('typing-error');
  await page.getByLabel(/^Note/).fill('The report says three days');
  await continueButton(page).click();
  await wellMade(page, /Check the correction/);
  await pictured(page, 'correction-check');
  await page.getByRole('button', { name: 'Correct' }).click();
  await wellMade(page, 'A peer challenge');
  expect(await page.locator('.ledger-story').innerText()).toContain('The report says three days');
  await pictured(page, 'record-story');

  await page.getByRole('link', { name: 'Annual totals' }).first().click();
  await wellMade(page, /Annual totals/);
  await pictured(page, 'annual-totals');
  const row = page.getByRole('row', { name: /^Councils supported/ });
  await row.getByRole('link').first().click();
  await wellMade(page, /Councils supported/);
  expect(await page.locator('main').innerText()).toContain('Watford Borough Council');
  await pictured(page, 'explain');
  await page.goto(record);
}

test('with scripts', async () => {
  const { url } = await newLedger('with-scripts');
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A form that is refused answers 422, which the browser notes.
    if (message.type() === 'error' && !message.text().includes('422')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await recordCorrectExplain(page, url);

  await page.goto(new URL('/record/SupportProvided', url).href);
  const answered = page.waitForResponse((response) => response.url().includes('/api/bodies/suggest'));
  await page.locator('#bodies-0-body').pressSequentially('watf');
  await answered;
  await page.locator('#bodies-0-body-list option').first().waitFor({ state: 'attached' });
  expect(await page.locator('#bodies-0-body-list option').first().getAttribute('value')).toBe(
    'Watford Borough Council',
  );
  expect(complaints).toEqual([]);

  for (const [path, heading] of [
    ['/records', 'Records'],
    ['/savings', /Savings/],
    ['/take-up', /Take-up/],
    ['/people?name=peter%20peer', 'People'],
    ['/users', 'Users'],
    ['/users/new', 'Add a user'],
    ['/retention', 'Retention'],
    ['/account', 'Your account'],
  ] as const) {
    await page.goto(new URL(path, url).href);
    await wellMade(page, heading);
  }
  await page.goto(new URL('/people?name=peter%20peer', url).href);
  await pictured(page, 'people');
  await page.locator('main ul a').first().click();
  await wellMade(page, 'Peter Peer');
  await page.getByRole('link', { name: 'Erase this person' }).click();
  await wellMade(page, 'Erase Peter Peer');
  await page.close();
});

test('without scripts, on a screen of 320 pixels', async () => {
  const { url } = await newLedger('without-scripts');
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  const page = await context.newPage();
  withoutScripts.add(page);
  await recordCorrectExplain(page, url);
  await context.close();
});

test('by keyboard alone: from signing in to a recorded activity', async () => {
  const { url } = await newLedger('by-keyboard');
  const page = await browser.newPage();
  const focused = (): Promise<string> =>
    page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()');
  /** Presses Tab until something is reached; everything reached on the way can be seen to be. */
  const tabTo = async (wanted: string): Promise<void> => {
    for (let steps = 0; steps < 200; steps++) {
      await page.keyboard.press('Tab');
      if ((await focused()) === wanted) return;
    }
    throw new Error(`The keyboard does not reach “${wanted}” at ${page.url()}`);
  };
  const arrived = async (press: Promise<unknown>): Promise<void> => {
    await Promise.all([page.waitForNavigation(), press]);
  };
  await page.goto(url);
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to main content');
  await tabTo('email');
  await page.keyboard.type('ada@example.org');
  await tabTo('password');
  await page.keyboard.type(firstPassword);
  await arrived(page.keyboard.press('Enter'));
  await tabTo('Record the first activity');
  await arrived(page.keyboard.press('Enter'));
  await tabTo('Support for councils');
  await arrived(page.keyboard.press('Enter'));
  await tabTo('offer');
  await page.keyboard.type('Cyber');
  await tabTo('occurred');
  await page.keyboard.type('4 March 2025');
  await tabTo('bodies-0-body');
  await page.keyboard.type('Leeds');
  await tabTo('bodies-0-role');
  await page.keyboard.type('Recip');
  await tabTo('Continue');
  await arrived(page.keyboard.press('Enter'));
  expect(await page.locator('h1').innerText()).toContain('Check your answers');
  await tabTo('Record');
  // The first “Record” is the page in the navigation; the second is the button.
  await tabTo('Record');
  await arrived(page.keyboard.press('Enter'));
  expect(await page.getByRole('alert').innerText()).toContain('Recorded');
  await page.close();
});
