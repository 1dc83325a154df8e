import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormVisitor, unescaped } from '../live/browserless';
import { RunningLedger } from '../running/running-ledger';

/*
 * What is closed is closed by every route: API, import, command and form are refused by the same rule in the same
 * words, and so is every sort of change.
 */

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let ledger: RunningLedger;
let folder: string;
const ids: Record<string, string> = {};

const closedDay = '2024-06-03';
const openDay = '2025-06-03';
const data = (title: string, day: string): object => ({
  offer: 'cyber-security',
  title,
  occurred: { from: day, to: day, basis: 'stated' },
  bodies: [{ body: 'Watford', role: 'recipient' }],
});
const item = (title: string, day: string): object => ({ type: 'SupportProvided', data: data(title, day) });
const as = (user: string): Record<string, string> => ({ 'Ledger-User': user });
const why = { reason: 'other' };

interface Said {
  readonly code: string;
  readonly message: string;
}
/** What a refusal says. */
function saidBy(problem: unknown): readonly Said[] {
  // A refusal lists its faults.
  return (problem as { errors: readonly Said[] }).errors.map(({ code, message }) => ({ code, message }));
}

async function command(
  ...parts: readonly string[]
): Promise<{ readonly code: number; readonly out: string }> {
  const environment = { ...process.env, LEDGER_DATA: join(ledger.folder, 'ledger') };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [bin, ...parts], { env: environment }, (_error, out) =>
      resolve({ code: child.exitCode ?? -1, out }),
    );
  });
}

async function recorded(title: string, day: string): Promise<string> {
  const { status, body } = await ledger.post('/api/records', { records: [item(title, day)] });
  expect(status).toBe(201);
  return (body['records'] as readonly { id: string }[])[0]?.id ?? '';
}

beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  folder = mkdtempSync(join(tmpdir(), 'closed-'));
  ids['standing'] = await recorded('Standing', closedDay);
  ids['withdrawn'] = await recorded('Withdrawn', closedDay);
  ids['merged'] = await recorded('Merged', closedDay);
  ids['survivor'] = await recorded('Survivor', openDay);
  await ledger.post(`/api/records/activity/${ids['withdrawn']}/withdrawals`, why);
  await ledger.post('/api/merges', { ...why, merged: ids['merged'], survivor: ids['survivor'] });
  const { body } = await ledger.post('/api/imports', {
    label: 'Last year',
    records: [item('Imported', closedDay)],
  });
  ids['import'] =
    (body['records'] as readonly { kind: string; id: string }[]).find(({ kind }) => kind === 'import')?.id ??
    '';
}, 60_000);
afterAll(async () => {
  await ledger.stop();
  rmSync(folder, { recursive: true });
});

test('only who closes periods may close them, and nothing is closed finally at once', async () => {
  const closing = { level: 'provisional' };
  expect((await ledger.post('/api/periods/2024-25/closings', closing, as('programme-editor'))).status).toBe(
    403,
  );
  const finance = as('finance-verifier');
  const atOnce = await ledger.post('/api/periods/2024-25/closings', { level: 'final' }, finance);
  expect([atOnce.status, saidBy(atOnce.body)]).toEqual([
    422,
    [
      {
        code: 'period-state',
        message: '2024/25 is open; close it provisionally first, so that it can be looked at',
      },
    ],
  ]);
  expect((await ledger.post('/api/periods/2024-25/closings', closing, finance)).status).toBe(201);
  expect((await ledger.post('/api/periods/2024-25/reopenings', why, finance)).status).toBe(201);
  expect((await ledger.post('/api/periods/2024-25/closings', closing, finance)).status).toBe(201);
  const note = 'Signed off by the board';
  expect((await ledger.post('/api/periods/2024-25/closings', { level: 'final', note }, finance)).status).toBe(
    201,
  );
  expect((await ledger.post('/api/periods/2024-25/reopenings', why, finance)).status).toBe(422);
});

test('API, import, command and form refuse a record of closed time in the same words', async () => {
  const late = item('Late', closedDay);
  const byApi = saidBy((await ledger.post('/api/records', { records: [late] })).body);
  expect(byApi).toEqual([
    {
      code: 'closed-time',
      message:
        'it lies wholly in closed time, and 2024/25 is finally closed; propose an adjustment, which a second person approves',
    },
  ]);
  expect(saidBy((await ledger.post('/api/imports', { label: 'Late', records: [late] })).body)).toEqual(byApi);
  const file = join(folder, 'late.ndjson');
  writeFileSync(file, `${JSON.stringify(late)}\n`);
  const { code, out } = await command('record', file, '--json');
  expect([code, saidBy((JSON.parse(out) as { error: unknown }).error)]).toEqual([1, byApi]);
  const visitor = new FormVisitor(ledger.url);
  const { status, html } = await visitor.send('/record/SupportProvided', {
    offer: 'cyber-security',
    title: 'Late',
    occurred: closedDay,
    'bodies-0-body': 'Watford',
    'bodies-0-role': 'recipient',
    step: 'continue',
  });
  expect(status).toBe(422);
  expect(unescaped(html)).toContain(byApi[0]?.message.slice(3));
}, 30_000);

test.each<[string, () => Promise<{ status: number; body: unknown }>]>([
  [
    'correcting what lies in it',
    async () =>
      ledger.post(`/api/records/activity/${ids['standing']}/corrections`, {
        ...why,
        ...item('Other', openDay),
      }),
  ],
  [
    'correcting something into it',
    async () =>
      ledger.post(`/api/records/activity/${ids['survivor']}/corrections`, {
        ...why,
        ...item('Other', closedDay),
      }),
  ],
  ['withdrawing', async () => ledger.post(`/api/records/activity/${ids['standing']}/withdrawals`, why)],
  ['reinstating', async () => ledger.post(`/api/records/activity/${ids['withdrawn']}/reinstatements`, why)],
  [
    'merging',
    async () => ledger.post('/api/merges', { ...why, merged: ids['standing'], survivor: ids['survivor'] }),
  ],
  [
    'undoing a merge',
    async () =>
      ledger.post('/api/merges/undone', { ...why, merged: ids['merged'], survivor: ids['survivor'] }),
  ],
  ['reversing an import', async () => ledger.post(`/api/imports/${ids['import']}/reversal`, why)],
])('%s is refused in closed time', async (_what, send) => {
  const head = await ledger.head();
  const { status, body } = await send();
  expect(status).toBe(422);
  expect(new Set(saidBy(body).map(({ code }) => code))).toEqual(new Set(['closed-time']));
  expect(await ledger.head()).toBe(head);
});

test('what only overlaps closed time is recorded', async () => {
  const occurred = { from: '2025-03-30', to: '2025-04-02', basis: 'stated' };
  const records = [{ type: 'SupportProvided', data: { ...data('Over the edge', closedDay), occurred } }];
  expect((await ledger.post('/api/records', { records })).status).toBe(201);
});

test('page, API and command say what is closed, by whom, and with which note', async () => {
  const { body } = await ledger.get('/api/periods');
  const [period] = (body['periods'] as readonly { year: string; closed: unknown; steps: unknown }[]).filter(
    ({ year }) => year === '2024/25',
  );
  expect(period?.closed).toEqual([
    { quarter: null, programme: null, state: 'final', position: expect.stringMatching(/^\d+$/) as string },
  ]);
  expect(period?.steps).toMatchObject([
    { type: 'PeriodClosed', level: 'provisional' },
    { type: 'PeriodReopened', reason: 'other' },
    { type: 'PeriodClosed', level: 'provisional' },
    { type: 'PeriodClosed', level: 'final', note: 'Signed off by the board' },
  ]);
  const page = await new FormVisitor(ledger.url).get('/periods');
  expect(page.status).toBe(200);
  expect(unescaped(page.html)).toContain('Signed off by the board');
  expect((await command('periods')).out).toMatch(/2024\/25 +year: final \(position \d+\)/);
});

test('the page closes a quarter of a programme, which binds that programme alone', async () => {
  const visitor = new FormVisitor(ledger.url);
  const form = { level: '', quarter: '1', programme: 'cyber-security' };
  const without = await visitor.send('/periods/202526/close', form);
  expect([without.status, without.html]).toEqual([422, expect.stringContaining('Choose how to close it')]);
  expect((await visitor.send('/periods/202526/close', { ...form, level: 'provisional' })).status).toBe(200);
  expect((await ledger.post('/api/records', { records: [item('Late', openDay)] })).status).toBe(422);
  const other = {
    type: 'EventHeld',
    data: {
      offer: 'shared-services-map',
      title: 'Day',
      occurred: { from: openDay, to: openDay, basis: 'stated' },
    },
  };
  expect((await ledger.post('/api/records', { records: [other] })).status).toBe(201);
  expect((await visitor.send('/periods/202526/reopen', { ...form, reason: 'other' })).status).toBe(200);
  expect((await ledger.post('/api/records', { records: [item('Late', openDay)] })).status).toBe(201);
});

test('what is refused for closed time is proposed by the same command with --propose, and counts nothing yet', async () => {
  const file = join(folder, 'late.ndjson');
  writeFileSync(file, `${JSON.stringify(item('Proposed late', closedDay))}\n`);
  const content = join(folder, 'content.json');
  writeFileSync(content, JSON.stringify(item('Another title', closedDay)));
  const standing = ids['standing'] ?? '';
  const commands: readonly (readonly string[])[] = [
    ['record', file],
    ['correct', standing, content, '--reason', 'other'],
    ['withdraw', standing, '--reason', 'other'],
    ['reinstate', ids['withdrawn'] ?? '', '--reason', 'other'],
    ['merge', standing, ids['survivor'] ?? '', '--reason', 'other'],
    ['undo-merge', ids['merged'] ?? '', ids['survivor'] ?? '', '--reason', 'other'],
    ['reverse-import', ids['import'] ?? '', '--reason', 'other'],
  ];
  for (const parts of commands) {
    expect([parts[0], (await command(...parts)).code]).toEqual([parts[0], 1]);
    const { code, out } = await command(...parts, '--propose');
    expect([parts[0], code, out]).toEqual([parts[0], 0, expect.stringContaining('adjustment ') as string]);
  }
  const { body } = await ledger.get('/api/adjustments');
  const proposed = body['adjustments'] as readonly { state: string; records: readonly unknown[] }[];
  expect(proposed.map(({ state }) => state)).toEqual(commands.map(() => 'proposed'));
  expect((await ledger.get(`/api/records/activity/${standing}`)).body).toMatchObject({
    record: { state: 'standing', title: 'Standing' },
  });
}, 120_000);

test('on the page of an import its reversal into closed time is proposed as one adjustment', async () => {
  const visitor = new FormVisitor(ledger.url);
  const refused = await visitor.send(`/imports/${ids['import']}`, { reason: 'other' });
  expect([refused.status, refused.html]).toEqual([422, expect.stringContaining('Propose as an adjustment')]);
  const proposed = await visitor.send(`/imports/${ids['import']}`, { reason: 'other', step: 'propose' });
  expect([proposed.status, proposed.at]).toEqual([200, expect.stringMatching(/^\/adjustments\//) as string]);
});
