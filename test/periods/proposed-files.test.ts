import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csv, importFile, type Report } from '../imports/file-imports';
import { FormVisitor, unescaped } from '../live/browserless';
import { RunningLedger } from '../running/running-ledger';

/* A file with rows in closed time is proposed whole, and recorded as an import once somebody else approves it. */

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
const map = 'SupportProvided';
const headings = ['Offer', 'When', 'Title', 'Councils: recipient'];
const row = (title: string, when: string): string[] => ['Cyber security', when, title, 'Watford'];
const closed = '3/6/2024';
const open = '3/6/2025';
const finance = { 'Ledger-User': 'finance-verifier' };

let ledger: RunningLedger;
let folder: string;

beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  folder = mkdtempSync(join(tmpdir(), 'proposed-'));
  for (const level of ['provisional', 'final'])
    await ledger.post('/api/periods/2024-25/closings', { level }, finance);
}, 60_000);
afterAll(async () => {
  await ledger.stop();
  rmSync(folder, { recursive: true });
});

const file = (...rows: readonly string[][]): string => csv([headings, ...rows]);

async function send(text: string, options: Readonly<Record<string, string>> = {}): Promise<Report> {
  return importFile(ledger, text, map, options);
}

async function supported(year: string): Promise<number> {
  const { body } = await ledger.get(`/api/annual-totals?year=${year}`);
  const rows = body['rows'] as readonly { measure: string; value: number }[];
  return rows.find(({ measure }) => measure === 'support-activities')?.value ?? 0;
}

const outcomes = ({ sheets }: Report): string[] =>
  sheets.flatMap(({ rows }) =>
    rows.map(({ outcome, closed: isClosed }) => (isClosed ? `${outcome}, closed` : outcome)),
  );

test('a file with rows in closed time is refused, proposed whole, and an import like any other once it is approved', async () => {
  const text = file(row('In closed time', closed), row('In open time', open));
  const [before, beforeOpen] = [await supported('2024/25'), await supported('2025/26')];
  const refused = await send(text);
  expect([refused.status, outcomes(refused), refused.totals['closed']]).toEqual([
    422,
    ['rejected, closed', 'new'],
    1,
  ]);

  const propose = 'late-information';
  const tried = await send(text, { propose, dryRun: 'true' });
  expect(outcomes(tried)).toEqual(['new, closed', 'new']);
  const proposed = await send(text, { propose, note: 'Found in a drawer', label: 'The late tracker' });
  expect([proposed.status, proposed.recorded, proposed.import]).toEqual([201, false, null]);
  expect([proposed.sheets, proposed.totals]).toEqual([tried.sheets, tried.totals]);
  expect([await supported('2024/25'), await supported('2025/26')]).toEqual([before, beforeOpen]);

  // While it waits, the same file is a question in every row, whichever way it is sent.
  const head = await ledger.head();
  for (const options of [{}, { propose }, { dryRun: 'true' }]) {
    const again = await send(text, options);
    expect([outcomes(again), again.sheets[0]?.rows[0]?.faults[0]?.code]).toEqual([
      ['question', 'question'],
      'proposed-already',
    ]);
  }
  expect(await ledger.head()).toBe(head);

  const approval = `/api/adjustments/${proposed.proposed}/approval`;
  expect((await ledger.post(approval, {})).status).toBe(422);
  const adjustment = (await ledger.get(`/api/adjustments/${proposed.proposed}`)).body;
  expect(adjustment).toMatchObject({
    note: 'Found in a drawer',
    recordCount: 2,
    imports: [{ label: 'The late tracker', rows: 2 }],
  });
  expect((await ledger.post(approval, {}, finance)).status).toBe(201);
  expect([await supported('2024/25'), await supported('2025/26')]).toEqual([before + 1, beforeOpen + 1]);
  const again = await send(text);
  expect([again.status, outcomes(again), again.recorded]).toEqual([200, ['unchanged', 'unchanged'], false]);

  const { imports } = (await ledger.get('/api/imports')).body as {
    imports: readonly { id: string; label: string; state: string }[];
  };
  const own = imports.find(({ label }) => label === 'The late tracker');
  expect(own?.state).toBe('standing');
  const opened = (await ledger.get(`/api/imports/${own?.id}`)).body;
  expect(opened).toMatchObject({ file: 'tracker.csv', changedSince: 0 });
  expect(opened['records']).toHaveLength(2);

  const reversal = { do: 'reverse-imports', imports: [own?.id], reason: 'other' };
  const back = (await ledger.post('/api/adjustments', { change: reversal, reason: 'other' })).body;
  const [taken] = back['records'] as readonly { id: string }[];
  expect((await ledger.post(`/api/adjustments/${taken?.id}/approval`, {}, finance)).status).toBe(201);
  expect([await supported('2024/25'), await supported('2025/26')]).toEqual([before, beforeOpen]);
});

test('a proposal that is sent twice under its key is one, and what is declined leaves nothing and may be proposed anew', async () => {
  const text = file(row('Declined', closed));
  const sendUnder = async (key: string): Promise<Report> => {
    const url = new URL('/api/import-files', ledger.url);
    url.search = new URLSearchParams({ map, propose: 'other' }).toString();
    const headers = { 'content-type': 'application/octet-stream', 'idempotency-key': key };
    const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(text) });
    return { ...((await response.json()) as Report), status: response.status };
  };
  const before = await supported('2024/25');
  const first = await sendUnder('twice');
  const second = await sendUnder('twice');
  expect([first.status, second.status, second.proposed, outcomes(second)]).toEqual([
    201,
    200,
    first.proposed,
    ['new, closed'],
  ]);
  expect((await ledger.post(`/api/adjustments/${first.proposed}/refusal`, {}, finance)).status).toBe(201);
  expect(await supported('2024/25')).toBe(before);
  const { imports } = (await ledger.get('/api/imports')).body as { imports: readonly { rows: number }[] };
  expect(imports.filter(({ rows }) => rows === 1)).toEqual([]);
  const anew = await sendUnder('anew');
  expect([anew.status, anew.proposed === first.proposed]).toEqual([201, false]);
  expect((await ledger.post(`/api/adjustments/${anew.proposed}/approval`, {}, finance)).status).toBe(201);
  expect(await supported('2024/25')).toBe(before + 1);
});

test('what can simply be recorded is not proposed, and what is wrong is said as ever', async () => {
  const nothing = await send(file(row('Open', open)), { propose: 'other' });
  expect([nothing.status, nothing.detail]).toEqual([
    422,
    expect.stringContaining('no row of this file lies wholly in closed time'),
  ]);
  const wrong = await send(file(row('Closed', closed), row('Not yet', '3/6/2074')), { propose: 'other' });
  expect([wrong.status, outcomes(wrong)]).toEqual([422, ['new, closed', 'rejected']]);
  expect((await send(file(row('Closed', closed)), { propose: 'because' })).status).toBe(400);
});

test('the command proposes a file, says what to do next, and says the same before', async () => {
  const text = join(folder, 'late.csv');
  writeFileSync(text, file(row('By command', closed)));
  const run = async (...more: readonly string[]): Promise<{ code: number; out: string }> => {
    const environment = { ...process.env, LEDGER_DATA: join(ledger.folder, 'ledger') };
    return new Promise((resolve) => {
      const parts = [bin, 'import', text, '--map', map, ...more];
      const child = execFile(process.execPath, parts, { env: environment }, (_error, out) =>
        resolve({ code: child.exitCode ?? -1, out }),
      );
    });
  };
  const refused = await run();
  expect([refused.code, refused.out]).toEqual([
    1,
    expect.stringContaining('--propose --reason late-information'),
  ]);
  const tried = await run('--propose', '--dry-run');
  expect([tried.code, tried.out]).toEqual([
    0,
    expect.stringContaining('waits for the approval of a second person'),
  ]);
  const proposed = await run('--propose', '--reason', 'late-information', '--note', 'In a drawer');
  expect([proposed.code, proposed.out]).toEqual([
    0,
    expect.stringMatching(/Proposed as the adjustment [0-9a-f-]{36}/),
  ]);
}, 60_000);

test('by pages: a dry run leads to the proposal, which says the same, asks for a reason, and is approved by somebody else', async () => {
  const by = new FormVisitor(ledger.url);
  await by.send('/visitor', { visitor: 'programme-editor' });
  const bytes = new Uint8Array(Buffer.from(file(row('By page', closed), row('By page, open', open))));
  const tried = await by.sendFile('/imports/new', { map }, { name: 'late.csv', bytes });
  expect(tried.html).toContain('1 row lies wholly in closed time');
  const link = unescaped(/href="([^"]+propose=yes)"/.exec(tried.html)?.[1] ?? '');
  const page = await by.get(link);
  expect([page.status, page.html.includes('Propose 2 rows<')]).toEqual([200, true]);
  const action = link.split('?')[0] ?? '';
  const without = await by.send(link, {}, action);
  expect([without.status, without.html]).toEqual([422, expect.stringContaining('Choose a reason')]);
  const proposed = await by.send(link, { reason: 'late-information' }, action);
  expect(proposed.at).toMatch(/^\/adjustments\/[0-9a-f-]{36}\?after=/);
  expect(unescaped(proposed.html)).toContain('2 rows');
  const [adjustment = ''] = proposed.at.split('?');
  const other = new FormVisitor(ledger.url);
  await other.send('/visitor', { visitor: 'finance-verifier' });
  const approved = await other.send(adjustment, { decision: 'approve' }, `${adjustment}/decision`);
  expect(approved.html).toContain('It recorded the import');
  // With no row of closed time left, there is nothing to propose.
  const openOnly = new Uint8Array(Buffer.from(file(row('Another, open', open))));
  const again = await by.sendFile('/imports/new', { map }, { name: 'open.csv', bytes: openOnly });
  const instead = await by.get(`${again.at}&propose=yes`);
  expect(unescaped(instead.html)).toContain('No row of this file lies wholly in closed time');
  expect(instead.html).toContain('Load 1 row<');
});
