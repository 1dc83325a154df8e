import fc from 'fast-check';
import { readWorkbook, writeXlsx } from '@ledger/spreadsheets';
import { RunningLedger } from '../running/running-ledger';
import { csv, importFile, type Report, type SentAnswers } from './file-imports';

/*
 * What a dry run asked is answered beside the file, which stays as it is: cells that are read as something else, rows that
 * are left out, hidden rows that are taken.
 */

let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
}, 60_000);
afterAll(() => ledger.stop());

const headings = ['Offer', 'When', 'Title', 'Councils: recipient', 'Own reference'];
const type = 'SupportProvided';
const administrator = { 'Ledger-User': 'administrator' };

function support(...rows: readonly (readonly string[])[]): string {
  return csv([headings, ...rows]);
}

function outcomes({ sheets }: Report): string[] {
  return sheets.flatMap(({ rows }) => rows.map(({ row, outcome }) => `${row} ${outcome}`));
}

async function tried(file: string | Uint8Array, answers?: SentAnswers): Promise<Report> {
  return importFile(ledger, file, type, { dryRun: 'true' }, answers);
}

const faulty = support(
  ['Cyber securty', '4/6/2025', 'Offer', 'Watford', 'answers-1'],
  ['Cyber security', 'Sept 25', 'Day', 'Leeds; Watfrod; Derby', 'answers-2'],
  ['Cyber security', '4/6/2075', 'Still to come', 'Leeds', 'answers-3'],
);
const answers: SentAnswers = {
  cells: {
    A2: 'Cyber security',
    B3: '3 Sept 2025',
    'tracker.csv!D3': 'Leeds; Watford Borough Council; Derby',
  },
  rows: { '4': 'leave' },
};

test('faults are answered in place: the dry run is the run, the same again adds nothing, and the file stays as it is', async () => {
  const asked = await tried(faulty);
  expect(outcomes(asked)).toEqual(['2 rejected', '3 rejected', '4 rejected']);
  // The nearest right answer is of the whole cell, so that nobody in it is lost.
  expect(asked.sheets[0]?.rows[1]?.faults).toContainEqual(
    expect.objectContaining({
      column: 'D',
      holds: 'Leeds; Watfrod; Derby',
      suggestion: 'Leeds; Watford Borough Council; Derby',
    }),
  );
  const dry = await tried(faulty, answers);
  expect(outcomes(dry)).toEqual(['2 new', '3 new']);
  expect(dry.sheets[0]?.leftOut).toEqual([{ row: 4, why: 'it is answered that it be left out' }]);
  const done = await importFile(ledger, faulty, type, {}, answers);
  expect([done.status, done.sheets, done.totals, done.answered]).toEqual([
    201,
    dry.sheets,
    dry.totals,
    dry.answered,
  ]);
  const head = await ledger.head();
  const again = await importFile(ledger, faulty, type, {}, answers);
  expect([again.recorded, outcomes(again)]).toEqual([false, ['2 unchanged', '3 unchanged']]);
  // A file that was put right by hand says the same, too.
  const right = support(
    ['Cyber security', '4/6/2025', 'Offer', 'Watford', 'answers-1'],
    ['Cyber security', '3 Sept 2025', 'Day', 'Leeds; Watford; Derby', 'answers-2'],
  );
  expect(outcomes(await importFile(ledger, right, type))).toEqual(['2 unchanged', '3 unchanged']);
  expect(await ledger.head()).toEqual(head);

  // What was in the file and what was read are both with the import, and the hash is that of the file as it was sent.
  const { body } = await ledger.get(`/api/imports/${done.import}`);
  expect(body['answers']).toEqual({
    cells: [
      { sheet: 'tracker.csv', row: 2, column: 'A', was: 'Cyber securty', now: 'Cyber security' },
      { sheet: 'tracker.csv', row: 3, column: 'B', was: 'Sept 25', now: '3 Sept 2025' },
      {
        sheet: 'tracker.csv',
        row: 3,
        column: 'D',
        was: 'Leeds; Watfrod; Derby',
        now: 'Leeds; Watford Borough Council; Derby',
      },
    ],
    erased: 0,
    left: [4],
    taken: [],
  });
  const before = String(BigInt(String(body['position'])) - 1n);
  const events = await ledger.get(`/api/events?after=${before}&limit=1`);
  const [stored] = events.body['events'] as readonly unknown[];
  const reference = { vault: expect.any(String), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
  expect(stored).toMatchObject({
    type: 'ImportAccepted',
    schemaVersion: 2,
    data: { answers: { cells: 3, left: [4], taken: [], notes: [reference] } },
  });
  expect(JSON.stringify(stored)).not.toContain('Watfrod');
});

test('merged cells are asked about with their value, and a hidden row is taken or left by itself', async () => {
  const bytes = writeXlsx([
    {
      name: 'Log',
      columns: headings.map(() => ({ width: 10 })),
      rows: [
        headings,
        ['Cyber security', '4/6/2025', 'First', 'Leeds', 'merged-1'],
        ['Cyber security', '4/6/2025', 'Second', undefined, 'merged-2'],
        ['Cyber security', '4/6/2025', 'Hidden', 'Derby', 'merged-3'],
        ['Cyber security', '4/6/2025', 'Hidden too', 'Derby', 'merged-4'],
      ],
      merged: [{ fromRow: 2, toRow: 3, fromColumn: 3, toColumn: 3 }],
      hiddenRows: new Set([4, 5]),
    },
  ]);
  const asked = await tried(bytes);
  expect(outcomes(asked)).toEqual(['2 new', '3 question', '4 question', '5 question']);
  expect(asked.sheets[0]?.rows[1]?.faults).toMatchObject([{ column: 'D', suggestion: 'Leeds' }]);
  const given = { cells: { 'Log!D3': 'Leeds' }, rows: { 'Log!4': 'take', 'log!5': 'leave' } };
  expect(outcomes(await tried(bytes, given))).toEqual(['2 new', '3 new', '4 new']);
  const results = new URL('/api/import-results', ledger.url);
  results.search = new URLSearchParams({ map: type, name: 'x.xlsx' }).toString();
  const body = new FormData();
  body.append('answers', JSON.stringify(given));
  body.append('file', new Blob([new Uint8Array(bytes)]), 'file');
  const copy = await (await fetch(results, { method: 'POST', body })).arrayBuffer();
  const { sheets } = await readWorkbook(new Uint8Array(copy), 'copy.xlsx');
  // The copy has what is read, and says what the file has.
  expect(sheets[0]?.rows[2]?.cells.slice(3)).toEqual([
    'Leeds',
    'merged-2',
    'new',
    'Column D: answered; the file has “”',
  ]);
});

test.each([
  [{ cells: { Z2: 'x' } }, 'answers.Z2', 'nothing is read of the cell Z2'],
  [{ cells: { A1: 'x' } }, 'answers.A1', 'nothing is read of the cell A1'],
  [{ cells: { 'Other!A2': 'x' } }, 'answers.Other!A2', 'does not say a sheet of the file'],
  [{ cells: { two: 'x' } }, 'answers.two', 'is no cell'],
  [{ rows: { A2: 'leave' } }, 'answers.A2', 'is no row'],
  [{ rows: { '900': 'leave' } }, 'answers.900', 'nothing is read of row 900'],
  [{ cells: { D3: 'x', 'tracker.csv!$D$3': 'y' } }, 'answers.tracker.csv!$D$3', 'is answered twice'],
  [{ rows: { '2': 'keep' } }, 'rows.2', ''],
] as [SentAnswers, string, string][])(
  'an answer about what is not there is refused: %j',
  async (given: SentAnswers, path, message) => {
    const refused: Report & { readonly errors?: unknown } = await tried(faulty, given);
    expect([refused.status, refused.errors]).toMatchObject([
      422,
      [{ path, message: expect.stringContaining(message) }],
    ]);
  },
);

test('the same command with other answers is another command', async () => {
  const file = support(['Cyber securty', '4/6/2025', 'Keyed', 'Watford', 'answers-keyed']);
  const key = `answers-${ledger.url}`;
  const send = async (offer: string): Promise<Response> => {
    const url = new URL('/api/import-files', ledger.url);
    url.search = new URLSearchParams({ map: type, name: 'tracker.csv' }).toString();
    const body = new FormData();
    body.append('answers', JSON.stringify({ cells: { A2: offer } }));
    body.append('file', new Blob([file]), 'file');
    return fetch(url, { method: 'POST', headers: { 'Idempotency-Key': key }, body });
  };
  expect((await send('Cyber security')).status).toBe(201);
  const again = await send('Cyber security');
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([200, 'true']);
  expect((await send('Leadership Academy')).status).toBe(409);
});

test('people named in answers are in the vault alone, under their own keys', async () => {
  const file = csv([
    ['Offer', 'When', 'Person', 'Council or other body', 'Course', 'Party'],
    ['Leadership Academy', '4/6/2025', '1', 'Watford', 'Answered', 'not stated'],
    ['Leadership Academy', '4/6/2025', 'Una Second', 'Watfrod', 'Answered', 'not stated'],
  ]);
  const given = { cells: { C2: 'Una First', D3: 'Watford' } };
  const dry = await importFile(ledger, file, 'PlaceBooked', { dryRun: 'true' }, given);
  const done = await importFile(ledger, file, 'PlaceBooked', {}, given);
  expect([dry.totals, done.status]).toEqual([done.totals, 201]);
  const { body } = await ledger.get(`/api/imports/${done.import}`);
  expect(body['answers']).toMatchObject({
    cells: [
      { row: 2, was: '1', now: 'Una First' },
      { row: 3, was: 'Watfrod', now: 'Watford' },
    ],
    erased: 0,
  });
  // They go with the person: what the log still has of them says nothing.
  const { body: found } = await ledger.get('/api/people?name=Una%20First', administrator);
  const [una] = found['people'] as readonly { readonly id: string }[];
  const erased = await ledger.post(`/api/people/${una?.id}/erasure`, {}, administrator);
  expect(erased.body).toMatchObject({ id: una?.id, erased: true });
  const after = await ledger.get(`/api/imports/${done.import}`);
  expect(after.body['answers']).toMatchObject({ cells: [{ row: 3 }], erased: 1 });
});

test('for any faults and any answers, the run does what the dry run said, and the same again adds nothing', async () => {
  const cell = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
  const row = fc.tuple(
    cell('Cyber security', 'Cyber securty'),
    cell('4/6/2025', 'Sept 25', '31/6/2025', '4/6/2012'),
    cell('A', 'x'.repeat(130)),
    cell('Watford', 'Watfrod', 'Leeds; Derbi'),
    cell('any-1', 'any-2', 'any-3', ''),
  );
  const answer = fc.record({
    cells: fc.dictionary(
      fc
        .tuple(cell('A', 'B', 'C', 'D', 'E'), fc.integer({ min: 2, max: 3 }))
        .map(([column, at]) => `${column}${at}`),
      cell('Cyber security', '4/6/2025', 'Watford', 'any-4', ''),
      { maxKeys: 4 },
    ),
    rows: fc.dictionary(cell('2', '3'), cell('leave', 'take'), { maxKeys: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.tuple(row, row), answer, async (rows, given) => {
      const file = support(...rows);
      const dry = await tried(file, given);
      const done = await importFile(ledger, file, type, {}, given);
      const said = ({ sheets, totals, answered }: Report): unknown => ({ sheets, totals, answered });
      expect(said(done)).toEqual(said(dry));
      const head = await ledger.head();
      const again = await importFile(ledger, file, type, {}, given);
      expect(await ledger.head()).toEqual(head);
      const isLoaded = done.status < 300;
      expect(isLoaded ? again.totals['unchanged'] : said(again)).toEqual(
        isLoaded ? again.totals['rows'] : said(done),
      );
    }),
    { numRuns: 60, seed: 1 },
  );
});
