import { baseline, ClaimsLedger } from '../claims/claims-ledger';
import { FormVisitor, unescaped } from '../live/browserless';

/* Publishing by the API and by pages, by whom it may be, and what gains say of the programme's part (B8). */

let ledger: ClaimsLedger;
beforeAll(async () => {
  ledger = await ClaimsLedger.start(true);
}, 120_000);
afterAll(() => ledger.stop());

const trained = { ask: 'annual-total', parameters: { measure: 'councillors-trained', year: '2016/17' } };

interface Figure {
  readonly event: string;
  readonly label: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly said: Readonly<Record<string, unknown>>;
  readonly agrees: boolean;
  readonly changed: boolean;
}

async function publish(request: object, user: 'reader' | 'everyone' = 'reader'): Promise<string> {
  const { status, body } = await ledger.post(
    '/api/publications',
    { publication: 'Report', ...request },
    user,
  );
  expect([status, body]).toEqual([201, expect.anything()]);
  const [record] = (body['records'] ?? []) as readonly { readonly id: string }[];
  return record?.id ?? '';
}

async function figures(id: string): Promise<readonly Figure[]> {
  // An answer of this address has figures.
  return (await ledger.getNow(`/api/publications/${id}`))['figures'] as Figure[];
}

async function page(
  path: string,
  form?: Readonly<Record<string, string>>,
  user = 'report-writer',
): Promise<Response> {
  return fetch(new URL(path, ledger.running.url), {
    headers: { 'Ledger-User': user, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
    redirect: 'manual',
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
}

test('a report writer publishes; who records or audits does not, and everybody who asks figures reads it', async () => {
  const id = await publish(trained);
  for (const user of ['team', 'verifier', 'auditor'] as const) {
    const { status } = await ledger.post('/api/publications', { publication: 'Report', ...trained }, user);
    const { body } = await ledger.get(`/api/publications/${id}`, user);
    expect([user, status, body['figures']]).toEqual([user, 403, [expect.anything()]]);
  }
});

test('a figure is published from the page that explains it, just as the page showed it', async () => {
  const visitor = new FormVisitor(ledger.running.url);
  await visitor.send('/visitor', { visitor: 'report-writer' });
  const explained = await visitor.get('/explain?ask=annual-total&measure=councillors-trained&year=2016/17');
  const link = unescaped(/href="(\/publish\?[^"]*)"/.exec(explained.html)?.[1] ?? '');
  expect(link).toContain('measure=councillors-trained');
  const shown = await visitor.get(link);
  expect(shown.html).toContain('Councillors who took part in a course, 2016/17');
  const hidden = [...shown.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const { 'form-token': _, ...form } = Object.fromEntries(
    hidden.map(([, name = '', value = '']) => [name, unescaped(value)]),
  );
  const nameless = await visitor.send(link, form, '/publish');
  expect([nameless.status, nameless.html]).toEqual([422, expect.stringContaining('Say where it is printed')]);
  const named = { ...form, publication: 'From the page' };
  const sent = await visitor.send(link, named, '/publish');
  expect([sent.status, sent.html]).toEqual([200, expect.stringContaining('unchanged')]);
  expect(sent.html).toContain('From the page');
  // Sent twice it is the same publication.
  await visitor.send(link, named, '/publish');
  const { html } = await visitor.get('/publications');
  expect(html.split('From the page').length - 1).toBe(1);
});

test('nobody is offered to publish who may not', async () => {
  const shown = await (await page('/annual-totals?year=2016/17', undefined, 'auditor')).text();
  expect(shown).not.toContain('/publish?');
  expect((await page('/publish?ask=savings&year=2016/17', undefined, 'auditor')).status).toBe(403);
});

test('every table of figures is published whole, and says the same when it is counted again', async () => {
  const tables = [
    { ask: 'annual-total', parameters: { year: '2019/20', quarter: '2' } },
    { ask: 'annual-total', parameters: { year: '2016/17', asAt: '2016-09-30' } },
    { ask: 'take-up', parameters: { year: '2016/17', offer: 'corporate-peer-challenge', by: 'region' } },
    { ask: 'take-up', parameters: { year: '2016/17', measure: 'councillors-trained', by: 'party' } },
    { ask: 'savings', parameters: { year: '2016/17' } },
    { ask: 'savings-table', parameters: { year: '2016/17', by: 'programme' } },
  ];
  for (const table of tables) {
    const found = await figures(await publish({ ...table, table: true }));
    expect([table, found.length]).toEqual([table, expect.any(Number)]);
    expect(found.length).toBeGreaterThan(4);
    expect(found.filter(({ agrees, changed }) => !agrees || changed)).toEqual([]);
  }
}, 120_000);

test('every published amount of savings comes with the part of it that is put down to the programme, both kept', async () => {
  const id = await ledger.claim({
    realisation: 'agreed',
    amounts: [
      { fromYear: 202223, toYear: 202223, basis: 'forecast', grossPence: 120_000_00, qualifier: 'estimated' },
    ],
    occurred: { from: '2022-04-01', to: '2023-03-31', basis: 'stated' },
  });
  const shared = { attributionHundredths: 6_000, attributionReason: 'Others paid for the rest' };
  const delivered = { year: 202223, grossPence: 100_000_00, costPence: 10_000_00, qualifier: 'exact' };
  const verified = { year: 202223, verifiedPence: 90_000_00, reason: 'no-evidence' };
  await ledger.step(id, 'propose-baseline', 'team', { ...baseline, ...shared });
  await ledger.step(id, 'record-delivery', 'team', delivered);
  await ledger.attach(id, 'the outturn of 2022/23');
  await ledger.step(id, 'submit', 'team');
  await ledger.step(id, 'start-review', 'verifier');
  await ledger.step(id, 'agree-baseline', 'approver');
  expect((await ledger.step(id, 'verify', 'verifier', { years: [verified] })).status).toBe(201);
  const columns = { estimate: 120_000, delivered: 100_000, 'delivered-net': 90_000, verified: 90_000 };
  for (const [column, pounds] of Object.entries(columns)) {
    const parameters = { year: '2022/23', by: 'area', row: 'all', column };
    const table = await figures(await publish({ ask: 'savings-table', parameters }));
    const said = { value: String(pounds * 100), attributed: String(pounds * 60) };
    expect([column, table]).toMatchObject([column, [{ said }]]);
  }
  const annex = await figures(await publish({ ask: 'savings', parameters: { year: '2022/23' } }));
  expect(annex).toMatchObject([{ said: { value: '10000000', attributed: '6000000' } }]);
  const shown = await (await page('/savings-table?year=2022/23')).text();
  expect(shown).toContain('£72,000');
  const csv = await (await page('/api/savings-table?year=2022/23&format=csv')).text();
  expect(csv).toContain('verified_attributed_pence');
});

test('what is claimed, verified and published stands side by side, also where they differ since (A11)', async () => {
  const amount = { fromYear: 202324, toYear: 202324, basis: 'actual', qualifier: 'exact' };
  const occurred = { from: '2023-04-01', to: '2024-03-31', basis: 'stated' };
  await ledger.claim({ occurred, amounts: [{ ...amount, grossPence: 50_000_00 }] });
  const parameters = { year: '2023/24', by: 'programme' };
  const id = await publish({ ask: 'savings-table', parameters, table: true });
  await ledger.claim({ occurred, amounts: [{ ...amount, grossPence: 20_000_00 }] });
  const answer = await ledger.getNow('/api/savings-table?year=2023/24&by=programme');
  expect(answer['total']).toMatchObject({ deliveredPence: 70_000_00, verifiedPence: 0 });
  expect(answer['published']).toContainEqual({
    label: 'Total',
    column: 'delivered',
    publishedPence: 50_000_00,
    publishedAttributedPence: 50_000_00,
    pence: 70_000_00,
    publication: id,
    title: 'Report',
  });
  const html = await (await page('/savings-table?year=2023/24&by=programme')).text();
  expect(html).toContain('What was published of it, last');
  expect(html).toContain(`/publications/${id}`);
});

test('a publication is a CSV too, and one that is not there is not found', async () => {
  const id = await publish(trained);
  const csv = await page(`/api/publications/${id}?format=csv`);
  expect(await csv.text()).toContain('649');
  expect((await page('/api/publications/01a20c75-4a3c-7532-b916-7352039aa364')).status).toBe(404);
  expect((await page('/publications/01a20c75-4a3c-7532-b916-7352039aa364')).status).toBe(404);
});

test('a publication says by which checkpoint it is sealed, over how many events, with which root and key', async () => {
  const id = await publish(trained);
  // It is sealed in the background; asking makes sure.
  const { status } = await ledger.post('/api/seals', {}, 'verifier');
  expect(status).toBe(201);
  const answer = await ledger.getNow(`/api/publications/${id}`);
  const seal = answer['seal'] as Readonly<Record<string, unknown>>;
  const note = await (await page(`/api/seals/${String(seal['number'])}`)).text();
  const [origin, size, root] = note.split('\n');
  expect(seal).toMatchObject({ origin, size: Number(size), root });
  expect(note).toContain(`time ${String(seal['time'])}`);
  const { body: seals } = await ledger.get('/api/seals');
  expect(seal['signedBy']).toEqual([seals['key']]);
  const { position } = answer['publication'] as { readonly position: string };
  expect(Number(size)).toBeGreaterThanOrEqual(Number(position));
  const csv = await (await page(`/api/publications/${id}?format=csv`)).text();
  const shown = unescaped(await (await page(`/publications/${id}`)).text());
  for (const printed of [String(size), String(root), String(seals['key'])])
    for (const text of [csv, shown]) expect(text).toContain(printed);
  expect(csv.split('\n')[0]).toContain('seal,sealed_events,sealed_root,sealed_at,sealed_by');
});
