import { columnOf, readWorkbook, writeXlsx, type Sheet, type WrittenSheet } from '@ledger/spreadsheets';
import { strToU8, zipSync } from 'fflate';
import { RunningLedger } from '../running/running-ledger';
import { copyWithResults } from './file-imports';

/* The copy of a file with what each row comes to, also of files that are odd in their shape. */

let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
}, 60_000);
afterAll(() => ledger.stop());

const headings = ['Offer', 'When', 'Title', 'Councils: recipient'];
const good = ['Cyber security', '4/6/2025', 'A review', 'Watford'];
const wrong = ['Cyber security', '4/6/2025', 'Another', 'Watfrod'];
const columns = headings.map(() => ({ width: 10 }));

async function copied(bytes: Uint8Array): Promise<Sheet> {
  const copy = await copyWithResults(ledger, bytes, 'SupportProvided');
  expect(copy.status).toBe(200);
  const [sheet] = (await readWorkbook(copy.bytes, 'copy')).sheets;
  if (sheet === undefined) throw new Error('The copy has no sheet');
  return sheet;
}

function resultsAt({ rows }: Sheet, letters: string): unknown[] {
  return rows.map(({ cells }) => cells[columnOf(letters)]);
}

test('results stand right of what stands in the file, and are shown where columns there are hidden', async () => {
  const hidden = Array.from({ length: 12 }, () => ({ width: 10, hidden: true }));
  const sheet: WrittenSheet = {
    name: 'S',
    columns: [...columns, ...hidden],
    rows: [headings, good, wrong],
  };
  const copy = await copied(writeXlsx([sheet]));
  expect(resultsAt(copy, 'E')).toEqual(['Result', 'new', 'rejected']);
  expect(resultsAt(copy, 'F')).toEqual([
    'What was found',
    undefined,
    expect.stringContaining('did you mean Watford'),
  ]);
  const shown = ['E', 'F', 'G', 'P'].map((letters) => copy.hiddenColumns.has(columnOf(letters)));
  expect(shown).toEqual([false, false, true, true]);
});

test('a value in the last column of all is kept, and the results stand where there is room', async () => {
  const far: (string | undefined)[] = [...good];
  far[columnOf('XFD')] = 'stray';
  const copy = await copied(writeXlsx([{ name: 'S', columns, rows: [headings, far, wrong] }]));
  expect(resultsAt(copy, 'E')).toEqual(['Result', 'new', 'rejected']);
  expect(resultsAt(copy, 'XFD')).toEqual([undefined, 'stray', undefined]);
});

test('many rows with one value far out are copied as any others', async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => {
    const cells: (string | undefined)[] = ['Cyber security', '4/6/2025', `Review ${at}`, 'Watford'];
    cells[columnOf('XFA')] = 'far';
    return cells;
  });
  const copy = await copied(writeXlsx([{ name: 'S', columns, rows: [headings, ...rows] }]));
  expect(new Set(resultsAt(copy, 'XFB'))).toEqual(new Set(['Result', 'new']));
}, 60_000);

test('a row that says it is the thousand-millionth is the next one', async () => {
  const text = (words: string): string => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
  const xml = `<worksheet><sheetData><row>${headings.map(text).join('')}</row><row r="1000000000">${good.map(text).join('')}</row></sheetData></worksheet>`;
  const parts = {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/s1.xml"/></Relationships>',
    'xl/worksheets/s1.xml': xml,
  };
  const bytes = zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, strToU8(part)])),
  );
  expect((await copied(bytes)).rows.map(({ row }) => row)).toEqual([1, 2]);
});
