import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCrypto, parseKey, parseNote, signersOf, verifyBundle, type Verdict } from '@ledger/seal';
import { openDatabase } from '@ledger/sqlite';
import { backupLedger, initLedger, restoreLedger } from '@ledger/standalone';
import { firstPassword, LiveLedger } from '../live/live-ledger';

/* Seals of a running ledger, through its API, its page, its check, and its backups. */

let root: string;
let outside: string;
let ledger: LiveLedger;
let finance: string;
let auditor: string;
let editor: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'sealing-'));
  outside = join(root, 'outside');
  ledger = await LiveLedger.start({ checkpoints: outside });
  finance = (await ledger.user('Fin Ance', [{ role: 'finance-verifier', programmes: 'all' }])).token;
  auditor = (await ledger.user('Al Auditor', [{ role: 'auditor', programmes: 'all' }])).token;
  editor = (await ledger.user('Eve Editor', [{ role: 'programme-editor', programmes: 'all' }])).token;
}, 60_000);
afterAll(async () => {
  await ledger.stop();
  rmSync(root, { recursive: true, force: true });
});

async function recordOne(title: string): Promise<void> {
  const occurred = { from: '2025-06-02', to: '2025-06-03', basis: 'stated' };
  const data = { offer: 'cyber-security', title, occurred, bodies: [{ body: 'Watford', role: 'recipient' }] };
  const { status, text } = await ledger.post(
    '/api/records',
    { records: [{ type: 'SupportProvided', data }] },
    editor,
  );
  if (status !== 201) throw new Error(text);
}

const copiesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .sort();

test('finance seals on demand; an auditor sees it, holds the key against it, and cannot seal', async () => {
  await recordOne('Before the seal');
  const { status, body } = await ledger.post('/api/seals', {}, finance);
  expect(status).toBe(201);
  await recordOne('After the seal');
  const standing = (await ledger.get('/api/seals', auditor)).body;
  expect(standing).toMatchObject({ sealed: body['size'], notSealed: 1, problems: [], copiedTo: outside });
  const key = parseKey(nodeCrypto, readFileSync(join(ledger.folder, 'seal.pub')));
  const { text } = await ledger.get(`/api/seals/${String(body['number'])}`, auditor);
  expect(signersOf(nodeCrypto, parseNote(text), [key]).good).toEqual([key]);
  expect(copiesOf(outside).map((name) => readFileSync(join(outside, name), 'utf8'))).toContain(text);
  expect((await ledger.post('/api/seals', {}, auditor)).status).toBe(403);
  expect((await ledger.get('/api/seals/999', auditor)).status).toBe(404);
});

test('closing a period seals it', async () => {
  const before = (await ledger.get('/api/seals', auditor)).body['checkpoints'];
  const { status, body } = await ledger.post(
    '/api/periods/2019-20/closings',
    { level: 'provisional', quarter: 1 },
    finance,
  );
  expect(status).toBe(201);
  expect(before).toBeGreaterThan(0);
  // The seal on demand waits its turn behind the one of the period, or is over the closing itself.
  await ledger.post('/api/seals', {}, finance);
  const { newest } = (await ledger.get('/api/seals', auditor)).body as { newest: { size: number }[] };
  expect(newest[0]?.size).toBeGreaterThanOrEqual(Number(body['position']));
});

test('the page shows checkpoints, the key and what is not sealed, and offers sealing to those who may', async () => {
  const page = async (token: string): Promise<string> => (await ledger.get('/seals', token)).text;
  expect(await page(auditor)).toContain('Not yet sealed');
  expect(await page(auditor)).toContain('download the checkpoint');
  expect(await page(auditor)).toContain(
    readFileSync(join(ledger.folder, 'seal.pub'), 'utf8').trim().split('+')[1],
  );
  expect(await page(auditor)).not.toContain('Seal now');
  expect(await page(finance)).toContain('Seal now');
});

test('the key changes at the administrator’s word, and everything sealed before still checks', async () => {
  const former = (await ledger.get('/api/seals', auditor)).body['key'];
  const changed = await ledger.post('/api/seal-keys', {}, ledger.server.operatorToken);
  expect(changed.status).toBe(201);
  expect(changed.body['formerKeys']).toEqual([former]);
  expect((await ledger.post('/api/seal-keys', {}, finance)).status).toBe(403);
  const { body } = await ledger.get('/api/check', auditor);
  expect(body).toMatchObject({ findings: [], seals: { notSealed: 0 } });
});

test('a backup holds the seals and not the key; what is restored seals with another, and says so', async () => {
  const [backup, restored] = [join(root, 'backup'), join(root, 'restored')];
  await backupLedger(ledger.folder, backup);
  expect(readdirSync(backup)).toContain('seals.db');
  expect(existsSync(join(backup, 'seal.key'))).toBe(false);
  await restoreLedger(backup, restored, []);
  const other = await LiveLedger.serve(root, restored, { checkpoints: join(root, 'outside-2') });
  const token = await other.signIn('al.auditor@example.org', 'Al Auditor has a long password');
  expect((await other.post('/api/seals', {}, other.server.operatorToken)).status).toBe(201);
  const { body } = await other.get('/api/check', token);
  expect(body).toMatchObject({ findings: [] });
  const after = Number(body['position']) - 2;
  const events = (await other.get(`/api/events?after=${after}`, token)).body['events'] as { type: string }[];
  expect(events.map(({ type }) => type)).toEqual(['BackupRestored', 'SealingKeyChanged']);
  await other.server.stop();
}, 60_000);

test('checkpoints are never copied into the folder of the ledger', async () => {
  const folder = join(root, 'careless');
  const user = { name: 'Ada First', email: 'ada@example.org', password: firstPassword };
  await expect(initLedger(folder, user, { copyTo: join(folder, 'checkpoints') })).rejects.toThrow(
    'a place outside the folder of the ledger',
  );
});

test('one event rewritten in the file of the log is found by the check, at its position', async () => {
  const database = openDatabase(join(ledger.folder, 'log.db'), { synchronous: 'FULL' });
  const position = Number(
    database.value(`SELECT position FROM event WHERE CAST(bytes AS TEXT) LIKE '%Before the seal%'`),
  );
  database
    .prepare(
      `UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Before the seal', 'Behind the seal') AS BLOB) WHERE position = ?`,
    )
    .run(position);
  database.close();
  const { body } = await ledger.get('/api/check', auditor);
  expect(String(body['findings'])).toContain(
    `The event at position ${position} is not the one that was sealed. It was altered`,
  );
}, 60_000);

test('with everything made anew by the ledger’s own key, the checkpoint that lies outside finds it', async () => {
  const [, kept = ''] = copiesOf(outside);
  await ledger.server.stop();
  for (const name of readdirSync(ledger.folder))
    if (name.startsWith('seals.db')) rmSync(join(ledger.folder, name));
  // Without the folder outside, the rewritten ledger knows of no earlier seal, and seals.
  ledger.server = (await LiveLedger.serve(ledger.root, ledger.folder)).server;
  expect((await ledger.post('/api/seals', {}, ledger.server.operatorToken)).status).toBe(201);
  const token = await ledger.signIn('al.auditor@example.org', 'Al Auditor has a long password');
  const { text } = await ledger.get('/api/bundle', token);
  const keys = [parseKey(nodeCrypto, readFileSync(join(ledger.folder, 'seal.pub')))];
  const against = async (held: readonly string[]): Promise<Verdict> =>
    (
      await verifyBundle([Buffer.from(text)], {
        crypto: nodeCrypto,
        keys,
        held: held.map((name) => ({ called: name, note: readFileSync(join(outside, name)) })),
      })
    ).verdict;
  expect((await against([])).outcome).toBe('verified');
  const { outcome, findings } = await against([kept]);
  expect(outcome).toBe('failed');
  expect(findings.map(({ code }) => code)).toContain('FORKED');
}, 60_000);
