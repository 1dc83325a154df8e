import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { registerDataPath } from '@ledger/councils';
import { writeXlsx } from '@ledger/spreadsheets';
import { ServerProcess } from '../demonstration/server-process';

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let folder: string;
let server: ServerProcess;

beforeAll(async () => {
  if (!existsSync(join(__dirname, '..', '..', 'services', 'cli', 'dist')))
    throw new Error('The command is not built; run `npm run build` first.');
  folder = mkdtempSync(join(tmpdir(), 'command-'));
  server = ServerProcess.start(join(folder, 'data'), '--empty');
  await server.saying('is ready');
}, 60_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in the folder, as a person would. */
async function ledger(...args: readonly string[]): Promise<Ran> {
  const environment = { ...process.env, INIT_CWD: folder, LEDGER_DATA: 'data' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, ...args],
      { cwd: folder, env: environment, maxBuffer: 1e8 },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      },
    );
  });
}

const csv =
  'type,offer,from,to,title,bodies\nSupportProvided,cyber-security,2025-06-02,2025-06-03,Review,Watford; Elmbridge: partner\n';

test('every command is found by its own name, among few others', async () => {
  const file = join(__dirname, '..', '..', 'services', 'cli', 'dist', 'commands', 'every-command.js');
  const script = `(async () => {
    const { commandsFor } = require(${JSON.stringify(file)});
    const namesFor = async (name) => (await commandsFor(name)).map((command) => command.name());
    const names = await namesFor(undefined);
    const found = await Promise.all(names.map(async (name) => [name, await namesFor(name)]));
    console.log(JSON.stringify({ names, found }));
  })()`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
  const { names, found } = JSON.parse(stdout) as {
    readonly names: readonly string[];
    readonly found: readonly (readonly [string, readonly string[]])[];
  };
  expect([names.length > 60, new Set(names).size]).toEqual([true, names.length]);
  for (const [name, among] of found)
    expect([name, among.includes(name), among.length < 20]).toEqual([name, true, true]);
});

test('records from CSV through the running server, answers in one JSON document, and a repeat adds nothing', async () => {
  writeFileSync(join(folder, 'records.csv'), csv);
  const dry = await ledger('record', 'records.csv', '--dry-run');
  expect(dry.out).toContain('Nothing is wrong; 1 records would be written');
  const first = await ledger('record', 'records.csv', '--key', 'once', '--json');
  expect(JSON.parse(first.out)).toMatchObject({ replayed: false, records: [{ kind: 'activity' }] });
  const again = await ledger('record', 'records.csv', '--key', 'once', '--json');
  expect(JSON.parse(again.out)).toMatchObject({ replayed: true });
  const totals = JSON.parse((await ledger('annual-totals', '--year', '2025/26', '--json')).out) as {
    rows: { measure: string; value: number }[];
  };
  expect(totals.rows.find(({ measure }) => measure === 'councils-supported')?.value).toBe(1);
});

test('where there is nothing to list, a sentence says so in place of an empty table', async () => {
  expect((await ledger('confirmations')).out).toMatch(/^No recurring gain needs a confirmation\.\nPosition/);
  expect((await ledger('claim-sample', '--year', '2031/32')).out).toMatch(
    /^No claim was delivered in 2031\/32, so there is none to draw\.\nPosition/,
  );
});

const noClaim = '0190a1b2-0000-7000-8000-000000000099';
test.each([
  ['a rule refuses', ['record', 'wrong.ndjson'], 1, 'records[0].data.bodies[0].body: “Watfrod” is no body'],
  ['a file that is no CSV of records', ['record', 'other.csv'], 1, 'there is no column “colour”'],
  ['a file that is no JSON', ['declare', 'broken.json'], 1, 'broken.json: is no JSON'],
  ['a file that is not there', ['record', 'nothing.csv'], 1, 'nothing.csv: there is no such file'],
  ['a folder where a file should be', ['record', '.'], 1, 'is a folder; name a file'],
  [
    'a folder to write into that is not there',
    ['export', '--bundle', 'missing/bundle.ndjson', '--user', 'auditor'],
    1,
    'missing/bundle.ndjson: there is no folder missing; make it first.',
  ],
  [
    'a folder in place of a file to write',
    ['export', '--bundle', '.', '--user', 'auditor'],
    1,
    '.: is a folder; name a file in it.',
  ],
  [
    'a file that is there already',
    ['evidence', noClaim, noClaim, '--to', 'list.json', '--user', 'auditor'],
    1,
    'list.json: is there already; name another file, or move that one first.',
  ],
  [
    'evidence that is not there',
    ['attach-evidence', noClaim, 'nothing.csv', '--title', 'Outturn', '--sort', 'accounts'],
    1,
    'nothing.csv: there is no such file; say where it is.',
  ],
  ['a folder to verify', ['verify', '.'], 1, '.: is a folder; name a file in it.'],
  ['nothing to verify', ['verify', 'nothing.ndjson'], 1, 'nothing.ndjson: there is no such file'],
  [
    'a number that is none',
    ['claim-sample', '--year', '2019/20', '--top', 'six'],
    1,
    'The query is not as it should be: top: “six” is no whole number.\n',
  ],
  [
    'a question that there is not to publish',
    ['publish', 'colours', '--in', 'Report'],
    1,
    'ask: “colours” must be one of: annual-total, take-up, savings, savings-table',
  ],
  ['wrong use', ['take-up', '--year', '2016/17'], 2, "required option '--by <grouping>'"],
  [
    'a step of a claim that there is not',
    ['claim-step', noClaim, 'sumbit'],
    2,
    'There is no such step. Did you mean submit?\nSteps are: propose-baseline, submit, ',
  ],
  [
    'a list where what a step says should be',
    ['claim-step', noClaim, 'verify', 'list.json'],
    1,
    'list.json: is JSON, but no object',
  ],
  [
    'a state of claims that there is not',
    ['claims', '--assurance', 'submited'],
    1,
    'There is no state “submited”',
  ],
  [
    'a claim that there is not',
    ['claim-step', noClaim, 'submit'],
    1,
    `there is no claim with the id ${noClaim}`,
  ],
  [
    'an amount as it is printed',
    ['claim-step', noClaim, 'record-delivery', '--set', 'year=201920', '--set', 'grossPence=£145,000'],
    1,
    'grossPence: “£145,000” is no amount in whole pence; give pence as a number, without quotes, comma or point: £145000.00 is 14500000',
  ],
  ['an unknown command', ['dance'], 2, "unknown command 'dance'"],
  ['something that is not there', ['figure', 'nothing'], 3, 'was brought forward'],
  [
    'a key used for something else',
    ['record', 'third.csv', '--key', 'once'],
    4,
    'A key names one request for ever',
  ],
])('%s: the exit code tells scripts, a sentence tells people', async (_what, args, code, says) => {
  writeFileSync(
    join(folder, 'wrong.ndjson'),
    '{"type":"SupportProvided","data":{"offer":"cyber-security","occurred":{"from":"2025-06-02","to":"2025-06-02","basis":"stated"},"bodies":[{"body":"Watfrod","role":"recipient"}]}}\n',
  );
  writeFileSync(join(folder, 'broken.json'), '{"id": "x",');
  writeFileSync(join(folder, 'list.json'), '[1]');
  writeFileSync(join(folder, 'other.csv'), 'type,colour\nSupportProvided,red\n');
  writeFileSync(join(folder, 'third.csv'), csv.replace('Review', 'Another'));
  const ran = await ledger(...args);
  expect(ran.err).toContain(says);
  expect(ran.code).toBe(code);
  expect(ran.err).not.toMatch(/\n\s+at /);
});

test('what a dry run asks is answered by options and by a file of answers, and what is no answer is refused', async () => {
  const columns = [{ width: 10 }, { width: 10 }, { width: 10 }, { width: 10 }];
  const row = (offer: string, title: string): readonly string[] => [offer, '4/6/2025', title, 'Leeds'];
  const rows = [
    ['Offer', 'When', 'Title', 'Councils: recipient'],
    row('Cyber securty', 'By option'),
    row('Cyber securty', 'By file'),
    row('Cyber security', 'Hidden'),
    row('Cyber securty', 'Left'),
  ];
  const workbook = writeXlsx([{ name: 'Our = log', columns, rows, hiddenRows: new Set([4]) }]);
  writeFileSync(join(folder, 'asked.xlsx'), workbook);
  const answers = { cells: { "'Our = log'!A3": 'Cyber security' }, rows: { '5': 'leave' } };
  writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers));
  const given = ['--set', 'Our = log!A2=Cyber security', '--take-hidden', '4', '--answers', 'answers.json'];
  const done = await ledger('import', 'asked.xlsx', '--map', 'SupportProvided', ...given, '--json');
  expect(JSON.parse(done.out)).toMatchObject({
    recorded: true,
    totals: { new: 3, leftOut: 1 },
    answered: { cells: [{ row: 2 }, { row: 3 }], rows: [{ row: 4 }, { row: 5 }] },
  });
  const { import: id } = JSON.parse(done.out) as { readonly import: string };
  expect((await ledger('imports', id)).out).toContain('Our = log!A2 was read as “Cyber security”');
  const none = await ledger('import', 'asked.xlsx', '--map', 'SupportProvided', '--set', 'Cyber security');
  expect([none.code === 0, none.err]).toEqual([false, expect.stringContaining('Say which cell')]);
  const unread = await ledger('import', 'asked.xlsx', '--map', 'SupportProvided', '--set', 'Q2=x');
  expect([unread.code === 0, unread.err]).toEqual([
    false,
    expect.stringContaining('nothing is read of the cell Q2'),
  ]);
});

test('a single fault is said once', async () => {
  const { err } = await ledger('savings-table', '--year', '20192');
  expect(err.split('must be a financial year')).toHaveLength(2);
});

test('a problem is a JSON document too where --json is asked for', async () => {
  const { out, code } = await ledger('figure', 'nothing', '--json');
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'UNKNOWN_FIGURE', status: 404 } });
  expect(code).toBe(3);
});

test('loads next year’s table of councils once, and says so the second time', async () => {
  const table = registerDataPath('planned-surrey-2027.csv');
  expect((await ledger('load-register', table)).out).toContain('Recorded up to position');
  expect((await ledger('load-register', table)).err).toContain('everything in it is recorded already');
});

test('writes a sample, loads it as four imports and reverses them together', async () => {
  const lines = (await ledger('sample', '--year', '2016/17', '--seed', '3')).out.trim().split('\n');
  expect(lines.length).toBeGreaterThan(3000);
  const loaded = await ledger('sample', '--year', '2016/17', '--seed', '3', '--load', '--json');
  const { imports } = JSON.parse(loaded.out) as { imports: string[] };
  expect(imports.length).toBe(4);
  const share = async (): Promise<string> =>
    (
      JSON.parse(
        (
          await ledger(
            'take-up',
            '--offer',
            'one-public-estate',
            '--year',
            '2016/17',
            '--by',
            'type',
            '--json',
          )
        ).out,
      ) as { total: { shown: string } }
    ).total.shown;
  expect(await share()).toBe('61%');
  expect((await ledger('reverse-import', imports.join(','), '--reason', 'other')).code).toBe(0);
  expect(await share()).toBe('0%');
}, 60_000);

test('checks the ledger, and exports every event in order', async () => {
  expect((await ledger('check')).out).toContain('All is well');
  const events = (await ledger('export')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { position: string });
  expect(events.map(({ position }) => position)).toEqual(events.map((_, at) => String(at + 1)));
});

test('without a server it opens the files alone', async () => {
  await server.end('SIGTERM');
  const { out, code } = await ledger('annual-totals', '--year', '2025/26', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ year: '2025/26' });
}, 60_000);

test('a file left by a killed server, whole or torn, is ignored', async () => {
  for (const left of [JSON.stringify({ pid: 999_999_999, url: 'http://127.0.0.1:9' }), '{"pid":']) {
    writeFileSync(join(folder, 'data', 'server.json'), left);
    expect((await ledger('measures', '--json')).code).toBe(0);
  }
}, 60_000);
