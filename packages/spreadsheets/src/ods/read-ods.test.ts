import fc from 'fast-check';
import { cellText, readWorkbook, usualLimits, writeXlsx, type Workbook } from '../index';
import { odsOf, rawOds, rawTable } from './raw-ods.testing';

function texts({ sheets }: Workbook): string[][] {
  return sheets[0]?.rows.map(({ cells }) => Array.from(cells, (cell) => cellText(cell))) ?? [];
}

function cell(attributes: string, content = ''): string {
  return `<table:table-cell ${attributes}>${content}</table:table-cell>`;
}

test('values of an ODS are read as they were saved: texts, numbers, days, answers, errors and formulas', async () => {
  const row = [
    cell(
      'office:value-type="string"',
      '<text:p>Wat<text:span>ford</text:span></text:p><text:p>and<text:s text:c="2"/>more</text:p>',
    ),
    cell('office:value-type="date" office:date-value="2018-09-04T18:00:00"', '<text:p>04/09/18</text:p>'),
    cell('office:value-type="float" office:value="2.5"', '<text:p>2,5</text:p>'),
    cell('office:value-type="percentage" office:value="0.5"', '<text:p>50 %</text:p>'),
    cell(
      'office:value-type="currency" office:currency="GBP" office:value="12500.100000000002"',
      '<text:p>£12,500</text:p>',
    ),
    cell('office:value-type="boolean" office:boolean-value="true"', '<text:p>TRUE</text:p>'),
    cell(
      'table:formula="of:=[.#REF!]" office:value-type="string" office:string-value="" calcext:value-type="error"',
      '<text:p>#REF!</text:p>',
    ),
    cell('table:formula="of:=1+1" office:value-type="float" office:value="2"', '<text:p>2</text:p>'),
    cell('table:formula="of:=NOW()"'),
    cell(
      'office:value-type="string"',
      '<office:annotation><text:p>a note</text:p></office:annotation><text:p>seen</text:p>',
    ),
    cell('office:value-type="float" office:value="many"'),
    cell('office:value-type="date" office:date-value="soon"'),
  ].join('');
  const book = await readWorkbook(rawOds(rawTable(`<table:table-row>${row}</table:table-row>`)), 'x');
  expect([book.format, book.date1904, book.found]).toEqual(['ods', false, ['An OpenDocument spreadsheet.']]);
  expect(texts(book)).toEqual([
    [
      'Watford\nand  more',
      '2018-09-04',
      '2.5',
      '50%',
      '12500.1',
      'yes',
      '#REF!',
      '2',
      'a formula without a saved value',
      'seen',
      'a number that is none (many)',
      'a day that is none (soon)',
    ],
  ]);
});

test('repeated rows and cells have their places, and those that hold nothing cost nothing', async () => {
  const value = 'office:value-type="float" office:value="7"';
  const rows =
    '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>' +
    `<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>${cell(`${value} table:number-columns-repeated="2"`)}</table:table-row>` +
    '<table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>';
  const { sheets } = await readWorkbook(rawOds(rawTable(rows)), 'x');
  expect(sheets[0]?.rows).toEqual(
    [4, 5].map((row) => ({ row, hidden: false, cells: [undefined, undefined, 7, 7] })),
  );
  const many = rawOds(
    rawTable(`<table:table-row table:number-rows-repeated="999999">${cell(value)}</table:table-row>`),
  );
  await expect(readWorkbook(many, 'x', { ...usualLimits, rows: 10 })).rejects.toThrow('more than 10 rows');
});

test('hidden rows, columns and sheets, and merged cells of an ODS are told', async () => {
  const held = cell('office:value-type="float" office:value="1"');
  const rows =
    '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>' +
    `<table:table-row>${cell('office:value-type="float" office:value="1" table:number-columns-spanned="2" table:number-rows-spanned="3"')}<table:covered-table-cell/></table:table-row>` +
    `<table:table-row table:visibility="filter">${held}</table:table-row>` +
    `<table:table-row-group table:display="false"><table:table-row>${held}</table:table-row></table:table-row-group>` +
    `<table:table-row>${held}</table:table-row>`;
  const styles =
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>';
  const book = await readWorkbook(
    rawOds(rawTable(rows, 'table:name="Kept" table:style-name="ta2"') + rawTable('', 'table:name="Shown"'), {
      styles,
    }),
    'x',
  );
  expect(book.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
    ['Kept', true],
    ['Shown', false],
  ]);
  expect(book.sheets[0]?.rows.map(({ hidden }) => hidden)).toEqual([false, true, true, false]);
  expect(book.sheets[0]?.merged).toEqual([{ fromRow: 1, toRow: 3, fromColumn: 0, toColumn: 1 }]);
  expect([...(book.sheets[0]?.hiddenColumns ?? [])]).toEqual([1, 2]);
});

test('macros and links to other files are said, and what mirrors another file is no sheet', async () => {
  const linked = cell(
    `table:formula="of:=['file:///home/a.ods'#$S.A1]" office:value-type="float" office:value="3"`,
  );
  const mirrored = `<table:table table:name="'file:///home/a.ods'#$S"><table:table-source/><table:table-row>${cell('office:value-type="float" office:value="3"')}</table:table-row></table:table>`;
  const book = await readWorkbook(
    rawOds(rawTable(`<table:table-row>${linked}</table:table-row>`) + mirrored, {
      parts: { 'Basic/Standard/Module1.xml': '<m/>' },
    }),
    'x',
  );
  expect([texts(book), book.sheets.length]).toEqual([[['3']], 1]);
  expect(book.found.slice(1)).toEqual([
    'It holds macros; they were not run and are not kept.',
    'It refers to other files; the values that were last saved are read.',
  ]);
});

test('the date system of 1904 of an ODS is told', async () => {
  const settings =
    '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>';
  expect((await readWorkbook(rawOds(settings + rawTable('')), 'x')).date1904).toBe(true);
});

test.each([
  [
    'one that is locked',
    rawOds('', {
      parts: { 'META-INF/manifest.xml': '<manifest><file-entry><encryption-data/></file-entry></manifest>' },
    }),
    'locked with a password',
  ],
  ['one without sheets', rawOds(''), 'has 0 sheets'],
  ['broken XML', rawOds('<table:table>'), 'no XML that can be read'],
  ['one cut off', rawOds(rawTable('')).subarray(0, 200), 'damaged or cut off'],
])('of ODS files, %s is refused with what to do', async (_what, bytes, says) => {
  await expect(readWorkbook(bytes, 'x')).rejects.toMatchObject({
    code: 'UNREADABLE_WORKBOOK',
    message: expect.stringContaining(says) as string,
  });
});

test('a sheet is read as the same cells from XLSX and from ODS', async () => {
  const text = fc.string({ unit: 'grapheme-ascii' }).filter((written) => written.trim() !== '');
  const written = fc.oneof(text, fc.constantFrom('=1+1', 'é"<&>', ' two  spaces '), fc.integer());
  const rows = fc.array(fc.array(written, { minLength: 1, maxLength: 4 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(rows, async (cells) => {
      const xlsx = await readWorkbook(writeXlsx([{ name: 'S1', columns: [], rows: cells }]), 'x');
      const ods = await readWorkbook(odsOf(cells), 'x');
      expect(ods.sheets).toEqual(xlsx.sheets);
    }),
    { numRuns: 50 },
  );
});
