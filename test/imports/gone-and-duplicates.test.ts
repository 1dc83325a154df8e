import { writeXlsx } from '@ledger/spreadsheets';
import { RunningLedger } from '../running/running-ledger';
import { csv, importFile, type Report } from './file-imports';

let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
}, 60_000);
afterAll(() => ledger.stop());

type Row = readonly [when: string, title: string, council: string, reference: string];

function support(...rows: readonly Row[]): string {
  return csv([
    ['Offer', 'When', 'Title', 'Councils: recipient', 'Own reference'],
    ...rows.map((row) => ['Cyber security', ...row]),
  ]);
}

/** Places on a course. */
function people(cohort: string, ...rows: readonly (readonly [name: string, council: string])[]): string {
  return csv([
    ['Offer', 'When', 'Person', 'Council or other body', 'Course', 'Party'],
    ...rows.map(([name, council]) => ['Leadership Academy', '4/6/2025', name, council, cohort, 'not stated']),
  ]);
}

function said({ duplicates }: Report): unknown[] {
  return duplicates.map(({ row, why, like }) => [
    row,
    why,
    like.map((one) => one.row ?? `record ${one.record?.id}`),
  ]);
}

async function tried(file: string, map: string): Promise<Report> {
  return importFile(ledger, file, map, { dryRun: 'true' });
}

test('last month’s file with rows changed, added and gone says exactly that, and takes nothing away', async () => {
  const january = support(
    ['2/6/2025', 'Firewalls', 'Derby', 'a'],
    ['3/6/2025', 'Backups', 'Leeds', 'b'],
    ['4/6/2025', 'Passwords', 'Stroud', 'c'],
  );
  const first = await importFile(ledger, january, 'SupportProvided');
  expect([first.recorded, first.totals['gone']]).toEqual([true, 0]);
  const february = support(
    ['2/6/2025', 'Firewalls', 'Derby', 'a'],
    ['3/6/2025', 'Backups, once more', 'Leeds', 'b'],
    ['5/6/2025', 'Training', 'Watford', 'd'],
  );
  const dry = await tried(february, 'SupportProvided');
  expect(dry.totals).toMatchObject({ unchanged: 1, changes: 1, new: 1, gone: 1 });
  const [, , gone] = first.sheets[0]?.rows ?? [];
  expect(dry.gone).toEqual([{ record: gone?.record, title: 'Passwords', import: first.import, row: 4 }]);
  const second = await importFile(ledger, february, 'SupportProvided');
  expect([second.recorded, second.gone]).toEqual([true, dry.gone]);
  // Nothing was taken away: it is found again as it was.
  expect((await tried(january, 'SupportProvided')).sheets[0]?.rows[2]).toMatchObject({
    outcome: 'unchanged',
  });
  // Later files still know, though the last one did not write the record; and a file of other rows says nothing.
  const march = await tried(support(['5/6/2025', 'Training', 'Watford', 'd']), 'SupportProvided');
  expect(march.gone.map(({ title }) => title)).toEqual(['Backups, once more']);
  expect((await tried(support(['6/6/2025', 'Other', 'Adur', 'z']), 'SupportProvided')).gone).toEqual([]);
});

test('new rows that may be of one thing are listed with what they are like, within the file and against the ledger', async () => {
  const recorded = await importFile(
    ledger,
    support(
      ['1/9/2025', 'Review of backups', 'Elmbridge', 'e1'],
      ['1/9/2025', 'Review of backups', 'Adur', 'e2'],
    ),
    'SupportProvided',
  );
  const [elmbridge] = recorded.sheets[0]?.rows ?? [];
  const file = support(
    ['10/9/2025', 'Review of the Backups', 'Elmbridge', 'f1'],
    ['11/9/2025', 'Café plan', 'Worthing', 'f2'],
    ['14/9/2025', 'Cafe plan', 'Worthing', 'f3'],
    ['20/12/2025', 'Cafe plan', 'Worthing', 'f4'],
    ['11/9/2025', 'Something else', 'Worthing', 'f5'],
  );
  const report = await tried(file, 'SupportProvided');
  const why = 'same body, offer and title';
  expect(said(report)).toEqual([
    [2, why, [`record ${elmbridge?.record?.id}`]],
    [3, why, [4]],
    [4, why, [3]],
  ]);
  expect(report.totals).toMatchObject({ new: 5, duplicates: 3 });
  const done = await importFile(ledger, file, 'SupportProvided');
  // Never merged: all five are records of their own.
  expect([done.totals['new'], said(done)]).toEqual([5, said(report)]);
  expect((await tried(file, 'SupportProvided')).totals).toMatchObject({ unchanged: 5, duplicates: 0 });
});

test('the same person twice in a cohort is listed: by name where two bodies are said, by person where the vault knows', async () => {
  const twice = people('Autumn', ['Cy Twice', 'Watford'], ['Di Once', 'Leeds'], ['Cy Twice', 'Derby']);
  const report = await tried(twice, 'PlaceBooked');
  const why = 'same name, twice in a cohort';
  expect(said(report)).toEqual([
    [2, why, [4]],
    [4, why, [2]],
  ]);
  const first = await importFile(ledger, people('Spring', ['Ed Moved', 'Watford']), 'PlaceBooked');
  // The vault knows the name, so which person is meant is asked; the answer is the id.
  const asked = await tried(people('Spring', ['Ed Moved', 'Leeds']), 'PlaceBooked');
  const person = asked.sheets[0]?.rows[0]?.faults[0]?.suggestion ?? '';
  const moved = await tried(people('Spring', [person, 'Leeds']), 'PlaceBooked');
  expect(said(moved)).toEqual([
    [2, 'same person, twice in a cohort', [`record ${first.sheets[0]?.rows[0]?.record?.id}`]],
  ]);
});

test('rows of one thing on two sheets are asked about with the sheet that the other one is on', async () => {
  const headings = ['Offer', 'When', 'Title', 'Councils: recipient'];
  const row = ['Cyber security', '4/6/2026', 'On two sheets', 'Watford'];
  const sheet = (name: string) => ({ name, columns: [], rows: [headings, row] });
  const { sheets } = await importFile(
    ledger,
    writeXlsx([sheet('Spring'), sheet('Summer')]),
    'SupportProvided',
    {
      dryRun: 'true',
    },
  );
  const asked = sheets.flatMap(({ rows }) => rows.flatMap(({ faults }) => faults));
  expect(asked.map(({ code, message }) => [code, message.split(';')[0]])).toEqual([
    ['row-once', 'row 2 of the sheet “Summer” of this file is of the same thing'],
    ['row-once', 'row 2 of the sheet “Spring” of this file is of the same thing'],
  ]);
});
