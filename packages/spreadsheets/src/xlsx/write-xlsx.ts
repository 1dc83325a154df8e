import { strToU8, Zip, ZipDeflate } from 'fflate';
import { columnLetters, heldCells, type CellValue, type MergedCells } from '../cells';

/*
 * fflate packs what is written here, and unpacks nothing: its one advisory (CVE-2026-45820, unpacking that never ends over
 * a damaged archive) is of versions before 0.8.3, and of what is not used.
 */

/** A column of a sheet that is written. */
export interface WrittenColumn {
  /** Width in characters. */
  readonly width: number;
  /** Where its cells are chosen from: a range such as `Lists!$A$2:$A$9`. */
  readonly choices?: string;
  readonly hidden?: boolean;
  /** Shown beside a cell while somebody fills it in: at most 255 characters are. */
  readonly note?: { readonly title: string; readonly text: string };
}

export interface WrittenSheet {
  readonly name: string;
  readonly columns: readonly WrittenColumn[];
  /** The first is set in bold. */
  readonly rows: Iterable<readonly (CellValue | undefined)[]>;
  /** Numbers of rows, from 1, that are hidden. */
  readonly hiddenRows?: ReadonlySet<number>;
  readonly merged?: readonly MergedCells[];
  /** The last row that its choices and notes are for. */
  readonly filledUpTo?: number;
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

/** What has no place in XML: control characters but tab and line ends, and halves of characters. */
const unwritable = /[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu;

function escaped(text: string): string {
  return text
    .replaceAll(unwritable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A text is written as a text, whatever it begins with: nothing that is written starts a formula (D11). */
function cellXml(value: CellValue, reference: string, style: number): string {
  if (value === '') return '';
  const at = `r="${reference}" s="${style}"`;
  if (typeof value === 'number') return `<c ${at}><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c ${at} t="b"><v>${value ? 1 : 0}</v></c>`;
  const text = typeof value === 'string' ? value : 'date' in value ? value.date : value.error;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

function validationXml({ choices, note }: WrittenColumn, range: string): string {
  if (choices === undefined && note === undefined) return '';
  const prompt =
    note === undefined
      ? ''
      : ` showInputMessage="1" promptTitle="${escaped(note.title.slice(0, 32))}" prompt="${escaped(note.text.slice(0, 255))}"`;
  const list = choices === undefined ? '' : ' type="list" showErrorMessage="0"';
  const formula = choices === undefined ? '' : `<formula1>${escaped(choices)}</formula1>`;
  return `<dataValidation${list} allowBlank="1"${prompt} sqref="${range}">${formula}</dataValidation>`;
}

function mergedXml(merged: readonly MergedCells[]): string {
  if (merged.length === 0) return '';
  const cells = merged.map(
    ({ fromRow, toRow, fromColumn, toColumn }) =>
      `<mergeCell ref="${columnLetters(fromColumn)}${fromRow}:${columnLetters(toColumn)}${toRow}"/>`,
  );
  return `<mergeCells count="${cells.length}">${cells.join('')}</mergeCells>`;
}

/** How much of a sheet is packed at once, in characters: as XML a sheet is many times what it is packed. */
const packedAtOnce = 256 * 1024;

function rowXml(cells: readonly (CellValue | undefined)[], row: number, hidden: boolean): string {
  const style = row === 1 ? 1 : 2;
  const written = heldCells({ cells }).map(([column, cell]) =>
    cellXml(cell, `${columnLetters(column)}${row}`, style),
  );
  return `<row r="${row}"${hidden ? ' hidden="1"' : ''}>${written.join('')}</row>`;
}

function* sheetXml({ columns, rows, hiddenRows, merged = [], filledUpTo }: WrittenSheet): Generator<string> {
  const cols = columns
    .map(
      ({ width, hidden }, at) =>
        `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"${hidden === true ? ' hidden="1"' : ''}/>`,
    )
    .join('');
  let text = `${head}<worksheet xmlns="${main}"><cols>${cols}</cols><sheetData>`;
  let row = 0;
  for (const cells of rows) {
    row += 1;
    text += rowXml(cells, row, hiddenRows?.has(row) === true);
    if (text.length < packedAtOnce) continue;
    yield text;
    text = '';
  }
  const last = filledUpTo ?? 0;
  const validations =
    last < 2
      ? []
      : columns.flatMap((column, at) => {
          const letters = columnLetters(at);
          const xml = validationXml(column, `${letters}2:${letters}${last}`);
          return xml === '' ? [] : [xml];
        });
  const validation =
    validations.length === 0
      ? ''
      : `<dataValidations count="${validations.length}">${validations.join('')}</dataValidations>`;
  yield `${text}</sheetData>${mergedXml(merged)}${validation}</worksheet>`;
}

const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf></cellXfs></styleSheet>`;

/** Writes a workbook of plain sheets: values only, no formula. The same sheets give the same bytes. */
export function writeXlsx(sheets: readonly WrittenSheet[]): Uint8Array {
  const numbered = sheets.map((sheet, at) => ({ sheet, number: at + 1 }));
  const parts: Record<string, Iterable<string>> = {
    '[Content_Types].xml': [
      `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${numbered.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`,
    ],
    '_rels/.rels': [
      `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    'xl/workbook.xml': [
      `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${numbered.map(({ sheet, number }) => `<sheet name="${escaped(sheet.name.slice(0, 31))}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    ],
    'xl/_rels/workbook.xml.rels': [
      `${head}<Relationships xmlns="${packaged}/relationships">${numbered.map(({ number }) => `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    'xl/styles.xml': [styles],
  };
  for (const { sheet, number } of numbered) parts[`xl/worksheets/sheet${number}.xml`] = sheetXml(sheet);
  return packedOf(parts);
}

/** Packs parts, of which no more is there at once than a piece. */
function packedOf(parts: Readonly<Record<string, Iterable<string>>>): Uint8Array {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    packed.push(bytes);
  });
  for (const [name, pieces] of Object.entries(parts)) {
    const part = new ZipDeflate(name);
    part.mtime = '1980-01-01';
    zip.add(part);
    for (const piece of pieces) part.push(strToU8(piece));
    part.push(new Uint8Array(0), true);
  }
  zip.end();
  return Buffer.concat(packed);
}
