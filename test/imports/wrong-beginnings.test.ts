import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningLedger } from '../running/running-ledger';
import { csv, importFile } from './file-imports';

/* What somebody does who brings in a first file: each wrong step says what to do, and no more than is wrong. */

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let ledger: RunningLedger;
let folder: string;
const columns = [
  { heading: 'Offer', field: 'offer' },
  { heading: 'What', field: 'title' },
  { heading: 'From', field: 'occurred.from' },
  { heading: 'To', field: 'occurred.to' },
  { heading: 'Councils', field: 'bodies.recipient' },
];
const mapping = { name: 'log', label: 'Our log', type: 'SupportProvided', sheets: ['Log 2018'], columns };
const headings = columns.map(({ heading }) => heading);

beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  folder = mkdtempSync(join(tmpdir(), 'wrong-'));
}, 60_000);
afterAll(async () => {
  await ledger.stop();
  rmSync(folder, { recursive: true });
});

async function command(
  ...parts: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const env = { ...process.env, LEDGER_DATA: join(ledger.folder, 'ledger') };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [bin, ...parts], { env }, (_error, _out, said) =>
      resolve({ code: child.exitCode ?? -1, said: said.trim() }),
    );
  });
}

test('a field that is misspelt in a mapping is named with the one that is meant; what holds for every row may be left out', async () => {
  const misspelt = { ...mapping, columns: [{ heading: 'Offer', field: 'ofer' }] };
  const { status, body } = await ledger.post('/api/mappings', misspelt);
  expect([status, body['detail']]).toEqual([422, expect.stringContaining('“ofer” (did you mean “offer”?)')]);
  expect((await ledger.post('/api/mappings', mapping)).status).toBe(201);
});

test('text of a sheet is read by the mapping of the workbook that it was saved from', async () => {
  const file = csv([
    headings,
    ['Cyber security', 'A review', '4/6/2025', '5/6/2025', 'Watford'],
    ['Average', '', '', '', '2.5'],
  ]);
  const { sheets, totals } = await importFile(ledger, file, 'log', { dryRun: 'true' });
  expect(totals).toMatchObject({ new: 1, rejected: 0 });
  expect(sheets[0]?.leftOut).toEqual([{ row: 3, why: 'a row of totals' }]);
});

test('both days of a row are said, from left to right, and no council is said to have ended on a day that is not known', async () => {
  const file = csv([headings, ['cyber', 'A review', '06/13/2018', '06/14/2018', 'Bournemouth']]);
  const { sheets } = await importFile(ledger, file, 'log', { dryRun: 'true' });
  const faults = sheets[0]?.rows[0]?.faults ?? [];
  expect(faults.map(({ column, suggestion }) => [column, suggestion])).toEqual([
    ['A', 'Cyber security'],
    ['C', '13 June 2018'],
    ['D', '14 June 2018'],
  ]);
});

test('a day that does not exist is said beside whatever else is wrong with the row, and once', async () => {
  const file = csv([headings, ['Cyber security', 'A review', '31/6/2025', '', 'Watfrod']]);
  const { sheets } = await importFile(ledger, file, 'log', { dryRun: 'true' });
  const faults = sheets[0]?.rows[0]?.faults ?? [];
  expect(faults.map(({ column, code }) => [column, code])).toEqual([
    ['C', 'date-exists'],
    ['E', 'body-known'],
  ]);
});

test('the command says of a file what is wrong with it, once, and counts only what there is', async () => {
  expect(await command('import', 'not-there.xlsx', '--map', 'log')).toEqual({
    code: 1,
    said: 'not-there.xlsx: there is no such file; say where it is.',
  });
  expect((await command('import', folder, '--map', 'log')).said).toBe(
    `${folder}: is a folder; name a file in it.`,
  );
  const file = join(folder, 'wrong.csv');
  writeFileSync(file, csv([headings, ['Cyber security', 'A review', 'tbc', '', 'Watford']]));
  expect((await command('import', file, '--map', 'lgo')).said).toMatch(
    /^map: there is no mapping “lgo”[^\n]*$/,
  );
  expect(await command('import', file, '--map', 'log')).toEqual({
    code: 1,
    said: 'Nothing was recorded: 1 row is refused. Put the file right, or answer what is asked, and import it again.',
  });
}, 60_000);
