import { readWorkbook, writeXlsx } from '@ledger/spreadsheets';
import { FormVisitor, unescaped } from '../live/browserless';
import { firstPassword, LiveLedger } from '../live/live-ledger';

let ledger: LiveLedger;
let by: FormVisitor;
beforeAll(async () => {
  ledger = await LiveLedger.start();
  by = new FormVisitor(ledger.url);
  await by.send('/sign-in', { email: 'ada@example.org', password: firstPassword });
}, 60_000);
afterAll(() => ledger.stop());

function file(text: string): { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } {
  return { name: 'Tracker für uns.csv', bytes: new Uint8Array(Buffer.from(text)) };
}

const wrong = 'Offer,When,Title,Councils: recipient\nCyber security,4/6/2025,One,Watfrod\n';
const right = wrong.replace('Watfrod', 'Watford');

test('a file is chosen, tried with its faults in place, put right, loaded, opened and taken back', async () => {
  const nothing = await by.sendFile('/imports/new', { map: 'SupportProvided' }, file(''));
  expect([nothing.status, nothing.html.includes('Choose a file')]).toEqual([422, true]);
  const tried = await by.sendFile('/imports/new', { map: 'SupportProvided' }, file(wrong));
  expect(tried.status).toBe(200);
  expect(unescaped(tried.html)).toMatch(/D2<\/th>[\s\S]*rejected[\s\S]*did you mean Watford Borough Council/);
  expect(tried.html).not.toContain('Load 1 row<');

  const better = await by.sendFile('/imports/new', { map: 'SupportProvided' }, file(right));
  expect(better.html).toContain('Load 1 row<');
  const action = better.at.split('?')[0];
  const loaded = await by.send(better.at, { map: 'SupportProvided' }, action);
  expect(loaded.at).toMatch(/^\/imports\/[0-9a-f-]{36}\?done=loaded/);
  expect(unescaped(loaded.html)).toContain('Tracker für uns.csv');
  expect((await by.get('/imports')).html).toContain('standing');

  const changes = /href="(\/totals-changed[^"]+)"/.exec(loaded.html)?.[1] ?? '';
  expect((await by.get(unescaped(changes))).html).toMatch(/Councils supported[\s\S]*>0<[\s\S]*>1</);

  const record = /\/records\/activity\/[0-9a-f-]{36}/.exec(loaded.html)?.[0] ?? '';
  await by.send(`${record}/withdraw`, { reason: 'did-not-happen' });
  const at = loaded.at.split('?')[0] ?? '';
  const asked = await by.send(at, { reason: 'other' });
  expect([asked.status, asked.html.includes('Say yes to taking back records')]).toEqual([422, true]);
  const back = await by.send(at, { reason: 'other', 'changed-too': 'yes' });
  expect(back.html).toContain('>reversed<');
  const after = /href="(\/totals-changed[^"]+)"/.exec(back.html)?.[1] ?? '';
  expect((await by.get(unescaped(after))).html).toContain('No total of any year differs');
});

test('faults are answered in their place, one by one, kept, taken back, and loaded without another file', async () => {
  const faulty =
    'Offer,When,Title,Councils: recipient\nCyber securty,4/6/2025,In place,Watfrod\nCyber security,31/6/2025,"A ""quoted"" one",Leeds\nCyber security,4/6/2075,Not yet,Leeds\n';
  const tried = await by.sendFile('/imports/new', { map: 'SupportProvided' }, file(faulty));
  const page = tried.at;
  const action = `${page.split('?')[0]}/answers`;
  const takeOf = (html: string, text: string): string =>
    new RegExp(`value="(\\d+)">Take “${text}”`).exec(unescaped(html))?.[1] ?? '';
  const sheet = 'Tracker für uns.csv';
  // One click takes the nearest right answer; what was typed meanwhile is kept with it.
  const first = await by.send(
    page,
    {
      ...untouched(tried.html),
      take: takeOf(tried.html, 'Watford Borough Council'),
      [`cell-${sheet}!A2`]: 'Cyber security',
    },
    action,
  );
  expect(first.status).toBe(200);
  expect(unescaped(first.html)).toMatch(
    /What you answered[\s\S]*A2[\s\S]*Cyber securty[\s\S]*Cyber security/,
  );
  expect(unescaped(first.html)).toMatch(/D2[\s\S]*Watfrod[\s\S]*Watford Borough Council/);
  expect(first.html).toContain('The file cannot be loaded yet: 2 rows are refused');
  const stale = first.html;

  const second = await by.send(page, { ...untouched(first.html), leave: `${sheet}!4` }, action);
  const third = await by.send(page, { ...untouched(second.html), [`cell-${sheet}!B3`]: '30/6/2025' }, action);
  expect(third.html).toContain('Load 2 rows<');
  const undone = await by.send(page, { undo: `${sheet}!4` }, action);
  expect(undone.html).not.toContain('Load 2 rows<');
  const mended = await by.send(page, { ...untouched(undone.html), [`cell-${sheet}!B4`]: '5/6/2025' }, action);
  expect(mended.html).toContain('Load 3 rows<');

  // What is loaded is what was shown: not what somebody answered on another page meanwhile.
  const at = page.split('?')[0];
  const answered = /name="answered" value="([^"]+)"/.exec(mended.html)?.[1] ?? '';
  expect(stale).not.toContain(answered);
  const refused = await by.send(page, { answered: '0000000000000000' }, at);
  expect([refused.status, refused.html.includes('Something was answered since')]).toEqual([422, true]);
  const loaded = await by.send(page, {}, at);
  expect(loaded.at).toMatch(/^\/imports\/[0-9a-f-]{36}\?done=loaded/);
  expect(unescaped(loaded.html)).toMatch(
    /What was answered when it was loaded[\s\S]*A2[\s\S]*Cyber securty[\s\S]*D2[\s\S]*Watfrod[\s\S]*B4[\s\S]*4\/6\/2075/,
  );
});

/** The fields of cells as a browser sends them that nobody typed in. */
function untouched(html: string): Record<string, string> {
  const shown = [...html.matchAll(/name="cell-([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(
    shown.map(([, name = '', value = '']) => [`cell-${unescaped(name)}`, unescaped(value)]),
  );
}

test('columns of a team’s own are named once, and a copy of the file says what each row comes to', async () => {
  const own = 'Our tracker,,\nLA,Date,Project\nWatford,4/6/2025,Own\nWatfrod,4/6/2025,Wrong\n';
  const columns = await by.sendFile('/imports/new', { map: 'own:SupportProvided' }, file(own));
  expect(unescaped(columns.html)).toContain('row 2 of the sheet');
  const named = {
    'field-A': 'bodies.recipient',
    'field-B': 'occurred',
    'field-C': 'title',
    'fixed-offer': 'cyber-security',
    label: 'Our tracker',
  };
  const unsaid = await by.send(columns.at, { 'field-A': 'bodies.recipient', 'field-B': 'bodies.recipient' });
  expect(unsaid.status).toBe(422);
  for (const message of ['Offer: choose the column', 'When did it happen: choose', 'Give a name under which'])
    expect(unsaid.html).toContain(message);
  const twice = await by.send(columns.at, { ...named, 'field-C': 'occurred' });
  expect(unescaped(twice.html)).toContain('Column “Project”: the field is said by two columns');
  const tried = await by.send(columns.at, named);
  expect(unescaped(tried.html)).toContain('A4</th>');
  expect(tried.html).toContain('The file cannot be loaded yet: 1 row is refused');
  const other = await by.sendFile('/imports/new', { map: 'own:GrantAwarded' }, file(own));
  const grants = { ...named, 'field-C': 'pence' };
  const taken = await by.send(other.at, grants);
  expect([
    taken.status,
    unescaped(taken.html).includes('“Our tracker” is kept under that name already'),
  ]).toEqual([422, true]);
  const anew = await by.get(`${other.at.split('?')[0]}?map=our-tracker`);
  expect(anew.html).toMatch(/<option value="title" selected>/);
  const results = /href="([^"]+\/results\?map=our-tracker)"/.exec(tried.html)?.[1] ?? '';
  const response = await by.bytes(unescaped(results));
  const { sheets } = await readWorkbook(response, 'x');
  expect(sheets[0]?.rows.map(({ cells }) => cells[3])).toEqual(['Result', 'Result', 'new', 'rejected']);
});

test('answers about a column that is not read any more are dropped, and it is said', async () => {
  const own = `LA,Date,Project\nWatford,4/6/2025,${'x'.repeat(130)}\n`;
  const columns = await by.sendFile('/imports/new', { map: 'own:SupportProvided' }, file(own));
  const named = {
    'field-A': 'bodies.recipient',
    'field-B': 'occurred',
    'fixed-offer': 'cyber-security',
    label: 'Dropped answers',
  };
  const tried = await by.send(columns.at, { ...named, 'field-C': 'title' });
  const address = 'Tracker für uns.csv!C2';
  await by.send(
    tried.at,
    { ...untouched(tried.html), [`cell-${address}`]: 'Short' },
    `${tried.at.split('?')[0]}/answers`,
  );
  const dropped = await by.send(`${tried.at.split('?')[0]}/columns?map=dropped-answers`, named);
  expect(unescaped(dropped.html)).toContain(`The answers to ${address} are dropped`);
  expect((await by.get(dropped.at)).html).not.toContain('are dropped');
});

test('a file is held for whoever chose it alone', async () => {
  const tried = await by.sendFile('/imports/new', { map: 'SupportProvided' }, file(right));
  const { token } = await ledger.user('Bo Second', [{ role: 'programme-editor', programmes: 'all' }]);
  const other = await ledger.get(tried.at, token);
  expect([other.status, other.text.includes('Choose it again')]).toEqual([404, true]);
});

test('what a row changes is named before the file is loaded', async () => {
  const support = (title: string): string =>
    `Offer,When,Title,Councils: recipient,Own reference\nCyber security,4/6/2025,${title},Watford,R-1\n`;
  const first = await by.sendFile('/imports/new', { map: 'SupportProvided' }, file(support('First said')));
  await by.send(first.at, { map: 'SupportProvided' }, first.at.split('?')[0]);
  const next = await by.sendFile('/imports/new', { map: 'SupportProvided' }, file(support('Said anew')));
  expect(next.html).toMatch(
    /What changes<\/caption>[\s\S]*Row 2<\/a>[\s\S]*<td class="govuk-table__cell">Title</,
  );
});

test('a workbook of several sheets is held after one is loaded, so that the next need not be chosen again', async () => {
  const rows = (title: string): readonly (readonly string[])[] => [
    ['Offer', 'When', 'Title', 'Councils: recipient'],
    ['Cyber security', '4/6/2025', title, 'Watford'],
  ];
  const columns = [{ width: 20 }];
  const book = writeXlsx([
    { name: 'One', columns, rows: rows('Of sheet one') },
    { name: 'Two', columns, rows: rows('Of sheet two') },
  ]);
  const workbook = { name: 'Two sheets.xlsx', bytes: new Uint8Array(book) };
  const tried = await by.sendFile('/imports/new', { map: 'SupportProvided' }, workbook);
  const loaded = await by.send(tried.at, { map: 'SupportProvided' }, tried.at.split('?')[0]);
  const next = /href="(\/imports\/new\?held=[0-9a-f-]{36})"/.exec(loaded.html)?.[1] ?? '';
  expect((await by.get(next)).html).toContain('Chosen: <strong>Two sheets.xlsx</strong>');
  const again = await by.send(next, { map: 'own:SupportProvided' }, '/imports/new');
  expect(unescaped(again.html)).toContain('Two sheets.xlsx: each row is recorded as support for councils');
});
