import type { Page } from 'playwright-core';
import { messyFaults, messyWorkbook, workbookPutRight } from '../imports/messy/messy-workbook';
import { NewUsers } from './new-users';

/*
 * A new user brings a tracker in as the team keeps it, with more than twenty faults in two hundred rows, and is told
 * everything that is needed by the pages themselves: with scripts, and without on a narrow screen.
 */

let users: NewUsers;
beforeAll(async () => {
  users = await NewUsers.start();
});
afterAll(() => users.end());

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const asKept = { name: 'Eastern tracker.xlsx', mimeType: type, buffer: Buffer.from(messyWorkbook()) };
const putRight = { name: 'Eastern tracker.xlsx', mimeType: type, buffer: Buffer.from(workbookPutRight()) };

const press = async (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).click();

async function nameColumns(page: Page, columns: Readonly<Record<string, string>>): Promise<void> {
  for (const [letters, meaning] of Object.entries(columns))
    await page.locator(`#field-${letters}`).selectOption({ label: meaning });
}

/** Every fault of a sheet is on the page, in its cell or row. */
async function faultsShown(page: Page, sheet: string): Promise<void> {
  const cells = await page.locator('tbody th').allInnerTexts();
  const rows = new Set(cells.map((cell) => Number(/\d+/.exec(cell)?.[0] ?? 0)));
  for (const { row, fault } of messyFaults.filter((one) => one.sheet === sheet))
    expect([fault, rows.has(row)]).toEqual([fault, true]);
}

async function bringIn(page: Page, url: string): Promise<void> {
  await users.signIn(page, url);
  await page.getByRole('link', { name: 'Imports' }).click();
  await users.wellMade(page, 'Imports');
  await page.getByRole('link', { name: 'Bring in a file' }).click();
  await users.wellMade(page, 'Bring in a file');
  await press(page, 'Try it');
  await users.wellMade(page, 'Bring in a file');
  expect(await page.getByRole('alert').innerText()).toContain('Choose a file');

  await page.getByLabel('File', { exact: true }).setInputFiles(asKept);
  await page.getByLabel('How it is read').selectOption('own:SupportProvided');
  await press(page, 'Try it');
  await users.wellMade(page, 'What do the columns mean?');
  expect(await page.locator('main').innerText()).toContain('rows 4 and 5 of the sheet “Support log”');

  // Said too little first: what is missing is named, and leads to its field.
  await nameColumns(page, { A: 'Own reference', C: 'Title', F: 'Councils and other bodies: recipient' });
  await press(page, 'Save and try the file');
  await users.wellMade(page, 'What do the columns mean?');
  const summary = page.getByRole('alert');
  for (const wanted of ['Offer: choose the column', 'When did it happen: choose the column', 'Give a name'])
    expect(await summary.innerText()).toContain(wanted);
  await nameColumns(page, { B: 'Offer', D: 'First day', E: 'Last day' });
  await page.getByLabel('Save this as').fill('Eastern tracker');
  await users.pictured(page, 'import-columns');
  await press(page, 'Save and try the file');

  await users.wellMade(page, 'What the file would do');
  await users.pictured(page, 'import-check');
  await faultsShown(page, 'Support log');
  const said = await page.locator('main').innerText();
  for (const told of [
    'Column G is hidden and left out',
    'Watford Borough Council',
    'Sept 2024',
    'Cyber security',
  ])
    expect(said).toContain(told);
  expect(await page.getByRole('button', { name: /^Load/ }).count()).toBe(0);

  // The file is put right where the page said, and chosen again; what was said about its columns is kept.
  await page.getByRole('link', { name: 'Choose the file again' }).click();
  await page.getByLabel('File', { exact: true }).setInputFiles(putRight);
  await press(page, 'Try it');
  await users.wellMade(page, 'What the file would do');
  expect(await page.locator('main').innerText()).toContain('cannot be loaded yet: 1 row asks a question');
  await page.getByRole('link', { name: 'Change what the columns mean' }).click();
  await users.wellMade(page, 'What do the columns mean?');
  await page.getByLabel('Hidden rows').selectOption('take');
  await press(page, 'Save and try the file');
  await users.wellMade(page, 'What the file would do');
  await press(page, /^Load 139 rows/);
  // A warning wants to be explained.
  await users.wellMade(page, 'What the file would do');
  await page.getByLabel(/^Why the rows with warnings/).fill('Found in the papers of 2012');
  await press(page, /^Load 139 rows/);

  await users.wellMade(page, /^Import: /);
  expect(await page.getByRole('alert').innerText()).toContain('The file is loaded');
  const opened = page.url();
  await page.getByRole('link', { name: 'See what changed in the totals' }).click();
  await users.wellMade(page, 'What changed in the totals');
  const councils = page.getByRole('row', { name: /^Councils supported/ }).first();
  expect(await councils.innerText()).toMatch(/Councils supported\s+0\s+18/);
  await users.pictured(page, 'import-totals');

  await page.goto(opened);
  await press(page, 'Take it back');
  await users.wellMade(page, /^Import: /);
  expect(await page.getByRole('alert').innerText()).toContain('Choose a reason');
  await page.getByLabel('Reason').selectOption('other');
  await press(page, 'Take it back');
  await users.wellMade(page, /^Import: /);
  expect(await page.locator('dl').first().innerText()).toContain('reversed');
  await page.getByRole('link', { name: 'See what changed in the totals' }).click();
  await users.wellMade(page, 'What changed in the totals');
  expect(await page.locator('main').innerText()).toContain('No total of any year differs');
}

/** Another sheet of the same file: chosen on the page of columns. */
async function bringInSheet(
  page: Page,
  url: string,
  sheet: string,
  kind: string,
  columns: Readonly<Record<string, string>>,
  say: (page: Page) => Promise<void>,
): Promise<void> {
  const choose = async (file: typeof asKept, map: string): Promise<void> => {
    await page.goto(new URL('/imports/new', url).href);
    await page.getByLabel('File', { exact: true }).setInputFiles(file);
    // Without saying how it is read: the file need not be chosen again.
    await press(page, 'Try it');
    await users.wellMade(page, 'Bring in a file');
    expect(await page.locator('main').innerText()).toContain('Chosen: Eastern tracker.xlsx');
    await page.getByLabel('How it is read').selectOption(map);
    await press(page, 'Try it');
  };
  await choose(asKept, `own:${kind}`);
  await page.getByText('The headings are somewhere else').click();
  await page.getByLabel('Sheet', { exact: true }).selectOption(sheet);
  await page.getByLabel('They go over two rows').uncheck();
  await press(page, 'Look there');
  await users.wellMade(page, 'What do the columns mean?');
  await nameColumns(page, columns);
  await say(page);
  await page.getByLabel('Save this as').fill(`Eastern ${sheet}`);
  await press(page, 'Save and try the file');
  await users.wellMade(page, 'What the file would do');
  await faultsShown(page, sheet);
  await choose(putRight, `eastern-${sheet.toLowerCase()}`);
  await press(page, /^Load/);
  await users.wellMade(page, /^Import: /);
}

/** Everything that the dry run asks of a sheet, answered on its page: no other file is chosen. */
async function answerInPlace(page: Page, url: string): Promise<void> {
  await users.signIn(page, url);
  await page.goto(new URL('/imports/new', url).href);
  await page.getByLabel('File', { exact: true }).setInputFiles(asKept);
  await page.getByLabel('How it is read').selectOption('own:GrantAwarded');
  await press(page, 'Try it');
  await page.getByText('The headings are somewhere else').click();
  await page.getByLabel('Sheet', { exact: true }).selectOption('Grants');
  await page.getByLabel('They go over two rows').uncheck();
  await press(page, 'Look there');
  await nameColumns(page, {
    A: 'When did it happen',
    B: 'Councils and other bodies: recipient',
    C: 'Title',
    D: 'Amount, in thousands of pounds',
  });
  await page.getByLabel('Offer').selectOption('housing-advisers');
  await page.getByLabel('Save this as').fill('Eastern Grants');
  await press(page, 'Save and try the file');
  await users.wellMade(page, 'What the file would do');
  expect(await page.locator('main').innerText()).toContain('2 rows are refused, 2 rows ask a question');
  await page.getByLabel('Read in D31').fill('12.5');
  // What was typed is kept when a nearest right answer is taken.
  await press(page, 'Take “1.5” in D33');
  await users.wellMade(page, 'What the file would do');
  expect(await page.locator('main').innerText()).toContain('cannot be loaded yet: 2 rows are refused');
  await users.pictured(page, 'import-answers');
  await page.getByLabel('Read in D32').fill('3.5');
  await page.getByLabel('Read in D32').press('Enter');
  await users.wellMade(page, 'What the file would do');
  await press(page, 'Leave row 34 out');
  await press(page, 'Undo the answer to D32');
  await users.wellMade(page, 'What the file would do');
  await page.getByLabel('Read in D32').fill('3.5');
  await press(page, 'Try again with what is read instead');
  await press(page, /^Load 31 rows/);
  await users.wellMade(page, /^Import: /);
  expect(await page.locator('main').innerText()).toContain('What was answered when it was loaded');
}

test('faults answered in their place, with scripts', async () => {
  const { url } = await users.newLedger('in-place');
  const page = await users.browser.newPage();
  await answerInPlace(page, url);
  await page.close();
});

test('faults answered in their place, without scripts, on a screen of 320 pixels', async () => {
  const { url } = await users.newLedger('in-place-without-scripts');
  const page = await users.narrowPageWithoutScripts();
  await answerInPlace(page, url);
  await page.context().close();
});

test('with scripts, sheet after sheet', async () => {
  const { url } = await users.newLedger('with-scripts');
  const page = await users.browser.newPage();
  await bringIn(page, url);
  await bringInSheet(
    page,
    url,
    'Grants',
    'GrantAwarded',
    {
      A: 'When did it happen',
      B: 'Councils and other bodies: recipient',
      C: 'Title',
      D: 'Amount, in thousands of pounds',
    },
    async () => void (await page.getByLabel('Offer').selectOption('housing-advisers')),
  );
  await bringInSheet(
    page,
    url,
    'Feedback',
    'SurveyResultRecorded',
    { A: 'Question', B: 'When did it happen', C: 'Result', D: 'Base', E: 'People who answered the survey' },
    async () => {
      await page.getByLabel('Scale').fill('yes or no');
      await page.getByLabel('Result in').selectOption('percent');
    },
  );
  await page.close();
});

test('without scripts, on a screen of 320 pixels', async () => {
  const { url } = await users.newLedger('without-scripts');
  const page = await users.narrowPageWithoutScripts();
  await bringIn(page, url);
  await page.context().close();
});
