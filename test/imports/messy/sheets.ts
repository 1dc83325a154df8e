import { strToU8, zipSync } from 'fflate';

/** A cell as somebody typed it: a text, a number, a day kept as spreadsheets keep it, a percentage, or an error. */
export type TypedCell =
  | string
  | number
  | null
  | { readonly day: number }
  | { readonly percent: number }
  | { readonly error: string };

export interface MessyRow {
  readonly cells: readonly TypedCell[];
  readonly hidden?: boolean;
  /** What is wrong with the row, where something is that the one who brings it in must put right. */
  readonly fault?: string;
  /** The row as it is put right; null where it is taken out. */
  readonly right?: readonly TypedCell[] | null;
}

export interface MessySheet {
  readonly name: string;
  readonly hidden?: boolean;
  readonly rows: readonly MessyRow[];
  /** Letters of columns that are hidden. */
  readonly hiddenColumns?: readonly number[];
  readonly merged?: readonly string[];
  /** Merged cells that are parted in the copy that is put right. */
  readonly mergedWrongly?: readonly string[];
}

const styles =
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs></styleSheet>';

function letters(column: number): string {
  return String.fromCharCode(65 + column);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '&#10;');
}

function cellXml(cell: TypedCell, at: string): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if ('day' in cell) return `<c r="${at}" s="1"><v>${cell.day}</v></c>`;
  if ('percent' in cell) return `<c r="${at}" s="2"><v>${cell.percent}</v></c>`;
  return `<c r="${at}" t="e"><v>${cell.error}</v></c>`;
}

function sheetXml({ rows, hiddenColumns = [], merged = [] }: MessySheet): string {
  const columns = hiddenColumns.map((at) => `<col min="${at + 1}" max="${at + 1}" hidden="1"/>`).join('');
  const data = rows.map(({ cells, hidden }, at) => {
    const written = cells.map((cell, column) => cellXml(cell, `${letters(column)}${at + 1}`));
    return `<row r="${at + 1}"${hidden === true ? ' hidden="1"' : ''}>${written.join('')}</row>`;
  });
  const joined = merged.map((range) => `<mergeCell ref="${range}"/>`).join('');
  return [
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    columns === '' ? '' : `<cols>${columns}</cols>`,
    `<sheetData>${data.join('')}</sheetData>`,
    joined === '' ? '' : `<mergeCells>${joined}</mergeCells>`,
    '</worksheet>',
  ].join('');
}

/** A workbook as a spreadsheet program saves it: with dates, hidden and merged parts. The same sheets give the same bytes. */
export function savedWorkbook(sheets: readonly MessySheet[]): Uint8Array<ArrayBuffer> {
  const listed = sheets.map(
    ({ name, hidden }, at) =>
      `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="r${at + 1}"${hidden === true ? ' state="hidden"' : ''}/>`,
  );
  const related = sheets.map(
    (_, at) => `<Relationship Id="r${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${related.join('')}</Relationships>`,
    'xl/styles.xml': styles,
    ...Object.fromEntries(sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet)])),
  };
  const packed = Object.entries(parts).map(([name, text]) => [name, strToU8(text)] as const);
  return new Uint8Array(zipSync(Object.fromEntries(packed), { mtime: '1980-01-01' }));
}

/** The sheet as somebody leaves it who has put right what was found. */
export function putRight(sheet: MessySheet): MessySheet {
  return {
    ...sheet,
    merged: (sheet.merged ?? []).filter((range) => sheet.mergedWrongly?.includes(range) !== true),
    rows: sheet.rows.map((row) => {
      if (row.right === undefined) return row;
      // A row that is taken out is emptied, so that the others keep their numbers.
      return { cells: row.right ?? [], ...(row.hidden === true && { hidden: true }) };
    }),
  };
}
