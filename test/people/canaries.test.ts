import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupLedger, erasuresIn, initLedger, restoreLedger } from '@ledger/standalone';
import { FormVisitor } from '../live/browserless';
import { firstPassword, LiveLedger } from '../live/live-ledger';
import { ServeProcess } from '../live/serve-process';
import { filesHolding } from './files-holding';

/*
 * Planted names (E1, E2, E4): they are in no file and no line of output, in no answer after erasing, and stay gone
 * when an older vault comes back.
 */

const person = 'Quillfeather Canarybird';
const email = 'canarybird.quill@feathers.example';
const note = 'Telephoned with Quillfeather Canarybird about the gout';
const user = 'Zebedee Userbird';
const canaries = [person, email, note, user, 'Canarybird', 'Userbird'];

let root: string;
let server: ServeProcess | undefined;
beforeAll(() => (root = mkdtempSync(join(tmpdir(), 'canaries-'))));
afterAll(async () => {
  await server?.end('SIGKILL');
  rmSync(root, { recursive: true });
});

const state = new Map<string, string>();

test('names that are planted by form, API and sign-in are in no file and no line of output', async () => {
  const folder = join(root, 'ledger');
  await initLedger(folder, { name: user, email: 'zebedee@userbird.example', password: firstPassword });
  const serving = await ServeProcess.start(folder);
  server = serving;
  const visitor = new FormVisitor(serving.url);
  await visitor.send('/sign-in', { email: 'zebedee@userbird.example', password: firstPassword });
  const challenge = {
    offer: 'corporate-peer-challenge',
    occurred: '4 June 2025',
    'bodies-0-body': 'Watford',
    'bodies-0-role': 'recipient',
    'team-0-person': person,
    'team-0-role': 'lead',
  };
  const recorded = await visitor.send('/record/PeerChallengeDelivered', { ...challenge, step: 'record' });
  expect(recorded.html).toContain(person);
  const record = /^\/records\/activity\/([0-9a-f-]{36})/.exec(recorded.at)?.[1] ?? '';
  const corrected = await visitor.send(`/records/activity/${record}/correct`, {
    ...challenge,
    occurred: '5 June 2025',
    reason: 'typing-error',
    note,
    step: 'record',
  });
  expect(corrected.html).toContain(note);
  const found = await visitor.get(`/people?name=${encodeURIComponent('canarybird quillfeather')}`);
  const id = /\/people\/([0-9a-f-]{36})/.exec(found.html)?.[1] ?? '';
  expect(found.html).toContain(person);
  // What goes wrong must not tell either: names in addresses, in bodies that are refused, in failed sign-ins.
  await visitor.get(`/records?search=${encodeURIComponent(person)}&year=wrong`);
  await visitor.send('/record/SupportProvided', { title: 'x'.repeat(200), 'bodies-0-body': person });
  await fetch(new URL('/api/sessions', serving.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: note, [person]: 1 }),
  });
  await backupLedger(folder, join(root, 'backup'));
  for (const canary of canaries) {
    expect([canary, filesHolding(root, canary)]).toEqual([canary, []]);
    expect(serving.said).not.toContain(canary);
  }
  await serving.end();
  server = undefined;
  expect(filesHolding(root, person)).toEqual([]);
  state.set('record', record).set('person', id);
}, 60_000);

async function reads(ledger: LiveLedger, token: string, admin: string): Promise<string> {
  const [id, record] = [state.get('person') ?? '', state.get('record') ?? ''];
  const answers = [
    await ledger.get(`/api/people?name=${encodeURIComponent(person)}`, token),
    await ledger.get(`/api/people/${id}`, token),
    await ledger.get(`/api/people/${id}/export`, token),
    await ledger.get(`/api/records/activity/${record}`, token),
    await ledger.get(`/records/activity/${record}`, token),
    await ledger.get(`/people/${id}`, token),
    await ledger.get('/api/audit?limit=5000', token),
    await ledger.get('/api/events?limit=2000&after=4900', token),
    await ledger.get('/api/retention', admin),
  ];
  return answers.map(({ text }) => text).join('\n');
}

test('after erasing nothing answers with them, and neither a figure nor a byte of the log has changed', async () => {
  const ledger = await LiveLedger.serve(root, join(root, 'ledger'));
  const auditor = await ledger.user('An Auditor', [{ role: 'auditor', programmes: 'all' }]);
  const admin = ledger.server.operatorToken;
  const id = state.get('person') ?? '';
  expect(await reads(ledger, auditor.token, admin)).toContain(person);
  const totals = async (): Promise<unknown> =>
    (await ledger.get('/api/annual-totals?year=2025/26', auditor.token)).body['rows'];
  const before = await totals();
  const events = async (): Promise<unknown[]> =>
    (await ledger.get('/api/events?limit=2000&after=4900', auditor.token)).body['events'] as unknown[];
  const log = await events();

  for (const time of ['once', 'again'])
    expect([time, (await ledger.post(`/api/people/${id}/erasure`, {}, admin)).body]).toEqual([
      time,
      { id, erased: true },
    ]);
  const after = await reads(ledger, auditor.token, admin);
  for (const canary of [person, email, note, 'Canarybird']) expect(after).not.toContain(canary);
  expect(after).toContain('(erased)');
  expect(await totals()).toEqual(before);
  const now = await events();
  expect(now.slice(0, log.length)).toEqual(log);
  expect(now.slice(log.length)).toEqual([
    expect.objectContaining({ type: 'SubjectErased', data: { subject: id } }),
  ]);
  expect((await ledger.get('/api/check', admin)).body['findings']).toEqual([]);
  await ledger.server.stop();
}, 60_000);

test('a vault of an older backup erases the person again before it serves', async () => {
  for (const name of ['vault.db', 'vault.db-wal', 'vault.db-shm'])
    rmSync(join(root, 'ledger', name), { force: true });
  cpSync(join(root, 'backup', 'vault.db'), join(root, 'ledger', 'vault.db'));
  const ledger = await LiveLedger.serve(root, join(root, 'ledger'));
  const id = state.get('person') ?? '';
  expect((await ledger.get(`/api/people/${id}`, ledger.server.operatorToken)).body['erased']).toBe(true);
  await ledger.server.stop();
}, 60_000);

test('a whole backup that is older than the erasure needs the list that is kept outside it', async () => {
  const list = join(root, 'ledger', 'erasures.jsonl');
  expect(readFileSync(list, 'utf8')).toContain(state.get('person'));
  const restored = join(root, 'restored');
  const { erasedAgain } = await restoreLedger(join(root, 'backup'), restored, erasuresIn(list));
  expect(erasedAgain).toBe(1);
  const ledger = await LiveLedger.serve(root, restored);
  const id = state.get('person') ?? '';
  expect((await ledger.get(`/api/people/${id}`, ledger.server.operatorToken)).body['erased']).toBe(true);
  await ledger.server.stop();
}, 60_000);
