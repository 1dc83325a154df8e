import { FormVisitor, unescaped } from '../live/browserless';
import { LiveLedger } from '../live/live-ledger';

/* Approval of records (A10): a second person's word that changes no figure, asked of a programme from a day in mid-year. */

let ledger: LiveLedger;
let ada: string;
let bo: string;
beforeAll(async () => {
  ledger = await LiveLedger.start();
  ada = await ledger.signIn();
  bo = (
    await ledger.user('Bo Second', [
      { role: 'programme-editor', programmes: 'all' },
      { role: 'publisher', programmes: 'all' },
    ])
  ).token;
}, 60_000);
afterAll(() => ledger.stop());

async function record(title: string, offer = 'cyber-security'): Promise<string> {
  const occurred = { from: '2025-06-03', to: '2025-06-03', basis: 'stated' };
  const data = { offer, title, occurred, bodies: [{ body: 'Leeds', role: 'recipient' }] };
  const { body } = await ledger.post('/api/records', { records: [{ type: 'SupportProvided', data }] }, ada);
  return (body['records'] as readonly { id: string }[])[0]?.id ?? '';
}

const approve = async (id: string, token: string, headers: Record<string, string> = {}) =>
  ledger.post(`/api/records/activity/${id}/approvals`, { note: 'Seen' }, token, headers);

async function approvalOf(id: string): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await ledger.get(`/api/records/activity/${id}`, ada);
  return body['approval'] as Readonly<Record<string, unknown>>;
}

async function waiting(): Promise<readonly string[]> {
  const { body } = await ledger.get('/api/records?waiting=true', ada);
  return (body['records'] as readonly { title: string }[]).map(({ title }) => title);
}

const ask = async (asked: boolean) =>
  ledger.post('/api/catalogue', { id: 'cyber-security', type: 'ApprovalAsked', data: { asked } }, bo);

async function figures(): Promise<unknown> {
  const { body } = await ledger.get('/api/annual-totals?year=2025/26', ada);
  return (body['rows'] as readonly { measure: string; value: unknown }[]).map(({ measure, value }) => [
    measure,
    value,
  ]);
}

function codesOf({ body }: { readonly body: Readonly<Record<string, unknown>> }): unknown {
  return (body['errors'] as readonly { code: string }[] | undefined)?.map(({ code }) => code);
}

test('approval is asked in mid-year: what was recorded before is as it was, what comes after waits and counts', async () => {
  const earlier = await record('Recorded before');
  const before = await figures();
  expect((await ask(true)).status).toBe(201);
  expect([await figures(), await waiting()]).toEqual([before, []]);
  expect(await approvalOf(earlier)).toMatchObject({
    asked: false,
    waiting: false,
    last: null,
    changesSince: null,
  });

  const later = await record('Recorded after');
  await record('Of another programme', 'housing-advisers');
  expect(await waiting()).toEqual(['Recorded after']);
  expect(await approvalOf(later)).toMatchObject({ asked: true, waiting: true });
  expect(await figures()).not.toEqual(before);

  const counted = await figures();
  expect((await approve(later, bo)).status).toBe(201);
  expect([await figures(), await waiting()]).toEqual([counted, []]);
  expect(await approvalOf(later)).toMatchObject({
    waiting: false,
    changesSince: 0,
    last: { by: 'Bo Second', note: 'Seen' },
  });
  expect((await ask(false)).status).toBe(201);
  await record('When it is asked no more');
  expect(await waiting()).toEqual([]);
});

test('an approved record says how often it was changed since, and is approved anew by somebody else', async () => {
  await ask(true);
  const id = await record('Changed later');
  await approve(id, bo);
  for (const reason of ['did-not-happen', 'other'])
    await ledger.post(
      `/api/records/activity/${id}/${reason === 'other' ? 'reinstatements' : 'withdrawals'}`,
      { reason },
      ada,
    );
  expect(await approvalOf(id)).toMatchObject({ changesSince: 2, waiting: true });
  expect(await waiting()).toEqual(['Changed later']);
  expect(codesOf(await approve(id, ada))).toEqual(['second-person']);
  expect((await approve(id, bo)).status).toBe(201);
  expect(await approvalOf(id)).toMatchObject({ changesSince: 0, waiting: false });
});

test('nobody approves what he or she wrote, nor twice, nor what is gone, nor what is not what was looked at', async () => {
  const id = await record('Own work');
  expect(codesOf(await approve(id, ada))).toEqual(['second-person']);
  expect((await approve(id, bo, { 'If-Match': '"3"' })).status).toBe(412);
  expect((await approve(id, bo)).status).toBe(201);
  expect(codesOf(await approve(id, bo))).toEqual(['approved-once']);
  const gone = await record('Gone');
  await ledger.post(`/api/records/activity/${gone}/withdrawals`, { reason: 'other' }, ada);
  expect(codesOf(await approve(gone, bo))).toEqual(['record-stands']);
  expect(codesOf(await approve('01a20c75-4a3c-7532-b916-7352039aa364', bo))).toEqual(['record-exists']);
});

test('on the pages a record is approved by its button, and those that wait are listed', async () => {
  const id = await record('By the page');
  const visitor = new FormVisitor(ledger.url);
  await visitor.send('/sign-in', {
    email: 'bo.second@example.org',
    password: 'Bo Second has a long password',
  });
  expect((await visitor.get('/records?waiting=yes')).html).toContain('By the page');
  const page = `/records/activity/${id}`;
  expect((await visitor.get(page)).html).toContain('Waits for approval');
  const approved = await visitor.send(page, {}, `${page}/approve`);
  expect(unescaped(approved.html)).toContain('by Bo Second, and unchanged since');
  expect((await visitor.get('/records?waiting=yes')).html).not.toContain('By the page');
});

test('as recorded by an earlier position a record was not approved yet', async () => {
  const id = await record('Asked of the past');
  const { body } = await ledger.get(`/api/records/activity/${id}`, ada);
  await approve(id, bo);
  const then = await ledger.get(`/api/records/activity/${id}?asRecordedBy=${String(body['position'])}`, ada);
  expect(then.body['approval']).toMatchObject({ last: null, waiting: true });
});
