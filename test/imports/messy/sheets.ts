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

/* What every workbook has in its package, so that spreadsheet programs open it: content types and relationships. */
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The second style is a day, the third a percentage. */
const styles = [
  `${head}<styleSheet xmlns="${main}">`,
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border/></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="3">',
  ...[0, 14, 9].map(
    (format) =>
      `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  ),
  '</cellXfs></styleSheet>',
].join('');

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
    `${head}<worksheet xmlns="${main}">`,
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
    (_, at) =>
      `<Relationship Id="r${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const typed = sheets.map(
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${kind}.worksheet+xml"/>`,
  );
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/>${typed.join('')}</Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packaged}/relationships">${related.join('')}<Relationship Id="styles" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
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
