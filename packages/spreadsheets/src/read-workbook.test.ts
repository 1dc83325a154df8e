import fc from 'fast-check';
import { cellText, readWorkbook, serialDay, usualLimits, writeXlsx, type Workbook } from './index';
import { rawSheet, rawWorkbook } from './raw-workbook.testing';

function texts({ sheets }: Workbook): string[][] {
  return sheets[0]?.rows.map(({ cells }) => Array.from(cells, (cell) => cellText(cell))) ?? [];
}

const styles =
  '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd&quot;d&quot;mm"/><numFmt numFmtId="171" formatCode="0.0&quot;days&quot;"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>';

test('values are read as they were saved: texts, numbers, days, answers, errors and formulas', async () => {
  const row =
    '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>43347</v></c><c r="C3" s="2"><v>43347.75</v></c>' +
    '<c r="D3" s="3"><v>2.5</v></c><c r="E3" t="b"><v>1</v></c><c r="F3" t="e"><v>#REF!</v></c>' +
    '<c r="G3"><f>1+1</f><v>2</v></c><c r="H3"><f>NOW()</f></c><c r="I3" t="str"><f>A3</f><v>made</v></c>' +
    '<c r="J3" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r="K3"><v>12500.100000000002</v></c></row>';
  const shared = '<sst><si><r><t>Wat</t></r><r><t>ford</t></r><rPh><t>sound</t></rPh></si></sst>';
  const book = await readWorkbook(
    rawWorkbook([rawSheet(row)], { 'xl/styles.xml': styles, 'xl/sharedStrings.xml': shared }),
    'x',
  );
  expect(book.sheets[0]?.rows[0]).toMatchObject({ row: 3, hidden: false });
  expect(texts(book)).toEqual([
    [
      'Watford',
      '2018-09-04',
      '2018-09-04',
      '2.5',
      'yes',
      '#REF!',
      '2',
      'a formula without a saved value',
      'made',
      'inline',
      '12500.1',
    ],
  ]);
});

test.each([
  [9, '', 0.92, '92%'],
  [10, '', 0.075, '7.5%'],
  [170, '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>', 0.29, '29%'],
  [171, '<numFmts><numFmt numFmtId="171" formatCode="0&quot;%&quot;"/></numFmts>', 92, '92'],
])('a cell of the format %p%s that holds %p is %s', async (format, formats, held, shown) => {
  const book = await readWorkbook(
    rawWorkbook([rawSheet(`<row r="1"><c r="A1" s="0"><v>${held}</v></c></row>`)], {
      'xl/styles.xml': `<styleSheet>${formats}<cellXfs><xf numFmtId="${format}"/></cellXfs></styleSheet>`,
    }),
    'x',
  );
  expect(texts(book)).toEqual([[shown]]);
});

test.each([
  [43347, false, '2018-09-04'],
  [41885, true, '2018-09-04'],
  [1, false, '1900-01-01'],
  [59, false, '1900-02-28'],
  [60, false, undefined],
  [61, false, '1900-03-01'],
  [0.5, false, undefined],
])('the serial number %p is a day of its date system (1904: %p): %p', (serial, date1904, day) =>
  expect(serialDay(serial, date1904)).toBe(day),
);

test('the date system of 1904 is the workbook’s own', async () => {
  const book = await readWorkbook(
    rawWorkbook([rawSheet('<row r="1"><c r="A1" s="1"><v>41885</v></c></row>')], {
      'xl/styles.xml': styles,
      'xl/workbook.xml':
        '<x:workbook xmlns:x="x" xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="S1" r:id="r1"/></x:sheets></x:workbook>',
    }),
    'x',
  );
  expect([texts(book), book.date1904]).toEqual([[['2018-09-04']], true]);
});

test('hidden rows, columns and sheets and merged cells are told', async () => {
  const sheet = rawSheet(
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>',
    '<mergeCells><mergeCell ref="A1:B3"/></mergeCells>',
    '<cols><col min="2" max="3" hidden="1"/></cols>',
  );
  const book = await readWorkbook(
    rawWorkbook([sheet], {
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><sheets><sheet name="Kept" state="veryHidden" r:id="r1"/></sheets></workbook>',
    }),
    'x',
  );
  expect(book.sheets[0]).toMatchObject({
    name: 'Kept',
    hidden: true,
    rows: [{ hidden: false }, { hidden: true }],
    merged: [{ fromRow: 1, toRow: 3, fromColumn: 0, toColumn: 1 }],
  });
  expect([...(book.sheets[0]?.hiddenColumns ?? [])]).toEqual([1, 2]);
});

const csvText = 'Council;Début\r\n"Bath; and";é\r\n';
const utf16le = Buffer.from(csvText, 'utf16le');
test.each([
  ['UTF-8', Buffer.from(csvText)],
  ['UTF-8, with its mark', Buffer.from(`\uFEFF${csvText}`)],
  ['UTF-16 (little-endian), with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le])],
  [
    'UTF-16 (big-endian), with its mark',
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16le).swap16()]),
  ],
  ['UTF-16 (little-endian), without mark', utf16le],
  ['Windows-1252', Buffer.from(csvText, 'latin1')],
])('CSV in %s is found out and said', async (encoding, bytes) => {
  const book = await readWorkbook(bytes, 'tracker.csv');
  expect(texts(book)).toEqual([
    ['Council', 'Début'],
    ['Bath; and', 'é'],
  ]);
  expect(book.found).toEqual([`Text in ${encoding}; its cells are parted by semicolons.`]);
});

test.each([
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'upright bars'],
])('cells parted by “%s” are found out and said', async (sign, called) => {
  const text = `Title, of it\n${['a', 'b', 'c'].join(sign)}\n${['"d, e"', '"f; g"', 'h'].join(sign)}\n`;
  const book = await readWorkbook(Buffer.from(text), 'x');
  expect(texts(book).slice(1)).toEqual([
    ['a', 'b', 'c'],
    ['d, e', 'f; g', 'h'],
  ]);
  expect(book.found[0]).toContain(called);
});

test.each([
  ['an empty file', Buffer.alloc(0), 'is empty'],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'Save it as .xlsx'],
  ['a file cut off', rawWorkbook([rawSheet('')]).subarray(0, 300), 'damaged or cut off'],
  ['something else packed', rawWorkbook([], { 'xl/workbook.xml': '<workbook/>' }), 'has 0 sheets'],
  ['broken XML', rawWorkbook(['<worksheet><sheetData><row r="1">']), 'no XML that can be read'],
  [
    'entities that grow',
    rawWorkbook(['<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>']),
    'no XML that can be read',
  ],
  [
    'a picture',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 9, 200, 0, 1]),
    'neither a workbook nor text',
  ],
])('%s is refused with what to do', async (_what, bytes, says) => {
  await expect(readWorkbook(bytes, 'x')).rejects.toMatchObject({
    code: 'UNREADABLE_WORKBOOK',
    message: expect.stringContaining(says) as string,
  });
});

test('a small file that unpacks to a very large one is refused while it is read', async () => {
  const bomb = rawWorkbook([rawSheet(' '.repeat(2_000_000))]);
  expect(bomb.length).toBeLessThan(10_000);
  const limits = { ...usualLimits, unpackedBytes: 1_000_000 };
  await expect(readWorkbook(bomb, 'x', limits)).rejects.toThrow('unpacks to more than 1 MB');
});

test('empty rows are not kept, and rows beyond the limit are refused', async () => {
  const empty = Array.from({ length: 5000 }, (_, at) => `<row r="${at + 2}"><c r="A${at + 2}" s="1"/></row>`);
  const sheet = rawSheet(`<row r="1"><c r="A1"><v>1</v></c></row>${empty.join('')}`);
  const book = await readWorkbook(rawWorkbook([sheet]), 'x', { ...usualLimits, rows: 10 });
  expect(book.sheets[0]?.rows).toHaveLength(1);
  const full = rawSheet('<row><c><v>1</v></c></row>'.repeat(11));
  await expect(readWorkbook(rawWorkbook([full]), 'x', { ...usualLimits, rows: 10 })).rejects.toThrow(
    'more than 10 rows',
  );
});

test('what is written is read again as it was, and is never a formula', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }).filter((text) => text.trim() !== ''),
    fc.constantFrom('=1+1', '@SUM(A1)', '+44', '-1', '\u00e9"<&>'),
    fc.integer(),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1 }),
      async (rows) => {
        const bytes = writeXlsx([{ name: 'One', columns: [{ width: 10 }], rows }]);
        const book = await readWorkbook(bytes, 'x');
        expect(book.sheets[0]?.rows.map(({ cells }) => cells)).toEqual(rows);
      },
    ),
    { numRuns: 50 },
  );
});
