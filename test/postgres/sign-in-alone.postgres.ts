import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnDatabase } from './own-database';
import { ProjectorProcess } from './projector-process';
import { ServiceProcess } from './service-process';

const command = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
const password = 'three random words';

let folder: string;
let models: OwnDatabase;
let people: OwnDatabase;
let settings: Readonly<Record<string, string>>;
let recording: ServiceProcess;
let reporting: ServiceProcess;
let projector: ProjectorProcess;

const ledgerFolder = (): string => join(folder, 'ledger');

/** Makes a live ledger with the command. @throws with what it says where it refuses */
function init(into: string): string {
  const user = ['--name', 'Ada First', '--email', 'ada@example.org'];
  return execFileSync(process.execPath, [command, 'init', into, ...user], {
    env: { ...process.env, ...settings, LEDGER_PASSWORD: password },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-sign-in-'));
  models = await OwnDatabase.make();
  people = await OwnDatabase.make();
  settings = {
    LEDGER_VAULT: people.address,
    LEDGER_VAULT_KEY: join(folder, 'vault.key'),
    LEDGER_ACCOUNTS: people.address,
  };
  init(ledgerFolder());
  const log = `sqlite:${join(ledgerFolder(), 'log.db')}`;
  const shared = { ...settings, LEDGER_LOG: log, LEDGER_READ_MODELS: models.address };
  recording = ServiceProcess.start('recording', { ...shared, LEDGER_DATA: ledgerFolder() });
  reporting = ServiceProcess.start('reporting', { ...shared, LEDGER_DATA: join(folder, 'reporting') });
  projector = ProjectorProcess.start(log, models.address);
  await recording.saying('The recording is ready');
  await reporting.saying('The reporting is ready');
}, 300_000);
afterAll(async () => {
  for (const process of [recording, reporting, projector]) await process.end('SIGKILL');
  await models.drop();
  await people.drop();
  rmSync(folder, { recursive: true });
}, 120_000);

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function asked(
  service: ServiceProcess,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: object; body?: unknown } = {},
): Promise<Answered> {
  const response = await fetch(new URL(path, service.url), {
    method,
    headers: { ...headers, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // Every answer of the API is a JSON object.
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}

const by = (token: string): { headers: object } => ({ headers: { Authorization: `Bearer ${token}` } });
const send = async (path: string, body: unknown, token?: string): Promise<Answered> =>
  asked(recording, path, { method: 'POST', body, ...(token !== undefined && by(token)) });

/** Signs in at recording; the token of the session. */
async function signIn(email: string, secret: string): Promise<string> {
  const { status, body } = await send('/api/sessions', { email, password: secret });
  expect(status).toBe(201);
  return String(body['token']);
}

async function record(title: string, token?: string): Promise<Answered> {
  const data = {
    offer: 'cyber-security',
    title,
    occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
    bodies: [{ body: 'Watford', role: 'recipient' }],
  };
  return send('/api/records', { records: [{ type: 'SupportProvided', data }] }, token);
}

/** What an audit file says happened. */
const audited = (of: string): string => readFileSync(join(of, 'audit.jsonl'), 'utf8');

test('whoever signs in at recording alone records there and asks at reporting alone, by token and by cookie', async () => {
  const token = await signIn('ada@example.org', password);
  const { status, body } = await record('Recorded by Ada', token);
  expect(status).toBe(201);
  const question = `/api/records?search=Recorded+by+Ada&after=${String(body['cursor'])}`;
  const records = [expect.objectContaining({ title: 'Recorded by Ada' })];
  expect(await asked(reporting, question, by(token))).toMatchObject({ status: 200, body: { records } });
  const cookie = { headers: { Cookie: `ledger_session=${token}` } };
  expect(await asked(reporting, question, cookie)).toMatchObject({ status: 200, body: { records } });
  expect(audited(ledgerFolder())).toContain('signed-in');
});

test('nobody is answered without a session of this ledger, nor signed in with a wrong password', async () => {
  expect((await record('Recorded by nobody')).status).toBe(401);
  expect((await asked(reporting, '/api/records')).status).toBe(401);
  expect((await asked(reporting, '/api/records', by('x'.repeat(43)))).status).toBe(401);
  const wrong = await send('/api/sessions', { email: 'ada@example.org', password: 'another' });
  expect(wrong.status).toBe(401);
});

test('a role holds at both services, and who is let out is out at both at the next request', async () => {
  const ada = await signIn('ada@example.org', password);
  const user = { name: 'Ben Auditor', email: 'ben@example.org', grants: [{ role: 'auditor' }] };
  const added = await send('/api/users', user, ada);
  expect(added.status).toBe(201);
  const first = await signIn('ben@example.org', String(added.body['password']));
  expect((await asked(reporting, '/api/records', by(first))).status).toBe(403);
  expect(audited(join(folder, 'reporting'))).toContain('denied');
  const changed = await send(
    '/api/password',
    { current: String(added.body['password']), wanted: 'Ben chose three words' },
    first,
  );
  const ben = String(changed.body['token']);
  expect((await asked(reporting, '/api/records', by(first))).status).toBe(401);
  expect((await asked(reporting, '/api/records', by(ben))).status).toBe(200);
  expect((await record('Recorded by an auditor', ben)).status).toBe(403);
  const out = { ...by(ada), method: 'PUT', body: { active: false } };
  expect((await asked(recording, `/api/users/${String(added.body['id'])}`, out)).status).toBe(200);
  expect((await asked(reporting, '/api/records', by(ben))).status).toBe(401);
});

test('signing out at recording ends the session for reporting', async () => {
  const token = await signIn('ada@example.org', password);
  expect(await asked(recording, '/api/sessions', { ...by(token), method: 'DELETE' })).toMatchObject({
    status: 200,
  });
  expect((await asked(reporting, '/api/records', by(token))).status).toBe(401);
});

test('another ledger is not made in the databases of this one', () => {
  const into = join(folder, 'another');
  expect(() => init(into)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('LEDGER_ACCOUNTS names a database that holds people of a ledger'),
      // Refused, not out of reach: to try again changes nothing.
      status: 1,
    }),
  );
  expect(existsSync(into)).toBe(false);
});
