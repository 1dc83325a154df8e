import { readWorkbook, usualLimits } from './index';
import { rawOds, rawTable } from './ods/raw-ods.testing';
import { rawSheet, rawWorkbook } from './raw-workbook.testing';

/* What is read of a file is bounded, however small the file and whatever it says of itself. */

const limits = { ...usualLimits, cells: 40, characters: 400, charactersOfCell: 100, beside: 20, lines: 50 };

const text = (words: string): string => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
const row = (...cells: readonly string[]): string => `<row>${cells.join('')}</row>`;
const odsRow = (attributes: string, cell: string): string =>
  `<table:table-row ${attributes}><table:table-cell>${cell}</table:table-cell></table:table-row>`;
const styles = (content: string): Uint8Array =>
  rawWorkbook([rawSheet('')], { 'xl/styles.xml': `<styleSheet>${content}</styleSheet>` });
const shared = (content: string, rows = ''): Uint8Array =>
  rawWorkbook([rawSheet(rows)], { 'xl/sharedStrings.xml': `<sst>${content}</sst>` });

test.each([
  ['elements that stand too deep', rawWorkbook([`<worksheet>${'<a>'.repeat(300)}`]), 'no XML'],
  [
    'an element of too many attributes',
    rawWorkbook([`<worksheet ${Array.from({ length: 1100 }, (_, at) => `a${at}=""`).join(' ')}/>`]),
    'no XML',
  ],
  [
    'too many merged cells',
    rawWorkbook([rawSheet('', `<mergeCells>${'<mergeCell ref="A2:B3"/>'.repeat(21)}</mergeCells>`)]),
    'more than 20 merged cells, styles, formats of columns and parts',
  ],
  [
    'columns that are hidden over and over',
    rawWorkbook([`<worksheet><cols>${'<col min="2" max="3" hidden="1"/>'.repeat(21)}</cols></worksheet>`]),
    'more than 20 merged cells',
  ],
  ['too many styles', styles(`<cellXfs>${'<xf/>'.repeat(21)}</cellXfs>`), 'more than 20 merged cells'],
  ['too many formats', styles('<numFmt numFmtId="1"/>'.repeat(21)), 'more than 20 merged cells'],
  [
    'too many parts',
    rawWorkbook([], {
      'xl/_rels/workbook.xml.rels': `<a>${'<Relationship Id="a" Target="b"/>'.repeat(21)}</a>`,
    }),
    'more than 20 merged cells',
  ],
  ['too many shared texts', shared('<si><t>a</t></si>'.repeat(41)), '40 cells'],
  [
    'a shared text that is too long',
    shared(`<si><t>${'a'.repeat(101)}</t></si>`),
    'more than 100 characters',
  ],
  [
    'a text that is too long',
    rawWorkbook([rawSheet(row(text('a'.repeat(101))))]),
    'more than 100 characters',
  ],
  [
    'one long text in many cells',
    shared(`<si><t>${'a'.repeat(90)}</t></si>`, row('<c t="s"><v>0</v></c>'.repeat(4))),
    'more than 400 characters',
  ],
  [
    'spaces that are counted',
    rawOds(rawTable(odsRow('', '<text:p>a<text:s text:c="101"/>b</text:p>'))),
    'more than 100 characters',
  ],
  [
    'paragraphs without end',
    rawOds(rawTable(odsRow('', '<text:p/>'.repeat(101)))),
    'more than 100 characters',
  ],
  [
    'a text in a row that is repeated',
    rawOds(rawTable(odsRow('table:number-rows-repeated="5"', `<text:p>${'a'.repeat(90)}</text:p>`))),
    'more than 400 characters',
  ],
  [
    'too many merged cells of an ODS',
    rawOds(
      rawTable(
        `<table:table-row>${'<table:table-cell table:number-columns-spanned="2"/>'.repeat(21)}</table:table-row>`,
      ),
    ),
    'more than 20 merged cells',
  ],
  ['a text of CSV that is too long', Buffer.from(`a,b\n${'a'.repeat(101)},b\n`), 'more than 100 characters'],
  ['a text of too many lines', Buffer.from(`a,b\n${'\n'.repeat(50)}`), 'more than 50 lines'],
  ['a line of CSV that is too wide', Buffer.from(`a,b\n${','.repeat(16_384)}\n`), 'more than 16384 cells'],
])('%s: the file is refused with what to do', async (_what, bytes, says) => {
  await expect(readWorkbook(bytes, 'x', limits)).rejects.toMatchObject({
    code: 'UNREADABLE_WORKBOOK',
    message: expect.stringContaining(says) as string,
  });
});

test('columns that are hidden over and over are hidden, and others are not', async () => {
  const cols = '<cols><col min="2" max="3" hidden="1"/><col min="3" max="99999999" hidden="1"/></cols>';
  const book = await readWorkbook(rawWorkbook([rawSheet(row(text('a')), '', cols)]), 'x');
  const hidden = book.sheets[0]?.hiddenColumns;
  expect([hidden?.has(0), hidden?.has(1), hidden?.has(16_383), hidden?.size]).toEqual([
    false,
    true,
    true,
    16_383,
  ]);
});

test('rows have the numbers that they say, where those go on', async () => {
  const rows = [' r="3"', '', ' r="2"', ' r="99999999999"', ' r="x"'];
  const xml = rows.map((attribute) => `<row${attribute}>${text('a')}</row>`).join('');
  const book = await readWorkbook(rawWorkbook([rawSheet(xml)]), 'x');
  expect(book.sheets[0]?.rows.map((one) => one.row)).toEqual([3, 4, 5, 6, 7]);
});

test('a sheet that mirrors another file is told, and none of its rows is kept', async () => {
  const mirrored = rawTable(
    `<table:table-source/>${odsRow('table:number-rows-repeated="1048576"', '<text:p>a</text:p>')}`,
  );
  const book = await readWorkbook(rawOds(mirrored + rawTable(odsRow('', '<text:p>b</text:p>'))), 'x');
  expect([book.sheets.length, book.found.at(-1)]).toEqual([
    1,
    'It refers to other files; the values that were last saved are read.',
  ]);
});

test('a cell far out to the right costs no more than another', async () => {
  const rows = Array.from(
    { length: 3000 },
    (_, at) => `<row>${text('a')}<c r="XFD${at + 1}"><v>1</v></c></row>`,
  );
  const { sheets } = await readWorkbook(rawWorkbook([rawSheet(rows.join(''))]), 'x');
  expect(sheets[0]?.rows.map(({ cells }) => [cells[0], cells[16_383]])).toEqual(rows.map(() => ['a', 1]));
});
