import { NewUsers } from './new-users';

/* How far the server is with a file, shown while whoever sent it waits for the next page. */

/** Runs in the page: tells each thing that the place of the bar shows. */
const tellWhatIsShown = `{
  const place = document.querySelector('[data-progress]');
  const bar = place.querySelector('progress');
  const status = place.querySelector('[role="status"]');
  const tell = () => place.hidden || shown(status.textContent + ' ' + (bar.getAttribute('value') ?? 'no value'));
  new MutationObserver(tell).observe(place, { attributes: true, childList: true, subtree: true });
}`;

let users: NewUsers;
beforeAll(async () => {
  users = await NewUsers.start();
});
afterAll(() => users.end());

test('while a file is read, the page says how many rows are done', async () => {
  const { url } = await users.newLedger('progress');
  const page = await users.browser.newPage();
  await users.signIn(page, url);
  await page.goto(new URL('/imports/new', url).href);
  // The server is given the file only when the page has said how far it is: nothing else can be asked of a page meanwhile.
  const shown: string[] = [];
  let letGo = (): void => undefined;
  const lookedAt = new Promise<void>((resolve) => (letGo = resolve));
  await page.exposeFunction('shown', (what: string) => {
    if (shown.at(-1) !== what) shown.push(what);
    if (what.includes('rows')) letGo();
  });
  await page.route('**/imports/new', async (route) => {
    await lookedAt;
    await route.continue();
  });
  const answers = [{ running: [] }, { running: [{ done: 1500, total: 10_000, doing: 'reading' }] }];
  await page.route('**/api/import-files', async (route) =>
    route.fulfill({ json: answers.length > 1 ? answers.shift() : answers[0] }),
  );
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'log.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Title,Day\nA review,3 April 2024\n'),
  });
  await page.getByLabel('How it is read').selectOption('own:SupportProvided');
  expect(await page.getByRole('progressbar').isVisible()).toBe(false);
  await page.evaluate(tellWhatIsShown);
  await page.getByRole('button', { name: 'Try it' }).click({ noWaitAfter: true });
  await lookedAt;
  await page.getByRole('heading', { name: 'What do the columns mean?' }).waitFor();
  expect(shown).toEqual(['The file is on its way. no value', 'Reading: 1,500 of 10,000 rows 1500']);
  await page.close();
});
