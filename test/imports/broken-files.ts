import fc, { type Arbitrary } from 'fast-check';
import { strToU8, zipSync } from 'fflate';

/** A workbook from the XML of its sheets, with whatever else is packed into it. */
function packed(sheets: readonly string[], parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const listed = sheets.map(
    (_, at) =>
      `<sheet name="S${at + 1}" sheetId="${at + 1}" r:id="r${at + 1}"${at > 0 ? ' state="hidden"' : ''}/>`,
  );
  const related = sheets.map((_, at) => `<Relationship Id="r${at + 1}" Target="worksheets/s${at + 1}.xml"/>`);
  const all: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${related.join('')}</Relationships>`,
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    ...Object.fromEntries(sheets.map((xml, at) => [`xl/worksheets/s${at + 1}.xml`, xml])),
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, strToU8(text)])));
}

const cell: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '<c t="inlineStr"><is><t>Cyber security</t></is></c>',
    '<c t="inlineStr"><is><t>Watford; Leeds</t></is></c>',
    '<c t="inlineStr"><is><t>4/6/2025</t></is></c>',
    '<c s="1"><v>45812</v></c>',
    '<c><f>1/0</f><v>Infinity</v></c>',
    "<c><f>cmd|'/c calc'!A1</f></c>",
    '<c t="e"><v>#REF!</v></c>',
    '<c t="s"><v>999999</v></c>',
    '<c t="b"><v>maybe</v></c>',
    '<c s="-1"><v>1e400</v></c>',
    '<c r="XFD1048576"><v>1</v></c>',
    '<c r="ZZZZ9"><v>1</v></c>',
    '<c/>',
  ),
  fc
    .string({ maxLength: 30 })
    .map((text) => `<c t="inlineStr"><is><t>${text.replaceAll(/[<&\p{Cc}]/gu, '')}</t></is></c>`),
);

const header = ['Offer', 'When', 'Title', 'Councils: recipient']
  .map((heading) => `<c t="inlineStr"><is><t>${heading}</t></is></c>`)
  .join('');

const row = fc
  .tuple(fc.array(cell, { maxLength: 6 }), fc.constantFrom('', ' hidden="1"', ' r="0"', ' r="x"', ' r="7"'))
  .map(([cells, attributes]) => `<row${attributes}>${cells.join('')}</row>`);

const sheet = fc
  .tuple(
    fc.array(row, { maxLength: 12 }),
    fc.constantFrom(
      '',
      '<mergeCells><mergeCell ref="A2:D9"/></mergeCells>',
      '<mergeCells><mergeCell ref="B9:A1"/></mergeCells>',
    ),
    fc.constantFrom(
      '',
      '<cols><col min="1" max="99999999" hidden="1"/></cols>',
      '<cols><col min="x" hidden="1"/></cols>',
    ),
  )
  .map(
    ([rows, after, before]) =>
      `<worksheet>${before}<sheetData><row>${header}</row>${rows.join('')}</sheetData>${after}</worksheet>`,
  );

const parts = fc.constantFrom<Readonly<Record<string, string>>>(
  {},
  { 'xl/vbaProject.bin': 'macro' },
  { 'xl/externalLinks/externalLink1.xml': '<externalLink/>' },
  { 'xl/sharedStrings.xml': '<sst><si><t>one</t></si>' },
  { 'xl/workbook.xml': '<workbook><sheets/></workbook>' },
  { '../../outside.txt': 'x' },
  { 'xl/media/image1.png': '0'.repeat(3_000_000) },
);

const workbook = fc
  .tuple(fc.array(sheet, { minLength: 1, maxLength: 3 }), parts)
  .map(([sheets, other]) => packed(sheets, other));

const odsCell = fc.constantFrom(
  '<table:table-cell office:value-type="string"><text:p>Cyber security</text:p></table:table-cell>',
  '<table:table-cell office:value-type="string"><text:p>Watford; <text:s text:c="999999999"/>Leeds</text:p></table:table-cell>',
  '<table:table-cell office:value-type="date" office:date-value="2025-06-04"/>',
  '<table:table-cell office:value-type="date" office:date-value="9999-99-99T"/>',
  '<table:table-cell office:value-type="float" office:value="1e400"/>',
  '<table:table-cell office:value-type="boolean" office:boolean-value="maybe"/>',
  '<table:table-cell table:formula="of:=WEBSERVICE(&quot;x&quot;)" office:value-type="string"><text:p>#REF!</text:p></table:table-cell>',
  '<table:table-cell table:number-columns-repeated="1000000"/>',
  '<table:table-cell table:number-columns-repeated="-7" office:value-type="float" office:value="1"/>',
  '<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1e9"><text:p>wide</text:p></table:table-cell>',
  '<table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>',
  '<table:table-cell><office:annotation><text:p>note</text:p></office:annotation></table:table-cell>',
);

const odsHeader = ['Offer', 'When', 'Title', 'Councils: recipient']
  .map((heading) => `<table:table-cell><text:p>${heading}</text:p></table:table-cell>`)
  .join('');

const odsRow = fc
  .tuple(
    fc.array(odsCell, { maxLength: 6 }),
    fc.constantFrom(
      '',
      ' table:visibility="collapse"',
      ' table:number-rows-repeated="3"',
      ' table:number-rows-repeated="1048576"',
      ' table:number-rows-repeated="x"',
    ),
  )
  .map(([cells, attributes]) => `<table:table-row${attributes}>${cells.join('')}</table:table-row>`);

const ods = fc
  .tuple(
    fc.array(odsRow, { maxLength: 8 }),
    fc.constantFrom(
      '',
      '<table:table table:name="1"><table:table-source/></table:table>',
      '<table:dde-links><table:table/></table:dde-links>',
      '<table:table-row/>',
      '<table:table><table:table>',
    ),
    fc.constantFrom<Readonly<Record<string, string>>>(
      {},
      { 'Basic/Standard/Module1.xml': '<m/>' },
      { 'META-INF/manifest.xml': '<m><encryption-data/></m>' },
      { 'META-INF/manifest.xml': '<m' },
      { 'content.xml': '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>' },
    ),
  )
  .map(([rows, more, parts]) => {
    const table = `<table:table table:name="S"><table:table-row>${odsHeader}</table:table-row>${rows.join('')}</table:table>`;
    const all = {
      mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
      'content.xml': `<office:document-content><office:spreadsheet>${table}${more}</office:spreadsheet></office:document-content>`,
      ...parts,
    };
    return zipSync(
      Object.fromEntries(Object.entries(all).map(([name, written]) => [name, strToU8(written)])),
    );
  });

const text = fc
  .tuple(
    fc.array(
      fc.array(fc.constantFrom('Cyber security', '4/6/2025', 'Watford', '"', '=1+1', '\0', 'é', ';'), {
        maxLength: 6,
      }),
    ),
    fc.constantFrom(',', ';', '\t', '|'),
    fc.constantFrom<BufferEncoding>('utf8', 'utf16le', 'latin1'),
  )
  .map(([rows, sign, encoding]) => {
    const lines = [['Offer', 'When', 'Title', 'Councils: recipient'], ...rows].map((cells) =>
      cells.join(sign),
    );
    return new Uint8Array(Buffer.from(lines.join('\n'), encoding));
  });

/** Damages bytes as disks and mail do: cut off, or a few bytes changed. */
function damaged(bytes: Uint8Array, cut: number, flips: readonly (readonly [number, number])[]): Uint8Array {
  const copy = bytes.slice(0, Math.max(1, Math.ceil(bytes.length * cut)));
  for (const [at, value] of flips) copy[Math.floor(at * copy.length)] = value;
  return copy;
}

/** A file that something is wrong with, or may be. */
export const brokenFile: Arbitrary<Uint8Array> = fc
  .tuple(
    fc.oneof(
      { arbitrary: workbook, weight: 4 },
      { arbitrary: ods, weight: 3 },
      { arbitrary: text, weight: 2 },
      fc.uint8Array({ maxLength: 400 }),
    ),
    fc.constantFrom(1, 1, 1, 0.97, 0.5, 0.02),
    fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
      maxLength: 3,
    }),
    fc.boolean(),
  )
  .map(([bytes, cut, flips, whole]) => (whole ? bytes : damaged(bytes, cut, flips)));
