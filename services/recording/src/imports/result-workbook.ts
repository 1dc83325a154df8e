import {
  columnLetters,
  readWorkbook,
  writeXlsx,
  type CellValue,
  type SheetRow,
  type WrittenSheet,
} from '@ledger/spreadsheets';
import type { AnsweredCell } from './answered-sheets';
import type { ImportReport, RowReport } from './report';

/** What is said of a row in closed time, of a file that is proposed. */
const heldBack = 'lies wholly in closed time, and waits for the approval of a second person';

function resultOf(
  report: RowReport | undefined,
  leftOut: string | undefined,
  answered: readonly AnsweredCell[],
): [string, string] {
  if (report === undefined) return leftOut === undefined ? ['', ''] : ['left out', leftOut];
  const read = answered.map(({ column, was }) => `Column ${column}: answered; the file has “${was}”`);
  const said = report.faults.map(({ column, message, suggestion, alternative }) => {
    const where = column === null ? '' : `Column ${column}: `;
    return `${where}${message}${suggestion === undefined ? '' : ` [${[suggestion, alternative ?? []].flat().join('] or [')}]`}`;
  });
  const held = report.closed === true && report.outcome !== 'rejected' ? [heldBack] : [];
  const fields = report.fields === undefined ? [] : [`changes ${report.fields.join(', ')}`];
  return [report.outcome, [...fields, ...held, ...read, ...said].join('\n')];
}

/** The cells of a row as they are read: with what was answered in the place of what stands there. */
function readCells(
  cells: SheetRow['cells'],
  answered: readonly AnsweredCell[],
  width: number,
): (CellValue | undefined)[] {
  const now = new Map(answered.map((cell) => [cell.column, cell.now]));
  return Array.from({ length: width }, (_, column) => now.get(columnLetters(column)) ?? cells[column]);
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
    const answeredIn = new Map<number, AnsweredCell[]>();
    for (const cell of report.answered.cells)
      if (cell.sheet === sheet.name) answeredIn.set(cell.row, [...(answeredIn.get(cell.row) ?? []), cell]);
    const width = Math.max(1, ...sheet.rows.map(({ cells }) => cells.length));
    const first = of?.rows[0]?.row ?? 1;
    const copied: (CellValue | undefined)[][] = [];
    for (const { row, cells } of sheet.rows) {
      // Empty rows are kept, so that rows have the numbers that the result names.
      while (copied.length < row - 1) copied.push([]);
      const answered = answeredIn.get(row) ?? [];
      const results =
        row < first && !rows.has(row)
          ? ['Result', 'What was found']
          : resultOf(rows.get(row), out.get(row), answered);
      copied.push([...readCells(cells, answered, width), ...results]);
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
