import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { by, oneRecord, LiveAlone, type Answered } from './live-alone';

const password = 'three random words';

let services: LiveAlone;

beforeAll(async () => (services = await LiveAlone.start(password)), 300_000);
afterAll(async () => services.stop(), 120_000);

const send = async (path: string, body: unknown, token?: string): Promise<Answered> =>
  services.recording.ask(path, { method: 'POST', body, ...(token !== undefined && by(token)) });
const asked = async (question: string, as: object = {}): Promise<Answered> =>
  services.reporting.ask(question, as);

/** Signs in at recording; the token of the session. */
async function signIn(email: string, secret: string): Promise<string> {
  const { status, body } = await send('/api/sessions', { email, password: secret });
  expect(status).toBe(201);
  return String(body['token']);
}

const record = async (title: string, token?: string): Promise<Answered> =>
  send('/api/records', oneRecord(title), token);

/** What an audit file says happened. */
const audited = (of: string): string => readFileSync(join(of, 'audit.jsonl'), 'utf8');

test('whoever signs in at recording alone records there and asks at reporting alone, by token and by cookie', async () => {
  const token = await signIn('ada@example.org', password);
  const { status, body } = await record('Recorded by Ada', token);
  expect(status).toBe(201);
  const question = `/api/records?search=Recorded+by+Ada&after=${String(body['cursor'])}`;
  const records = [expect.objectContaining({ title: 'Recorded by Ada' })];
  expect(await asked(question, by(token))).toMatchObject({ status: 200, body: { records } });
  const cookie = { headers: { Cookie: `ledger_session=${token}` } };
  expect(await asked(question, cookie)).toMatchObject({ status: 200, body: { records } });
  expect(audited(services.folder)).toContain('signed-in');
});

test('nobody is answered without a session of this ledger, nor signed in with a wrong password', async () => {
  expect((await record('Recorded by nobody')).status).toBe(401);
  expect((await asked('/api/records')).status).toBe(401);
  expect((await asked('/api/records', by('x'.repeat(43)))).status).toBe(401);
  const wrong = await send('/api/sessions', { email: 'ada@example.org', password: 'another' });
  expect(wrong.status).toBe(401);
});

test('a role holds at both services, and who is let out is out at both at the next request', async () => {
  const ada = await signIn('ada@example.org', password);
  const user = { name: 'Ben Auditor', email: 'ben@example.org', grants: [{ role: 'auditor' }] };
  const added = await send('/api/users', user, ada);
  expect(added.status).toBe(201);
  const first = await signIn('ben@example.org', String(added.body['password']));
  expect((await asked('/api/records', by(first))).status).toBe(403);
  expect(audited(services.reportingFolder)).toContain('denied');
  const changed = await send(
    '/api/password',
    { current: String(added.body['password']), wanted: 'Ben chose three words' },
    first,
  );
  const ben = String(changed.body['token']);
  expect((await asked('/api/records', by(first))).status).toBe(401);
  expect((await asked('/api/records', by(ben))).status).toBe(200);
  expect((await record('Recorded by an auditor', ben)).status).toBe(403);
  const out = { ...by(ada), method: 'PUT', body: { active: false } };
  expect((await services.recording.ask(`/api/users/${String(added.body['id'])}`, out)).status).toBe(200);
  expect((await asked('/api/records', by(ben))).status).toBe(401);
});

test('signing out at recording ends the session for reporting', async () => {
  const token = await signIn('ada@example.org', password);
  expect(await services.recording.ask('/api/sessions', { ...by(token), method: 'DELETE' })).toMatchObject({
    status: 200,
  });
  expect((await asked('/api/records', by(token))).status).toBe(401);
});

test('another ledger is not made in the databases of this one', () => {
  const into = join(services.root, 'another');
  expect(() => services.init(into)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('LEDGER_ACCOUNTS names a database that holds people of a ledger'),
      // Refused, not out of reach: to try again changes nothing.
      status: 1,
    }),
  );
  expect(existsSync(into)).toBe(false);
});
