import type { Page } from 'playwright-core';
import { NewUsers } from './new-users';

/* Deliverables, surveys, closed years and adjustments, on a screen of 320 pixels: every page passes axe. */

let users: NewUsers;
let page: Page;
let url: string;
beforeAll(async () => {
  users = await NewUsers.start();
  ({ url } = await users.newDemonstration('closed-years'));
  page = await users.browser.newPage({ viewport: { width: 320, height: 640 } });
});
afterAll(() => users.end());

const press = async (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();
const open = async (path: string, heading: string | RegExp): Promise<void> => {
  await page.goto(new URL(path, url).href);
  await users.wellMade(page, heading);
};

async function lookAs(visitor: string): Promise<void> {
  await open('/visitor', /./);
  await page.locator(`#visitor-${visitor}`).check();
  await page.locator('form[action="/visitor"] button').click();
}

/** Fills a form in, checks the answers, and records. */
async function record(
  type: string,
  heading: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await open(`/record/${type}`, heading);
  for (const [field, value] of Object.entries(fields)) {
    const choice = page.locator(`select[id="${field}"]`);
    if ((await choice.count()) > 0) await choice.selectOption(value);
    else await page.locator(`[id="${field}"]`).fill(value);
  }
  await press('Continue');
  await users.wellMade(page, /Check your answers/);
  await press('Record');
  expect(await page.getByRole('alert').innerText()).toContain('Recorded');
}

test('a deliverable is agreed and rated, and a survey recorded', async () => {
  await lookAs('programme-editor');
  await record('DeliverableAgreed', 'A deliverable', {
    title: 'Forty reviews',
    year: '2024/25',
    agreedOn: '1 April 2024',
    target: 'Forty are done',
    greenMeans: 'done',
    amberMeans: 'will be done',
    redMeans: 'will not be done',
  });
  await users.wellMade(page, 'Forty reviews');
  await open('/deliverables?year=2024/25', /Deliverables/);
  await record('SurveyResultRecorded', 'A result of a survey', {
    question: 'Was it of use?',
    scale: 'yes or no',
    occurred: '4 June 2024',
    resultIn: 'percent',
    result: '75',
    base: '20',
    responses: '24',
  });
  await users.wellMade(page, /./);
});

test('a year is closed, and what is changed after it is proposed, listed and said', async () => {
  await record('SupportProvided', 'Support for councils', {
    offer: 'cyber-security',
    occurred: '4 June 2024',
    'bodies-0-body': 'Leeds',
    'bodies-0-role': 'recipient',
  });
  const recorded = page.url().split('?')[0] ?? '';
  await open('/quarterly-totals?year=2024/25', /Quarterly totals/);
  await lookAs('finance-verifier');
  await open('/periods', 'Periods');
  for (const level of ['provisional', 'final']) {
    await open('/periods/202425/close', /Close/);
    await page.locator('#level').selectOption(level);
    await press('Close');
    await users.wellMade(page, 'Periods');
  }
  await lookAs('programme-editor');
  await page.goto(`${recorded}/withdraw`);
  await users.wellMade(page, /Withdraw/);
  await page.getByLabel('Reason').selectOption('did-not-happen');
  await press('Withdraw');
  await users.wellMade(page, /Withdraw/);
  await press('Propose as an adjustment');
  await users.wellMade(page, /./);
  const adjustment = page.url();
  expect(adjustment).toContain('/adjustments/');
  await lookAs('finance-verifier');
  await page.goto(adjustment);
  await press(/^Approve/);
  await users.wellMade(page, /./);
  await open('/records?waiting=yes', 'Records');
  await open('/adjustments', 'Adjustments');
  await open('/periods/202425/changes', /Changes after/);
  await open('/duplicates', 'Records that may be there twice');
});
