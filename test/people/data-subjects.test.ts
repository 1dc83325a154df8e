import { bodyIdOf } from '@ledger/councils';
import { LiveLedger } from '../live/live-ledger';

let ledger: LiveLedger;
let editor: string;
let auditor: string;
beforeAll(async () => {
  ledger = await LiveLedger.start();
  editor = (await ledger.user('Eve Editor', [{ role: 'programme-editor', programmes: 'all' }])).token;
  auditor = (await ledger.user('Al Auditor', [{ role: 'auditor', programmes: 'all' }])).token;
}, 60_000);
afterAll(() => ledger.stop());

async function attendance(person: string, course: string): Promise<string> {
  const data = {
    offer: 'leadership-academy',
    occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
    person,
    body: bodyIdOf('watford-borough-council'),
    course,
    party: 'not stated',
  };
  const { body, text } = await ledger.post(
    '/api/records',
    { records: [{ type: 'CouncillorTrained', data }] },
    editor,
  );
  const [record] = (body['records'] ?? []) as { id: string }[];
  if (record === undefined) throw new Error(text);
  return record.id;
}

async function person(name: string): Promise<string> {
  return String((await ledger.post('/api/people', { name }, editor)).body['id']);
}

test('everything held about a person is one command away, and nothing of anybody else', async () => {
  const [one, other] = [await person('One Subject'), await person('Other Subject')];
  const record = await attendance(one, 'Course of one');
  await attendance(other, 'Course of the other');
  const withdrawal = { reason: 'did-not-happen', note: 'One Subject was ill' };
  await ledger.post(`/api/records/activity/${record}/withdrawals`, withdrawal, editor);
  const { body, text } = await ledger.get(`/api/people/${one}/export`, auditor);
  expect(body['person']).toMatchObject({ name: 'One Subject' });
  expect(body['notes']).toEqual([expect.objectContaining({ text: 'One Subject was ill' })]);
  expect((body['events'] as { type: string }[]).map(({ type }) => type)).toEqual(['CouncillorTrained']);
  expect(text).not.toContain('Course of the other');
});

test('the same Idempotency-Key adds a person once; details are put right; a wrong one is said', async () => {
  const add = async (): Promise<unknown> =>
    (await ledger.post('/api/people', { name: 'Once Only' }, editor, { 'Idempotency-Key': 'k1' })).body['id'];
  const id = await add();
  expect(await add()).toBe(id);
  const put = await ledger.request('PUT', `/api/people/${String(id)}`, {
    token: editor,
    body: { name: 'Right Name' },
  });
  expect(put.body['name']).toBe('Right Name');
  const wrong = await ledger.post('/api/people', { name: '', email: 'x' }, editor);
  expect([wrong.status, wrong.body['code']]).toEqual([422, 'INVALID_PERSON']);
});

test('whoever reads a person is in the audit file, also on the page that asks whether to erase', async () => {
  const id = await person('Read Subject');
  const operator = ledger.server.operatorToken;
  for (const path of [`/api/people/${id}`, `/people/${id}`, `/people/${id}/erase`])
    expect([path, (await ledger.get(path, operator)).text.includes('Read Subject')]).toEqual([path, true]);
  const { body } = await ledger.get('/api/audit', auditor);
  const reads = (body['entries'] as { what: string; about?: string[] }[]).filter(
    ({ what, about }) => what === 'person-read' && about?.includes(id) === true,
  );
  expect(reads.length).toBe(3);
});

test('a legal hold forbids erasing until it is lifted', async () => {
  const id = await person('Held Subject');
  const operator = ledger.server.operatorToken;
  await ledger.post(`/api/people/${id}/hold`, { reason: 'a court asks' }, operator);
  const refused = await ledger.post(`/api/people/${id}/erasure`, {}, operator);
  expect([refused.status, refused.body['code']]).toEqual([409, 'LEGAL_HOLD']);
  const events = (await ledger.get('/api/events?after=4900&limit=2000', auditor)).text;
  expect(events).not.toContain(`"subject":"${id}"`);
  await ledger.post(`/api/people/${id}/hold`, { reason: null }, operator);
  expect((await ledger.post(`/api/people/${id}/erasure`, {}, operator)).status).toBe(200);
});

test('a user who is erased is a user no longer', async () => {
  const { id, token } = await ledger.user('Gone User', [{ role: 'auditor', programmes: 'all' }]);
  await ledger.post(`/api/people/${id}/erasure`, {}, ledger.server.operatorToken);
  expect((await ledger.get('/api/records', token)).status).toBe(401);
});
