import {
  columnLetters,
  columnOf,
  heldCells,
  mostColumns,
  readWorkbook,
  writeXlsx,
  type CellValue,
  type Sheet,
  type SheetRow,
  type WrittenColumn,
  type WrittenSheet,
} from '@ledger/spreadsheets';
import type { AnsweredCell } from './answered-sheets';
import type { ImportReport, RowReport, SheetReport } from './report';

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
function readCells(row: SheetRow, answered: readonly AnsweredCell[]): (CellValue | undefined)[] {
  const cells: (CellValue | undefined)[] = [];
  for (const [column, cell] of heldCells(row)) cells[column] = cell;
  for (const { column, now } of answered) cells[columnOf(column)] = now;
  return cells;
}

/** What is said of each row takes two columns. */
const columnsOfResults = 2;

/** The first of them: right of all that stands in the sheet, or where there is no room, the first two that are free. */
function columnOfResults({ rows, hiddenColumns }: Sheet): number {
  const used = new Set(hiddenColumns);
  let last = 0;
  for (const row of rows)
    for (const [column] of heldCells(row)) {
      used.add(column);
      last = Math.max(last, column);
    }
  if (last + columnsOfResults < mostColumns) return last + 1;
  let free = 0;
  while (used.has(free) || used.has(free + 1)) free += 1;
  return free;
}

/** The columns of a sheet with those of the results: what is hidden stays so, and the results are shown. */
function columnsOf({ hiddenColumns }: Sheet, resultsAt: number): WrittenColumn[] {
  const widthOf = new Map([
    [resultsAt, 12],
    [resultsAt + 1, 80],
  ]);
  const length = Math.max(resultsAt + columnsOfResults, ...[...hiddenColumns].map((column) => column + 1));
  return Array.from({ length }, (_, column) => ({
    width: widthOf.get(column) ?? 18,
    hidden: hiddenColumns.has(column) && !widthOf.has(column),
  }));
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
    const resultsAt = columnOfResults(sheet);
    return {
      name: sheet.name === '' ? `Sheet ${columnLetters(at)}` : sheet.name,
      columns: columnsOf(sheet, resultsAt),
      rows: copiedRows(sheet, report.sheets[at], report.answered.cells, resultsAt),
      hiddenRows: new Set(sheet.rows.flatMap(({ row, hidden }) => (hidden ? [row] : []))),
      merged: sheet.merged,
    };
  });
  return writeXlsx(written);
}

/** The rows of a copy, each made when it is written: what is said of all of them is many times the file. */
function* copiedRows(
  sheet: Sheet,
  of: SheetReport | undefined,
  answers: readonly AnsweredCell[],
  resultsAt: number,
): Generator<readonly (CellValue | undefined)[]> {
  const rows = new Map(of?.rows.map((row) => [row.row, row]));
  const out = new Map(of?.leftOut.map(({ row, why }) => [row, why]));
  const answeredIn = new Map<number, AnsweredCell[]>();
  for (const cell of answers)
    if (cell.sheet === sheet.name) answeredIn.set(cell.row, [...(answeredIn.get(cell.row) ?? []), cell]);
  const first = of?.rows[0]?.row ?? 1;
  let copied = 0;
  for (const standing of sheet.rows) {
    const { row } = standing;
    // Empty rows are kept, so that rows have the numbers that the result names.
    for (; copied < row - 1; copied++) yield [];
    const answered = answeredIn.get(row) ?? [];
    const [result, found] =
      row < first && !rows.has(row)
        ? ['Result', 'What was found']
        : resultOf(rows.get(row), out.get(row), answered);
    const cells = readCells(standing, answered);
    cells[resultsAt] = result;
    cells[resultsAt + 1] = found;
    yield cells;
    copied += 1;
  }
}
