import { strToU8, zipSync } from 'fflate';

/*
 * Files that are small as they are sent, and made to be large or slow as they are read: each way in which what is read may
 * be many times what was sent.
 */

const headings = ['Offer', 'When', 'Title', 'Councils: recipient'];
const header = headings.map((heading) => `<c t="inlineStr"><is><t>${heading}</t></is></c>`).join('');

const book = '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>';
const relationships = '<Relationships><Relationship Id="r1" Target="worksheets/s1.xml"/></Relationships>';

/** Packs parts, of which the large ones are the same over and over. */
function packed(parts: Readonly<Record<string, Uint8Array | string>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [
        name,
        [typeof part === 'string' ? strToU8(part) : part, { level: 1 }],
      ]),
    ),
  );
}

/** The same again and again: what is written for each, by its number. */
function repeated(times: number, written: (at: number) => string): Uint8Array {
  const chunks: Buffer[] = [];
  const atOnce = 10_000;
  for (let from = 0; from < times; from += atOnce) {
    const length = Math.min(atOnce, times - from);
    chunks.push(Buffer.from(Array.from({ length }, (_, at) => written(from + at)).join('')));
  }
  return Buffer.concat(chunks);
}

function around(before: string, what: Uint8Array, after: string): Uint8Array {
  return Buffer.concat([Buffer.from(before), what, Buffer.from(after)]);
}

function workbook(
  sheet: Uint8Array | string,
  parts: Readonly<Record<string, Uint8Array | string>> = {},
): Uint8Array {
  return packed({
    'xl/workbook.xml': book,
    'xl/_rels/workbook.xml.rels': relationships,
    'xl/worksheets/s1.xml': sheet,
    ...parts,
  });
}

function sheet(rows: Uint8Array, after = ''): Uint8Array {
  return around(`<worksheet><sheetData><row>${header}</row>`, rows, `</sheetData>${after}</worksheet>`);
}

const few = sheet(Buffer.from('<row><c><v>1</v></c></row>'));

function openDocument(rows: Uint8Array): Uint8Array {
  const cells = headings.map((heading) => `<table:table-cell><text:p>${heading}</text:p></table:table-cell>`);
  return packed({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': around(
      `<document><spreadsheet><table:table><table:table-row>${cells.join('')}</table:table-row>`,
      rows,
      '</table:table></spreadsheet></document>',
    ),
  });
}

function text(lines: Uint8Array): Uint8Array {
  return around(`${headings.join(',')}\n`, lines, '');
}

/** A workbook with a million rows in which nothing stands. */
export function emptyRows(): Uint8Array {
  return workbook(sheet(repeated(1_000_000, () => '<row s="1"><c s="1"/></row>')));
}

/** A small file that unpacks to 310 MB. */
export function unpacksToMuch(): Uint8Array {
  return workbook(new Uint8Array(310_000_000).fill(32));
}

const long = 'long text '.repeat(3000);

/** Each bomb by what it is, made when it is wanted: as it is made, some are hundreds of megabytes. */
export const bombs: ReadonlyMap<string, () => Uint8Array> = new Map([
  ['a part of 310 MB', unpacksToMuch],
  ['a million empty rows', emptyRows],
  ['five million empty lines', () => text(repeated(5_000_000, () => ',,,\n'))],
  ['a line of forty million cells', () => text(repeated(40_000_000, () => ','))],
  ['elements within elements', () => workbook(repeated(60_000_000, () => '<a>'))],
  [
    'an element of ten million attributes',
    () =>
      workbook(
        around(
          '<worksheet',
          repeated(10_000_000, (at) => ` a${at}=""`),
          '/>',
        ),
      ),
  ],
  [
    'ten million merged cells',
    () =>
      workbook(
        around(
          '<worksheet><mergeCells>',
          repeated(10_000_000, () => '<mergeCell ref="A2:B3"/>'),
          '</mergeCells></worksheet>',
        ),
      ),
  ],
  [
    'merged cells in each of many rows',
    () => {
      const rows = 90_000;
      const merged = repeated(rows, (at) => `<mergeCell ref="E${at + 2}:F${at + 2}"/>`);
      return workbook(
        sheet(
          repeated(rows, (at) => `<row>${header.replaceAll('<t>', `<t>${at} `)}</row>`),
          `<mergeCells>${Buffer.from(merged).toString()}</mergeCells>`,
        ),
      );
    },
  ],
  [
    'columns that are hidden over and over',
    () =>
      workbook(
        around(
          '<worksheet><cols>',
          repeated(7_000_000, () => '<col min="2" max="16384" hidden="1"/>'),
          '</cols><sheetData/></worksheet>',
        ),
      ),
  ],
  [
    'ten million shared texts',
    () =>
      workbook(few, {
        'xl/sharedStrings.xml': around(
          '<sst>',
          repeated(10_000_000, (at) => `<si><t>${at}</t></si>`),
          '</sst>',
        ),
      }),
  ],
  [
    'fifty million styles',
    () =>
      workbook(few, {
        'xl/styles.xml': around(
          '<styleSheet><cellXfs>',
          repeated(50_000_000, () => '<xf/>'),
          '</cellXfs></styleSheet>',
        ),
      }),
  ],
  [
    'one long text in each of many rows',
    () =>
      workbook(sheet(repeated(100_000, () => `<row>${'<c t="s"><v>0</v></c>'.repeat(4)}</row>`)), {
        'xl/sharedStrings.xml': `<sst><si><t>${long}</t></si></sst>`,
      }),
  ],
  [
    'a cell far out in each of many rows',
    () => workbook(sheet(repeated(100_000, () => '<row><c r="XFD1"><v>1</v></c></row>'))),
  ],
  [
    'a text of spaces that are counted',
    () =>
      openDocument(
        around(
          '<table:table-row><table:table-cell><text:p>a',
          repeated(400_000, () => '<text:s text:c="1000"/>'),
          'b</text:p></table:table-cell></table:table-row>',
        ),
      ),
  ],
  [
    'a row with a long text, repeated',
    () =>
      openDocument(
        Buffer.from(
          `<table:table-row table:number-rows-repeated="100000">${`<table:table-cell><text:p>${long}</text:p></table:table-cell>`.repeat(4)}</table:table-row>`,
        ),
      ),
  ],
]);
