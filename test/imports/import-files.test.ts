import fc from 'fast-check';
import { writeXlsx } from '@ledger/spreadsheets';
import { RunningLedger } from '../running/running-ledger';
import { csv, importFile, type Report } from './file-imports';

let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
}, 60_000);
afterAll(() => ledger.stop());

const headings = ['Offer', 'When', 'Title', 'Councils: recipient', 'Own reference', 'Comment on a warning'];

function support(...rows: readonly (readonly string[])[]): string {
  return csv([headings, ...rows]);
}

async function councilsSupported(): Promise<unknown> {
  const { body } = await ledger.get('/api/annual-totals?year=2025/26');
  // The rows of annual totals have a measure and a value.
  const rows = body['rows'] as { measure: string; value: number }[];
  return rows.find(({ measure }) => measure === 'councils-supported')?.value;
}

function outcomesOf({ sheets }: Report): string[] {
  return sheets.flatMap(({ rows }) => rows.map(({ outcome }) => outcome));
}

test('a file is tried, recorded, and the same again adds nothing; reversing it gives the totals back', async () => {
  const before = await councilsSupported();
  const file = support(
    ['Cyber security', '4/6/2025', 'Whole', 'Stroud; Elmbridge', '', ''],
    ['Cyber security', 'w/c 9 June 2025', 'Other', 'Leeds', '', ''],
  );
  const tried = await importFile(ledger, file, 'SupportProvided', { dryRun: 'true' });
  expect(outcomesOf(tried)).toEqual(['new', 'new']);
  expect(await councilsSupported()).toEqual(before);
  const done = await importFile(ledger, file, 'SupportProvided');
  expect([done.status, done.recorded, outcomesOf(done)]).toEqual([201, true, ['new', 'new']]);
  expect(await councilsSupported()).toBe(Number(before) + 3);
  const head = await ledger.head();
  const again = await importFile(ledger, file, 'SupportProvided');
  expect([again.status, again.recorded, outcomesOf(again)]).toEqual([200, false, ['unchanged', 'unchanged']]);
  expect(await ledger.head()).toEqual(head);
  expect((await ledger.post(`/api/imports/${done.import}/reversal`, { reason: 'other' })).status).toBe(201);
  expect(await councilsSupported()).toEqual(before);
  // A file that was taken back can be brought in again, and taken back again.
  const back = await importFile(ledger, file, 'SupportProvided');
  expect([outcomesOf(back), await councilsSupported()]).toEqual([['new', 'new'], Number(before) + 3]);
  await ledger.post(`/api/imports/${back.import}/reversal`, { reason: 'other' });
  expect(await councilsSupported()).toEqual(before);
});

test('an offer that begins as totals do is no row of totals', async () => {
  const file = support(
    ['Total Leadership', '4/6/2025', 'A course', '', '', ''],
    ['Total', '', '', '', '', ''],
  );
  const { sheets } = await importFile(ledger, file, 'SupportProvided', { dryRun: 'true' });
  expect(sheets[0]?.rows.map(({ row, faults }) => [row, faults.map(({ code }) => code)])).toEqual([
    [2, ['missing']],
  ]);
  expect(sheets[0]?.leftOut).toEqual([{ row: 3, why: 'a row of totals' }]);
});

test('what is wrong is said with row, column and the nearest right answer, and nothing is recorded', async () => {
  const head = await ledger.head();
  const report = await importFile(
    ledger,
    support(
      ['Cyber security', '4/6/2025', 'Right', 'Watford', '', ''],
      ['Cyber securty', '4/6/2025', 'Offer', 'Watford', '', ''],
      ['Cyber security', '31/2/2025', 'Day', 'Watford', '', ''],
      ['Cyber security', 'Sept 25', 'Two ways', 'Watford', '', ''],
      ['Cyber security', '4/6/2025', 'Council', 'Watfrod', '', ''],
      ['Cyber security', '4/6/2025', 'Ended', 'E07000150', '', ''],
      ['Cyber security', '', 'Nothing', 'Watford', '', ''],
      ['Cyber security', '5/6/2025', 'Twice', 'Watford', '', ''],
      ['Cyber security', '5/6/2025', 'Twice', 'Watford', '', ''],
      ['Cyber security', '4/6/2015', 'Long ago', 'Watford', '', ''],
    ),
    'SupportProvided',
  );
  expect(report.status).toBe(422);
  expect(report.detail).toContain('5 rows are refused, 3 rows ask a question, 1 row wants a comment');
  const said = report.sheets[0]?.rows.map(({ row, outcome, faults }) => [
    row,
    outcome,
    ...faults.map(({ column, code, suggestion }) => `${column} ${code} ${suggestion ?? ''}`.trim()),
  ]);
  expect(said).toEqual([
    [2, 'new'],
    [3, 'rejected', 'A offer-declared Cyber security'],
    [4, 'rejected', 'B date-exists 28 February 2025'],
    [5, 'question', 'B date-two-ways Sept 2025'],
    [6, 'rejected', 'D body-known Watford Borough Council'],
    [7, 'rejected', 'D body-known North Northamptonshire Council'],
    [8, 'rejected', 'B missing'],
    [9, 'question', 'null row-once'],
    [10, 'question', 'null row-once'],
    [11, 'warning', 'B long-ago'],
  ]);
  expect(await ledger.head()).toEqual(head);
});

test('last month’s file with rows changed and added says exactly that; a record corrected since is a question', async () => {
  const row = (title: string, reference: string): string[] => [
    'Cyber security',
    '2/6/2025',
    title,
    'Derby',
    reference,
    '',
  ];
  const first = await importFile(
    ledger,
    support(row('One', 'a'), row('Two', 'b'), row('Three', 'c')),
    'SupportProvided',
  );
  const [, , third] = first.sheets[0]?.rows ?? [];
  await ledger.post(`/api/records/activity/${third?.record?.id}/corrections`, {
    reason: 'typing-error',
    type: 'SupportProvided',
    data: {
      offer: 'cyber-security',
      occurred: { from: '2025-06-02', to: '2025-06-02', basis: 'stated' },
      title: 'By hand',
      bodies: [{ body: 'Derby', role: 'recipient' }],
    },
  });
  const untouched = support(row('One', 'a'), row('Two b', 'b'), row('Three', 'c'), row('Four', 'd'));
  const next = await importFile(ledger, untouched, 'SupportProvided', { dryRun: 'true' });
  expect(next.sheets[0]?.rows.map(({ outcome, fields }) => [outcome, fields])).toEqual([
    ['unchanged', undefined],
    ['changes', ['Title']],
    ['unchanged', undefined],
    ['new', undefined],
  ]);
  const touched = await importFile(ledger, support(row('Three, changed', 'c')), 'SupportProvided');
  expect(touched.sheets[0]?.rows[0]).toMatchObject({
    outcome: 'question',
    faults: [{ code: 'corrected-since' }],
  });
  const changed = await importFile(ledger, untouched, 'SupportProvided');
  const refused = await ledger.post(`/api/imports/${first.import}/reversal`, { reason: 'other' });
  expect([refused.status, refused.body['errors']]).toMatchObject([
    422,
    [{ code: 'changed-since' }, { code: 'changed-since' }],
  ]);
  const opened = await ledger.get(`/api/imports/${changed.import}`);
  expect(opened.body).toMatchObject({
    file: 'tracker.csv',
    changedSince: 0,
    records: [{ row: 3 }, { row: 5 }],
  });
  await ledger.post(`/api/imports/${changed.import}/reversal`, { reason: 'other' });
  const afterwards = await importFile(ledger, support(row('Two', 'b')), 'SupportProvided');
  expect(outcomesOf(afterwards)).toEqual(['unchanged']);
});

test('a warning is accepted with a comment, and people are asked about when the vault knows the name', async () => {
  const old = support(['Cyber security', '4/6/2015', 'Old', 'Watford', '', 'It is in the archive']);
  const accepted = await importFile(ledger, old, 'SupportProvided');
  expect([accepted.recorded, accepted.sheets[0]?.rows[0]?.faults[0]?.code]).toEqual([true, 'long-ago']);
  const places = (...names: readonly string[]): string =>
    csv([
      ['Offer', 'When', 'Person', 'Council or other body', 'Course', 'Party'],
      ...names.map((name) => ['Leadership Academy', '4/6/2025', name, 'Watford', 'Course A', 'not stated']),
    ]);
  const first = await importFile(ledger, places('Ann Importer', 'Bo Importer'), 'PlaceBooked');
  expect([first.recorded, first.totals['newPeople']]).toEqual([true, 2]);
  const again = await importFile(ledger, places('Ann Importer', 'Bo Importer'), 'PlaceBooked');
  expect(outcomesOf(again)).toEqual(['unchanged', 'unchanged']);
  const attended = await importFile(ledger, places('Ann Importer'), 'CouncillorTrained');
  expect([attended.recorded, attended.sheets[0]?.rows[0]?.record]).toEqual([
    true,
    first.sheets[0]?.rows[0]?.record,
  ]);
  const elsewhere = places('Ann Importer').replaceAll('Watford', 'Leeds');
  const asked = await importFile(ledger, elsewhere, 'PlaceBooked', { dryRun: 'true' });
  expect(asked.sheets[0]?.rows[0]).toMatchObject({
    outcome: 'question',
    faults: [{ code: 'person-two-ways' }],
  });
  const answered = elsewhere.replaceAll('Ann Importer', 'new: Ann Importer');
  expect(outcomesOf(await importFile(ledger, answered, 'PlaceBooked'))).toEqual(['new']);
  expect(outcomesOf(await importFile(ledger, answered, 'PlaceBooked'))).toEqual(['unchanged']);
});

test('a team’s own tracker goes in as it is by a saved mapping; what is hidden or left out is said', async () => {
  const mapping = {
    name: 'own-tracker',
    label: 'Own tracker',
    type: 'SupportProvided',
    columns: [
      { heading: 'LA', field: 'bodies.recipient' },
      { heading: 'Start', field: 'occurred.from' },
      { heading: 'End', field: 'occurred.to' },
      { heading: 'Project', field: 'title' },
    ],
    fixed: [{ field: 'offer', value: 'Cyber security' }],
  };
  const wrong = { ...mapping, columns: [{ heading: 'LA', field: 'colour' }] };
  expect((await ledger.post('/api/mappings', wrong)).body['detail']).toContain('has no field “colour”');
  expect((await ledger.post('/api/mappings', mapping)).status).toBe(201);
  const file = writeXlsx([
    {
      name: 'Support',
      columns: [],
      rows: [
        ['Our tracker'],
        [],
        ['LA', 'Start', 'End', 'Project', 'Notes'],
        ['Bath and North East Somerset, Bristol', { date: '2025-06-04' }, { date: '2025-06-06' }, 'Two', 'x'],
        ['Total', 1],
      ],
    },
    { name: 'Chart', columns: [], rows: [['Nothing here']] },
  ]);
  const report = await importFile(ledger, file, 'own-tracker');
  expect(report.recorded).toBe(true);
  expect(report.sheets).toMatchObject([
    {
      name: 'Support',
      rows: [{ row: 4, outcome: 'new' }],
      leftOut: [{ row: 5, why: 'a row of totals' }],
      notes: ['Columns that are left out: Notes.'],
    },
    { name: 'Chart', rows: [], notes: [expect.stringContaining('left out') as string] },
  ]);
});

test('every kind of record has a template that can be filled in and is read again', async () => {
  const { body } = await ledger.get('/api/mappings');
  for (const type of Object.keys(body['fields'] as object)) {
    const response = await fetch(new URL(`/api/import-templates/${type}`, ledger.url));
    const template = new Uint8Array(await response.arrayBuffer());
    const report = await importFile(ledger, template, type, { dryRun: 'true' });
    expect([type, report.totals['rows'], report.totals['sheetFaults']]).toEqual([type, 0, 0]);
  }
});

const rowArbitrary = fc.record({
  offer: fc.constantFrom('Cyber security', 'cyber-security', 'Cyber securty'),
  when: fc.constantFrom(
    '3/4/2025',
    'w/c 2 June 2025',
    '4-7 July 25',
    'Sept 25',
    '2015',
    '4 May 2014',
    '45812',
    '',
  ),
  title: fc.constantFrom('A', 'B', ''),
  councils: fc.constantFrom('Watford', 'Leeds; Derby', 'Adur and Worthing', 'Watfrod', 'E07000150', ''),
  reference: fc.constantFrom('1', '2', '3', ''),
  comment: fc.constantFrom('', 'as it was'),
});

test('the run does exactly what the dry run said, and the same file twice adds nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rowArbitrary, { minLength: 1, maxLength: 4 }), async (made) => {
      const file = support(...made.map((row) => Object.values(row)));
      const tried = await importFile(ledger, file, 'SupportProvided', { dryRun: 'true' });
      const done = await importFile(ledger, file, 'SupportProvided');
      expect([done.sheets, done.totals]).toEqual([tried.sheets, tried.totals]);
      const head = await ledger.head();
      const again = await importFile(ledger, file, 'SupportProvided');
      expect(await ledger.head()).toEqual(head);
      const recorded = done.status < 300;
      const unchanged = outcomesOf(again).every((outcome) => outcome === 'unchanged');
      expect(recorded ? unchanged : again.sheets).toEqual(recorded ? true : done.sheets);
    }),
    { numRuns: 60 },
  );
});
