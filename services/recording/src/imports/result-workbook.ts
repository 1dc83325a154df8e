import {
  columnLetters,
  readWorkbook,
  writeXlsx,
  type CellValue,
  type WrittenSheet,
} from '@ledger/spreadsheets';
import type { ImportReport, RowReport } from './report';

function resultOf(report: RowReport | undefined, leftOut: string | undefined): [string, string] {
  if (report === undefined) return leftOut === undefined ? ['', ''] : ['left out', leftOut];
  const said = report.faults.map(({ column, message, suggestion }) => {
    const where = column === null ? '' : `Column ${column}: `;
    return `${where}${message}${suggestion === undefined ? '' : ` [${suggestion}]`}`;
  });
  const fields = report.fields === undefined ? [] : [`changes ${report.fields.join(', ')}`];
  return [report.outcome, [...fields, ...said].join('\n')];
}

/**
 * A copy of a file with what each row came to in two columns at its end: values only, no formula. What is merged and
 * hidden stays so: headings over two rows are read by their merged cells, and the copy is read as the file is.
 */
export async function resultWorkbook(
  bytes: Uint8Array,
  name: string,
  report: ImportReport,
): Promise<Uint8Array> {
  const { sheets } = await readWorkbook(bytes, name);
  const written = sheets.map((sheet, at): WrittenSheet => {
    const of = report.sheets[at];
    const rows = new Map(of?.rows.map((row) => [row.row, row]));
    const out = new Map(of?.leftOut.map(({ row, why }) => [row, why]));
    const width = Math.max(1, ...sheet.rows.map(({ cells }) => cells.length));
    const first = of?.rows[0]?.row ?? 1;
    const copied: (CellValue | undefined)[][] = [];
    for (const { row, cells } of sheet.rows) {
      // Empty rows are kept, so that rows have the numbers that the result names.
      while (copied.length < row - 1) copied.push([]);
      const results =
        row < first && !rows.has(row) ? ['Result', 'What was found'] : resultOf(rows.get(row), out.get(row));
      copied.push([...Array.from({ length: width }, (_, column) => cells[column]), ...results]);
    }
    return {
      name: sheet.name === '' ? `Sheet ${columnLetters(at)}` : sheet.name,
      columns: [
        ...Array.from({ length: width }, (_, column) => ({
          width: 18,
          hidden: sheet.hiddenColumns.has(column),
        })),
        { width: 12 },
        { width: 80 },
      ],
      rows: copied,
      hiddenRows: new Set(sheet.rows.flatMap(({ row, hidden }) => (hidden ? [row] : []))),
      merged: sheet.merged,
    };
  });
  return writeXlsx(written);
}
