import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupLedger, restoreLedger } from '@ledger/standalone';
import { LiveLedger } from '../live/live-ledger';

let root: string;
let ledger: LiveLedger;
let editor: string;
let auditor: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-'));
  ledger = await LiveLedger.start();
  editor = (await ledger.user('Eve Editor', [{ role: 'programme-editor', programmes: 'all' }])).token;
  auditor = (await ledger.user('Al Auditor', [{ role: 'auditor', programmes: 'all' }])).token;
}, 60_000);
afterAll(async () => {
  await ledger.stop();
  rmSync(root, { recursive: true });
});

const councils = ['Watford', 'Elmbridge', 'Cornwall', 'Leeds', 'Brent'];

async function recordOne(at: number): Promise<string> {
  const data = {
    offer: 'cyber-security',
    title: `Support ${at}`,
    occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
    bodies: [{ body: councils[at % councils.length], role: 'recipient' }],
  };
  const { status, body, text } = await ledger.post(
    '/api/records',
    { records: [{ type: 'SupportProvided', data }] },
    editor,
  );
  if (status !== 201) throw new Error(text);
  const [record] = body['records'] as { id: string }[];
  if (at % 3 === 0)
    await ledger.post(
      `/api/records/activity/${record?.id ?? ''}/withdrawals`,
      { reason: 'other', note: `Note ${at}` },
      editor,
    );
  return record?.id ?? '';
}

const questions = [
  '/api/annual-totals?year=2025/26',
  '/api/take-up?offer=cyber-security&by=type&year=2025/26',
  '/api/savings?year=2025/26',
  '/api/records?limit=500',
  '/api/explain?ask=take-up&offer=cyber-security&by=type&group=district&year=2025/26&limit=500',
  '/api/councils?on=2025-06-01',
];

async function answers(of: LiveLedger, position: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const question of questions) {
    const { status, body } = await of.get(`${question}&asRecordedBy=${position}`, auditor);
    expect([question, status]).toEqual([question, 200]);
    all.push(body);
  }
  return all;
}

test('a backup made under load restores to a ledger that answers everything as the original did by then', async () => {
  const load = { stopped: false };
  const ids: string[] = [];
  const loading = (async () => {
    for (let at = 0; !load.stopped; at++) ids.push(await recordOne(at));
  })();
  // Wait until the load is under way, then back up in the middle of it.
  while (ids.length < 5) await new Promise((resolve) => setImmediate(resolve));
  const first = await backupLedger(ledger.folder, join(root, 'first'));
  const second = await backupLedger(ledger.folder, join(root, 'second'));
  load.stopped = true;
  await loading;
  expect(BigInt(second.position)).toBeGreaterThanOrEqual(BigInt(first.position));

  for (const { name, position } of [
    { name: 'first', position: first.position },
    { name: 'second', position: second.position },
  ]) {
    const folder = join(root, `restored-${name}`);
    await restoreLedger(join(root, name), folder, []);
    const restored = await LiveLedger.serve(root, folder);
    // Sessions do not come back: everybody signs in anew.
    expect((await restored.get('/api/measures', auditor)).status).toBe(401);
    const token = await restored.signIn('al.auditor@example.org', 'Al Auditor has a long password');
    const asked = await Promise.all(
      questions.map(
        async (question) => (await restored.get(`${question}&asRecordedBy=${position}`, token)).body,
      ),
    );
    expect(asked).toEqual(await answers(ledger, position));
    const events = (await restored.get(`/api/events?after=${position}`, token)).body['events'];
    // The key that seals is in no backup: what is restored has another, and says so.
    expect(events).toEqual([
      expect.objectContaining({ type: 'BackupRestored' }),
      expect.objectContaining({ type: 'SealingKeyChanged' }),
    ]);
    // Every note that the log names is in the vault that was copied after it.
    const last = ids.at(0) ?? '';
    const told = (await restored.get(`/api/records/activity/${last}`, token)).text;
    expect(told).toContain('"note":"Note 0"');
    expect((await restored.get('/api/check', restored.server.operatorToken)).body['findings']).toEqual([]);
    await restored.server.stop();
  }
}, 120_000);

describe('a restore', () => {
  const attempt = (backup: string, into: string) => restoreLedger(join(root, backup), join(root, into), []);

  test('goes into a new or empty folder only', async () => {
    mkdirSync(join(root, 'full'));
    writeFileSync(join(root, 'full', 'something'), 'x');
    await expect(attempt('first', 'full')).rejects.toMatchObject({ code: 'FOLDER_NOT_EMPTY' });
    await expect(backupLedger(ledger.folder, join(root, 'full'))).rejects.toMatchObject({
      code: 'FOLDER_NOT_EMPTY',
    });
    await expect(backupLedger(join(root, 'full'), join(root, 'new'))).rejects.toMatchObject({
      code: 'WRONG_LEDGER',
    });
  });

  test.each([
    ['a file that lacks a byte', (file: string) => truncateSync(file, 4096), 'log.db'],
    ['a file with a byte more', (file: string) => appendFileSync(file, 'x'), 'vault.db'],
    ['a file that is gone', (file: string) => rmSync(file), 'vault.db.key'],
    ['no manifest', (file: string) => rmSync(file), 'backup.json'],
    ['half a manifest', (file: string) => truncateSync(file, 30), 'backup.json'],
  ])('of a backup with %s is refused and leaves nothing behind', async (what, damage, name) => {
    const folder = `damaged ${what}`;
    await backupLedger(ledger.folder, join(root, folder));
    damage(join(root, folder, name));
    await expect(attempt(folder, 'never')).rejects.toMatchObject({
      code: 'DAMAGED_BACKUP',
      message: expect.stringContaining('backup'),
    });
    expect(readdirSync(root).filter((entry) => entry.includes('never'))).toEqual([]);
  });
});

test('what a backup holds is said in its manifest, and making one is in the audit file', async () => {
  const manifest = JSON.parse(readFileSync(join(root, 'first', 'backup.json'), 'utf8')) as {
    files: { name: string }[];
  };
  expect(manifest.files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['log.db', 'vault.db', 'access.db', 'vault.db.key', 'ledger.json']),
  );
  expect(readFileSync(join(ledger.folder, 'audit.jsonl'), 'utf8')).toContain('"backup-made"');
});

test.each(['vault.db', 'access.db'])(
  'no backup is made without the people of a live ledger: %s',
  async (lacking) => {
    const folder = join(root, `without ${lacking}`);
    cpSync(join(root, 'first'), folder, { recursive: true });
    rmSync(join(folder, lacking));
    await expect(backupLedger(folder, join(root, 'partly'))).rejects.toMatchObject({
      code: 'WRONG_LEDGER',
      message: expect.stringContaining(`holds no ${lacking}`),
    });
    expect(readdirSync(root).filter((entry) => entry.includes('partly'))).toEqual([]);
  },
);
