import { RunningLedger } from '../../running/running-ledger';
import { importFile, type Report, type SentAnswers } from '../file-imports';
import { messyFaults, messyRowCount, messyWorkbook, workbookPutRight } from './messy-workbook';

let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  for (const mapping of mappings) await ledger.post('/api/mappings', mapping);
}, 60_000);
afterAll(() => ledger.stop());

/** How the team's columns are read, as the page of columns would save it. */
const mappings = [
  {
    name: 'eastern-log',
    label: 'Eastern log',
    type: 'SupportProvided',
    sheets: ['Support log'],
    columns: [
      { heading: 'Our ref', field: 'reference' },
      { heading: 'Support / Offer', field: 'offer' },
      { heading: 'Support / What', field: 'title' },
      { heading: 'Dates / From', field: 'occurred.from' },
      { heading: 'Dates / To', field: 'occurred.to' },
      { heading: 'Councils', field: 'bodies.recipient' },
    ],
    fixed: [],
  },
  {
    name: 'eastern-grants',
    label: 'Eastern grants',
    type: 'GrantAwarded',
    sheets: ['Grants'],
    columns: [
      { heading: 'When', field: 'occurred' },
      { heading: 'LA', field: 'bodies.recipient' },
      { heading: 'For', field: 'title' },
      { heading: 'Amount (£000)', field: 'pence', unit: 'thousands' },
    ],
    fixed: [{ field: 'offer', value: 'housing-advisers' }],
  },
  {
    name: 'eastern-feedback',
    label: 'Eastern feedback',
    type: 'SurveyResultRecorded',
    sheets: ['Feedback'],
    columns: [
      { heading: 'Question', field: 'question' },
      { heading: 'Day', field: 'occurred' },
      { heading: '% yes', field: 'result' },
      { heading: 'n', field: 'base' },
      { heading: 'Forms back', field: 'responses' },
    ],
    fixed: [
      { field: 'scale', value: 'yes or no' },
      { field: 'resultIn', value: 'percent' },
    ],
  },
] as const;

/** The rows that cannot be loaded as they are. */
function wanting({ sheets }: Report): string[] {
  return sheets.flatMap(({ name, rows }) =>
    rows.filter(({ outcome }) => outcome !== 'new').map(({ row }) => `${name} ${row}`),
  );
}

test('there are more than twenty different faults in two hundred rows', () => {
  expect(new Set(messyFaults.map(({ fault }) => fault)).size).toBeGreaterThan(20);
  expect(Math.abs(messyRowCount - 200)).toBeLessThan(10);
});

test.each(mappings)(
  'every fault for $name is found in its row, and no other row is doubted',
  async ({ name, sheets }) => {
    const head = await ledger.head();
    const report = await importFile(ledger, messyWorkbook(), name, { name: 'Tracker.xlsx' });
    const own = messyFaults.filter(({ sheet }) => sheets.some((one) => one === sheet));
    expect(wanting(report)).toEqual(own.map(({ sheet, row }) => `${sheet} ${row}`));
    expect([report.status, await ledger.head()]).toEqual([422, head]);
  },
);

test('what is left out is said: hidden columns, totals, the header again, and other sheets', async () => {
  const { sheets } = await importFile(ledger, messyWorkbook(), 'eastern-log', {
    dryRun: 'true',
    name: 'T.xlsx',
  });
  expect(sheets.map(({ notes, leftOut }) => [...notes, ...leftOut.map(({ why }) => why)])).toEqual([
    [
      'Column G is hidden and left out.',
      'Columns that are left out: Who rang.',
      'a row of totals',
      'the header again',
      'a row of totals',
    ],
    ...Array.from({ length: 3 }, () => ['It is not among the sheets to be read, and is left out.']),
  ]);
});

test('the copy with results is read as the file is', async () => {
  const url = new URL('/api/import-results?map=eastern-log&name=Tracker.xlsx', ledger.url);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: messyWorkbook(),
  });
  const copy = new Uint8Array(await response.arrayBuffer());
  const outcomes = async (file: Uint8Array): Promise<readonly string[]> => {
    const { sheets } = await importFile(ledger, file, 'eastern-log', {
      dryRun: 'true',
      name: 'Tracker.xlsx',
    });
    return (sheets[0]?.rows ?? []).map(({ row, outcome }) => `${row} ${outcome}`);
  };
  expect(await outcomes(copy)).toEqual(await outcomes(messyWorkbook()));
});

/** What somebody who knows the work types where there is no nearest right answer. */
const known: Readonly<Record<string, SentAnswers>> = {
  'eastern-log': {
    cells: {
      'Support log!D36': '30/6/2024',
      'Support log!D38': '7/7/2024',
      'Support log!E38': '9/7/2024',
      'Support log!F80': 'Watford',
      'Support log!D81': '4/6/2024',
      'Support log!D82': '1/9/2024',
      'Support log!C83': 'A title that is short',
      'Support log!B85': 'Housing advisers',
    },
    rows: { 'Support log!69': 'leave', 'Support log!84': 'take', 'Support log!111': 'leave' },
  },
  'eastern-grants': {
    cells: { 'Grants!D31': '12.5', 'Grants!D32': '2.5' },
    rows: { 'Grants!34': 'leave' },
  },
  'eastern-feedback': { cells: { 'Feedback!D8': '25', 'Feedback!C9': '97%' } },
};

test.each(mappings)(
  'every fault for $name is answered in its place: by the nearest right answer, or by what somebody knows',
  async ({ name }) => {
    const options = { name: 'Tracker.xlsx', comment: 'Found in an old file', dryRun: 'true' };
    const asked = await importFile(ledger, messyWorkbook(), name, options);
    const nearest = asked.sheets.flatMap(({ name: sheet, rows }) =>
      rows.flatMap(({ row, faults }) =>
        faults.flatMap(({ column, suggestion }) =>
          column === null || suggestion === undefined
            ? []
            : [[`${sheet}!${column}${row}`, suggestion] as const],
        ),
      ),
    );
    const { cells = {}, rows = {} } = known[name] ?? {};
    const given = { cells: { ...Object.fromEntries(nearest), ...cells }, rows };
    const answered = await importFile(ledger, messyWorkbook(), name, options, given);
    expect([answered.status, wanting(answered)]).toEqual([200, []]);
  },
);

test('put right, with the hidden row taken and the old record explained, it is loaded whole', async () => {
  const log = mappings[0];
  await ledger.post('/api/mappings', { ...log, hiddenRows: 'take' });
  for (const { name } of mappings) {
    const report = await importFile(ledger, workbookPutRight(), name, {
      name: 'Tracker.xlsx',
      comment: 'Found in an old file',
    });
    expect([name, report.status, wanting(report)]).toEqual([name, 201, []]);
  }
  const { body } = await ledger.get('/api/annual-totals?year=2024/25');
  // The rows of annual totals have a measure and a value.
  const rows = body['rows'] as { measure: string; value: number }[];
  expect(rows.find(({ measure }) => measure === 'councils-supported')?.value).toBe(18);
});
