import { strToU8, zipSync } from 'fflate';
import { cellText, readWorkbook } from '../index';

/*
 * A file with everything in it that LibreOffice Calc writes around and into cells, by hand and after the OpenDocument
 * specification: styles, validations, header rows, groups, repeated cells up to the last column, and the million empty
 * rows below.
 */

const namespaces = ['office', 'style', 'text', 'table', 'draw', 'dc', 'meta', 'number', 'of']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .concat(
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
    'xmlns:xlink="http://www.w3.org/1999/xlink"',
  )
  .join(' ');

const styles = `
  <style:style style:name="co1" style:family="table-column"><style:table-column-properties fo:break-before="auto" style:column-width="22.58mm"/></style:style>
  <style:style style:name="ro1" style:family="table-row"><style:table-row-properties style:row-height="4.52mm" style:use-optimal-row-height="true"/></style:style>
  <style:style style:name="ta1" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true" style:writing-mode="lr-tb"/></style:style>
  <style:style style:name="ta2" style:family="table"><style:table-properties table:display="false" style:writing-mode="lr-tb"/></style:style>
  <number:percentage-style style:name="N11"><number:number number:decimal-places="2" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
  <number:date-style style:name="N37" number:automatic-order="true"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year/></number:date-style>
  <number:currency-style style:name="N104"><number:currency-symbol number:language="en" number:country="GB">£</number:currency-symbol><number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:currency-style>
  <style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="N11"/>`;

const cell = (attributes: string, content = '', name = 'table-cell'): string =>
  `<table:${name} ${attributes}>${content}</table:${name}>`;
const p = (text: string): string => `<text:p>${text}</text:p>`;
const text = (words: string): string =>
  cell('office:value-type="string" calcext:value-type="string"', p(words));
const number = (value: string, shown = value): string =>
  cell(`office:value-type="float" office:value="${value}" calcext:value-type="float"`, p(shown));
const row = (cells: string, attributes = ''): string =>
  `<table:table-row table:style-name="ro1" ${attributes}>${cells}<table:table-cell table:number-columns-repeated="${16384 - 8}"/></table:table-row>`;
const percentage = (value: string, shown: string): string =>
  cell(
    `table:style-name="ce1" office:value-type="percentage" office:value="${value}" calcext:value-type="percentage"`,
    p(shown),
  );
const day = (value: string, shown: string): string =>
  cell(`office:value-type="date" office:date-value="${value}" calcext:value-type="date"`, p(shown));
const pounds = (value: string, shown: string): string =>
  cell(
    `office:value-type="currency" office:currency="GBP" office:value="${value}" calcext:value-type="currency"`,
    p(shown),
  );
const formula = (of: string, result: string, shown: string): string =>
  cell(`table:formula="of:=${of}" ${result}`, p(shown));

const columns =
  '<table:table-column table:style-name="co1" table:default-cell-style-name="Default"/>' +
  '<table:table-column-group table:display="false"><table:table-column table:style-name="co1" table:visibility="collapse" table:number-columns-repeated="2" table:default-cell-style-name="ce1"/></table:table-column-group>' +
  `<table:table-column table:style-name="co1" table:number-columns-repeated="${16384 - 3}" table:default-cell-style-name="Default"/>`;

const sheet = `<table:table table:name="Support log" table:style-name="ta1" table:print-ranges="'Support log'.A1:'Support log'.H9">
  <office:forms form:automatic-focus="false" form:apply-design-mode="false"/>
  <table:shapes><draw:frame draw:z-index="0" draw:name="Chart"><draw:object xlink:href="./Object 1"/><text:p>a picture</text:p></draw:frame></table:shapes>
  ${columns}
  <table:table-header-rows>${row(
    ['Offer', 'Share', 'Day', 'Amount', 'Sum', 'Yes', 'Time', 'Note'].map(text).join(''),
  )}</table:table-header-rows>
  ${row(
    text('Cyber&#x0020;security') +
      percentage('0.925', '92.50%') +
      day('2018-09-04', '04/09/18') +
      pounds('12500.1', '£12,500.10') +
      formula(
        'SUM([.D2:.D3])',
        'office:value-type="currency" office:currency="GBP" office:value="25000.199999999997" calcext:value-type="currency"',
        '£25,000.20',
      ) +
      formula(
        '[.B2]&gt;0.5',
        'office:value-type="boolean" office:boolean-value="true" calcext:value-type="boolean"',
        'TRUE',
      ) +
      cell(
        'office:value-type="time" office:time-value="PT10H30M00S" calcext:value-type="time"',
        p('10:30:00'),
      ) +
      cell(
        'office:value-type="string" calcext:value-type="string"',
        `<office:annotation draw:style-name="gr1"><dc:date>2018-09-04T00:00:00</dc:date><text:p>who said so</text:p></office:annotation>${p('see <text:a xlink:href="https://example.org/" xlink:type="simple">the paper</text:a>')}${p('and<text:s text:c="2"/>more')}`,
      ),
  )}
  <table:table-row-group>${row(
    `${text('Merged')}${percentage('0.075', '7.50%')}${cell('table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string" calcext:value-type="string"', p('both'))}<table:covered-table-cell/>${formula('[.A3]', 'office:value-type="string" office:string-value="Merged" calcext:value-type="string"', 'Merged')}<table:table-cell table:number-columns-repeated="3"/>`,
    'table:number-rows-repeated="1"',
  )}${row(
    `${text('Beneath')}<table:table-cell/>${cell('office:value-type="string" calcext:value-type="string"', p('kept beneath'), 'covered-table-cell')}<table:covered-table-cell/>${formula('NA()', 'office:value-type="string" office:string-value="" calcext:value-type="error"', '#N/A')}${formula('1/0', 'office:value-type="string" office:string-value="" calcext:value-type="error"', '#DIV/0!')}<table:table-cell table:number-columns-repeated="2"/>`,
  )}</table:table-row-group>
  ${row(`${number('7').replace('<table:table-cell ', '<table:table-cell table:number-columns-repeated="3" ')}<table:table-cell table:number-columns-repeated="5"/>`, 'table:number-rows-repeated="2" table:visibility="filter"')}
  ${row('<table:table-cell table:number-columns-repeated="8"/>', 'table:number-rows-repeated="3"')}
  ${row(text('After nothing') + '<table:table-cell table:number-columns-repeated="7"/>')}
  <table:table-row table:style-name="ro1" table:number-rows-repeated="${1_048_576 - 11}"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
  <table:table-row table:style-name="ro1"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
  <table:named-expressions/>
  <calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="'Support log'.B2:'Support log'.B3"><calcext:condition calcext:apply-style-name="Good" calcext:value="&gt;0.5" calcext:base-cell-address="'Support log'.B2"/></calcext:conditional-format></calcext:conditional-formats>
</table:table>
<table:table table:name="Lists" table:style-name="ta2"><table:table-column table:number-columns-repeated="16384"/><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`;

const content = `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content ${namespaces} xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" office:version="1.3"><office:scripts/><office:font-face-decls/><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>
<table:calculation-settings table:case-sensitive="false" table:automatic-find-labels="false" table:use-regular-expressions="false" table:use-wildcards="true"><table:iteration table:maximum-difference="0.0001"/></table:calculation-settings>
<table:content-validations><table:content-validation table:name="val1" table:condition="of:cell-content-is-in-list(&quot;Yes&quot;;&quot;No&quot;)" table:base-cell-address="'Support log'.F2"><table:error-message table:display="true"><text:p>choose one</text:p></table:error-message></table:content-validation></table:content-validations>
${sheet}
<table:named-expressions><table:named-range table:name="offers" table:base-cell-address="$Lists.$A$1" table:cell-range-address="$Lists.$A$1:.$A$9"/></table:named-expressions><table:database-ranges><table:database-range table:name="__Anonymous_Sheet_DB__0" table:target-range-address="'Support log'.A1:'Support log'.H9" table:display-filter-buttons="true"><table:filter><table:filter-condition table:field-number="0" table:value="x" table:operator="="/></table:filter></table:database-range></table:database-ranges>
</office:spreadsheet></office:body></office:document-content>`;

const file = zipSync({
  mimetype: [strToU8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
  'content.xml': strToU8(content),
  'styles.xml': strToU8('<office:document-styles/>'),
  'Configurations2/accelerator/current.xml': strToU8(''),
  'META-INF/manifest.xml': strToU8(
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
  ),
});

test('a file as LibreOffice writes it is read cell by cell, wherever it repeats, covers or hides', async () => {
  const { sheets, found, date1904 } = await readWorkbook(file, 'tracker.ods');
  expect([found, date1904]).toEqual([['An OpenDocument spreadsheet.'], false]);
  expect(sheets.map(({ name, hidden, rows }) => [name, hidden, rows.length])).toEqual([
    ['Support log', false, 7],
    ['Lists', true, 0],
  ]);
  const [log] = sheets;
  expect([...(log?.hiddenColumns ?? [])]).toEqual([1, 2]);
  expect(log?.merged).toEqual([{ fromRow: 3, toRow: 4, fromColumn: 2, toColumn: 3 }]);
  expect(log?.rows.map(({ row: at, hidden }) => [at, hidden])).toEqual([
    [1, false],
    [2, false],
    [3, false],
    [4, false],
    [5, true],
    [6, true],
    [10, false],
  ]);
  expect(log?.rows.map(({ cells }) => Array.from(cells, (one) => cellText(one)))).toEqual([
    ['Offer', 'Share', 'Day', 'Amount', 'Sum', 'Yes', 'Time', 'Note'],
    [
      'Cyber security',
      '92.5%',
      '2018-09-04',
      '12500.1',
      '25000.2',
      'yes',
      '10:30:00',
      'see the paper\nand  more',
    ],
    ['Merged', '7.5%', 'both', '', 'Merged'],
    ['Beneath', '', 'kept beneath', '', '#N/A', '#DIV/0!'],
    ['7', '7', '7'],
    ['7', '7', '7'],
    ['After nothing'],
  ]);
});
