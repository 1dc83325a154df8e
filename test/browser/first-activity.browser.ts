import type { Page } from 'playwright-core';
import { firstPassword } from '../live/live-ledger';
import { NewUsers } from './new-users';

/*
 * A new user, from `ledger init` to a first activity that is recorded, corrected and explained: with scripts and
 * without, by keyboard alone, and on a narrow screen. Every page passes axe.
 */

let users: NewUsers;
beforeAll(async () => {
  users = await NewUsers.start();
});
afterAll(() => users.end());

const continueButton = (page: Page) => page.locator('button.govuk-button[value=continue]');

async function recordCorrectExplain(page: Page, url: string): Promise<void> {
  await users.signIn(page, url);
  await users.wellMade(page, /What programmes did/);
  await page.getByRole('link', { name: 'Record the first activity' }).click();
  await users.wellMade(page, 'What do you want to record?');
  await page.getByRole('link', { name: 'A peer challenge' }).click();
  await users.wellMade(page, 'A peer challenge');

  // Wrong first: every fault is said, and leads to its field.
  await page.getByLabel('Offer').selectOption('corporate-peer-challenge');
  await page.getByLabel('When did it happen?').fill('29 February 2025');
  await page.locator('#bodies-0-body').fill('Watfrod');
  await page.locator('#bodies-0-role').selectOption('recipient');
  await continueButton(page).click();
  expect(await page.title()).toMatch(/^Error: /);
  await users.wellMade(page, 'A peer challenge');
  await users.pictured(page, 'record-errors');
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
  await users.wellMade(page, /Check your answers/);
  await users.pictured(page, 'check-answers');
  expect(await page.locator('dl').innerText()).toContain('Watford Borough Council');
  await page.getByRole('button', { name: 'Record' }).click();
  await users.wellMade(page, 'A peer challenge');
  expect(await page.getByRole('alert').innerText()).toContain('What it changed in the totals of 2024/25');
  await users.pictured(page, 'recorded');
  const record = page.url().split('?')[0] ?? '';

  await page.getByRole('link', { name: /^Correct/ }).click();
  await users.wellMade(page, /^Correct/);
  await page.getByLabel('When did it happen?').fill('4 to 6 March 2025');
  await page.getByLabel('Reason').selectOption('typing-error');
  await page.getByLabel(/^Note/).fill('The report says three days');
  await continueButton(page).click();
  await users.wellMade(page, /Check the correction/);
  await users.pictured(page, 'correction-check');
  await page.getByRole('button', { name: 'Correct' }).click();
  await users.wellMade(page, 'A peer challenge');
  expect(await page.locator('.ledger-story').innerText()).toContain('The report says three days');
  await users.pictured(page, 'record-story');

  await page.getByRole('link', { name: 'Annual totals' }).first().click();
  await users.wellMade(page, /Annual totals/);
  await users.pictured(page, 'annual-totals');
  const row = page.getByRole('row', { name: /^Councils supported/ });
  await row.getByRole('link').first().click();
  await users.wellMade(page, /Councils supported/);
  expect(await page.locator('main').innerText()).toContain('Watford Borough Council');
  await users.pictured(page, 'explain');
  await page.goto(record);
}

test('with scripts', async () => {
  const { url } = await users.newLedger('with-scripts');
  const page = await users.browser.newPage();
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
    await users.wellMade(page, heading);
  }
  await page.goto(new URL('/people?name=peter%20peer', url).href);
  await users.pictured(page, 'people');
  await page.locator('main ul a').first().click();
  await users.wellMade(page, 'Peter Peer');
  await page.getByRole('link', { name: 'Erase this person' }).click();
  await users.wellMade(page, 'Erase Peter Peer');
  await page.close();
});

test('without scripts, on a screen of 320 pixels', async () => {
  const { url } = await users.newLedger('without-scripts');
  const page = await users.narrowPageWithoutScripts();
  await recordCorrectExplain(page, url);
  await page.context().close();
});

test('by keyboard alone: from signing in to a recorded activity', async () => {
  const { url } = await users.newLedger('by-keyboard');
  const page = await users.browser.newPage();
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
