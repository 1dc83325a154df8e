import { FormVisitor, unescaped } from '../live/browserless';
import { ClaimsLedger, users, type User } from './claims-ledger';

/* Claims by pages alone, without a script: from a draft to verified, with evidence, questions and an overlap. */

let ledger: ClaimsLedger;
const visitors = new Map<User, FormVisitor>();

async function as(user: User): Promise<FormVisitor> {
  const known = visitors.get(user);
  if (known !== undefined) return known;
  const visitor = new FormVisitor(ledger.running.url);
  await visitor.send('/visitor', { visitor: users[user] });
  visitors.set(user, visitor);
  return visitor;
}

beforeAll(async () => {
  ledger = await ClaimsLedger.start();
}, 60_000);
afterAll(() => ledger.stop());

async function step(
  user: User,
  id: string,
  name: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { status, html } = await (await as(user)).send(`/claims/${id}/${name}`, fields);
  expect([name, status]).toEqual([name, 200]);
  return unescaped(html);
}

const baselineTyped = {
  valuePence: '£1m',
  fromYear: '2018/19',
  toYear: '2018/19',
  source: 'Outturn of the service',
  sort: 'outturn',
  priceBasis: 'cash prices',
  attributionHundredths: '60%',
  attributionReason: 'The council paid the rest',
};

test('a claim goes from draft to verified by forms, and its page says what comes next and what holds it up', async () => {
  const id = await ledger.claim({ service: 'Plans', project: 'Panel' });
  const earlier = await ledger.claim({
    service: 'Plans',
    project: 'Panel',
    title: 'The year before',
    amounts: [
      { fromYear: 201819, toYear: 201819, basis: 'actual', grossPence: 42_000_00, qualifier: 'exact' },
    ],
  });
  await ledger.read(earlier);
  const team = await as('team');
  const submit = await team.send(`/claims/${id}/submit`, {});
  expect([submit.status, unescaped(submit.html)]).toEqual([
    422,
    expect.stringContaining('There is no evidence'),
  ]);

  const proposed = await step('team', id, 'propose-baseline', baselineTyped);
  expect(proposed).toContain('£1,000,000 a year');
  expect(proposed).toContain('60% is put down to the programme');
  const said = { title: 'Outturn', sort: 'accounts' };
  const file = { name: 'outturn.csv', bytes: new Uint8Array(Buffer.from('service,pounds\nplans,1')) };
  const attached = await team.sendFile(`/claims/${id}/evidence`, said, file);
  expect(attached.html).toContain('attached by programme-editor');
  expect(await step('team', id, 'submit')).toContain('Finance takes the claim up');
  await step('verifier', id, 'start-review');
  await step('verifier', id, 'query', { text: 'Which invoice?', due: '31 January 2999' });
  const { html: asked } = await team.get(`/claims/${id}/answer`);
  const [query = ''] = /[0-9a-f-]{36}(?=: Which invoice)/.exec(asked) ?? [];
  expect(await step('team', id, 'answer', { query, text: 'The second one' })).toContain('The second one');

  const verified = { 'verified-201920': '145,000' };
  const held = await (await as('verifier')).send(`/claims/${id}/verify`, verified);
  expect(held.status).toBe(422);
  expect(unescaped(held.html)).toContain('Its baseline is not agreed');
  expect(unescaped(held.html)).toContain('may count the same gain');
  await step('approver', id, 'agree-baseline');
  const page = unescaped((await (await as('approver')).get(`/claims/${id}`)).html);
  expect(page).toContain('1 other claim may count the same gain');
  const { html } = await (
    await as('approver')
  ).send(
    `/claims/${id}/resolve-overlap?other=${earlier}`,
    { as: 'distinct' },
    `/claims/${id}/resolve-overlap`,
  );
  expect(unescaped(html)).toContain('Decided: distinct');
  const done = await step('verifier', id, 'verify', {
    'verified-201920': '100,000',
    'reason-201920': 'not-attributable',
  });
  expect(done).toContain('part-verified');
  expect(done).toContain('£100,000');
  expect(done).not.toContain('What stands in the way');
}, 60_000);

test('the worklist shows states, and only steps that somebody may take are offered', async () => {
  const id = await ledger.claim();
  await ledger.read(id);
  const list = unescaped((await (await as('verifier')).get('/claims?assurance=draft')).html);
  expect(list).toContain(`/claims/${id}`);
  expect(list).toContain('Draft: ');
  const forFinance = (await (await as('verifier')).get(`/claims/${id}`)).html;
  expect(forFinance).not.toContain(`/claims/${id}/submit`);
  const forTeam = (await (await as('team')).get(`/claims/${id}`)).html;
  expect(forTeam).toContain(`/claims/${id}/submit`);
  expect(forTeam).not.toContain(`/claims/${id}/verify`);
});

test('a claim is made a part of another by its form, by the address of that one, and both say so', async () => {
  const [part, whole] = [await ledger.claim(), await ledger.claim({ title: 'All plans together' })];
  await ledger.read(whole);
  const team = await as('team');
  const page = `/claims/${part}/make-part-of`;
  expect((await team.get(`/claims/${part}`)).html).toContain(page);
  expect((await (await as('verifier')).get(`/claims/${part}`)).html).not.toContain(page);
  const wrong = await team.send(page, { whole: 'the other one' });
  expect([wrong.status, wrong.html]).toEqual([422, expect.stringContaining('There is a problem')]);
  const address = `${ledger.running.url}/claims/${whole}?after=1`;
  expect(await step('team', part, 'make-part-of', { whole: address })).toContain('All plans together');
  await ledger.read(part);
  expect(unescaped((await team.get(`/claims/${whole}`)).html)).toContain('To be decided');
});

test('the table and the bridge are pages, and what cannot be asked is said in a sentence', async () => {
  const reader = await as('reader');
  const table = await reader.get('/savings-table?year=2019/20');
  expect([table.status, unescaped(table.html)]).toEqual([200, expect.stringContaining('Delivered − target')]);
  const between = await reader.get('/savings-bridge?from=2018/19&to=2019/20');
  expect([between.status, unescaped(between.html)]).toEqual([
    200,
    expect.stringContaining('2019/20 at position'),
  ]);
  // A line opens to claims, and a claim to its events, each at its place in how the claim came to what it is.
  const auditor = await as('auditor');
  const opened = (await auditor.get('/savings-bridge?from=2018/19&to=2019/20')).html;
  const [, claim = '', place = 'none'] = /href="\/claims\/([0-9a-f-]+)#(position-[0-9]+)"/.exec(opened) ?? [];
  expect((await auditor.get(`/claims/${claim}`)).html).toContain(`id="${place}"`);
  for (const [address, says] of [
    ['/savings-bridge?from=never', 'is no financial year'],
    [
      '/savings-table?year=2019/20&by=colour',
      '“colour” is no grouping of the savings table; it goes by area,',
    ],
    ['/claim-sample?year=2019/20&top=six', 'top: “six” is no whole number'],
  ] as const) {
    const wrong = await auditor.get(address);
    expect([wrong.status, unescaped(wrong.html)]).toEqual([400, expect.stringContaining(says)]);
  }
  const none = await auditor.get('/claim-sample?year=2031/32');
  expect(unescaped(none.html)).toContain('No claim was delivered in 2031/32, so there is none to draw.');
  const unknown = unescaped((await auditor.get('/claims?assurance=submited')).html);
  expect(unknown.split('There is no state “submited”')).toHaveLength(2);
});

test('what cannot be read on a form is said at its field, with what was typed and what is taken, in pounds', async () => {
  const [id, other] = [await ledger.claim(), await ledger.claim({ title: 'Another' })];
  await ledger.read(other);
  const refused = async (
    user: User,
    page: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<string> => {
    const { status, html } = await (await as(user)).send(`/claims/${id}/${page}`, fields);
    expect([page, status]).toEqual([page, 422]);
    expect(html).not.toContain('pence');
    return unescaped(html);
  };
  const baseline = await refused('team', 'propose-baseline', {
    ...baselineTyped,
    valuePence: 'about a million',
    fromYear: '2018',
    attributionHundredths: 'most',
  });
  expect(baseline).toContain('“about a million” is no amount; write pounds as 12,500 or 12500.50');
  expect(baseline).toContain('“2018” is no financial year; write it as 2019/20');
  expect(baseline).toContain('“most” is no share; write per cent as 60 or 33.33');
  const delivery = { year: '2019/20', grossPence: '-5', qualifier: 'exact' };
  const below = await refused('team', 'record-delivery', delivery);
  expect(below).toContain('<a href="#grossPence">“-5” is below nothing; write the amount without a sign</a>');
  const verified = await refused('verifier', 'verify', { 'verified-201920': '1.234.567' });
  expect(verified).toContain('<a href="#verified-201920">“1.234.567” is no amount');
  const due = await refused('verifier', 'query', { text: 'Why?', due: 'soon' });
  expect(due).toContain('<a href="#due">');
  const worksheet = { 'result-period': 'failed', 'effect-period': 'half' };
  expect(await refused('verifier', 'worksheet', worksheet)).toContain(
    '<a href="#effect-period">“half” is no amount',
  );
  const shared = { other, as: 'shared', of: 'this', year: '2019-21', pounds: '12,5x' };
  const split = await refused('verifier', `resolve-overlap?other=${other}`, shared);
  expect(split).toContain('<a href="#year">“2019-21” is no financial year');
  expect(split).toContain('<a href="#pounds">“12,5x” is no amount');
});
