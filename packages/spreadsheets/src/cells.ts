/** A day in a cell, as the workbook's own date system says it: `2018-09-04`. */
export interface DayCell {
  readonly date: string;
}

/** A cell that holds no value: an error of a formula, or a formula whose value was not saved. */
export interface ErrorCell {
  readonly error: string;
}

/** What a cell holds. Formulas are their saved values; an empty cell is undefined. */
export type CellValue = string | number | boolean | DayCell | ErrorCell;

/** A row that holds something. */
export interface SheetRow {
  /** Its number as spreadsheets show it, from 1. */
  readonly row: number;
  readonly hidden: boolean;
  /** By column, from 0 for A; cells that hold nothing are undefined. */
  readonly cells: readonly (CellValue | undefined)[];
}

/** The cells of a row that hold something, by column from the left: one may stand far to the right of all others. */
export function heldCells({ cells }: Pick<SheetRow, 'cells'>): readonly (readonly [number, CellValue])[] {
  return Object.keys(cells).flatMap((column) => {
    const value = cells[Number(column)];
    return value === undefined ? [] : [[Number(column), value] as const];
  });
}

/** So many times wider than what it holds, a row is kept by its cells alone, and not with room for all columns. */
const mostlyEmpty = 8;

/** Cells as they are kept, with room for no more than there are. */
export function keptCells(cells: readonly (CellValue | undefined)[], held: number): SheetRow['cells'] {
  // A copy has room for each column up to the last, which of a row with one cell far out is a hundred kilobytes.
  return held * mostlyEmpty < cells.length ? cells : cells.slice();
}

/** Cells shown as one: the value is in the first; rows from 1 and columns from 0, both included. */
export interface MergedCells {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Only rows that hold something, from the top. */
  readonly rows: readonly SheetRow[];
  /** Columns from 0. */
  readonly hiddenColumns: ReadonlySet<number>;
  readonly merged: readonly MergedCells[];
}

export interface Workbook {
  readonly format: 'xlsx' | 'ods' | 'csv';
  readonly sheets: readonly Sheet[];
  /** What was found out about the file, in sentences: encoding, what parts cells, macros left alone. */
  readonly found: readonly string[];
  /** Whether a day that stands as a bare number counts from 1904; undefined where the file does not say (CSV). */
  readonly date1904: boolean | undefined;
}

/** The letters of a column: A for 0, AA for 26. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}

/** The column of letters, from 0 for A. */
export function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** A cell as text that people would read in it; numbers without what binary fractions add. */
export function cellText(cell: CellValue | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'number') return numberText(cell);
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return 'date' in cell ? cell.date : cell.error;
}

/** Spreadsheets hold fifteen digits of a number; what a double has beyond them was never typed. */
function numberText(value: number): string {
  const shown = String(Number(value.toPrecision(15)));
  return /e/.test(shown) ? value.toLocaleString('en-GB', { useGrouping: false }) : shown;
}

/** A percentage as it is shown and meant: 0.92 in a cell that shows 92 % is 92, not 0.92 of a hundred. */
export function percentageText(number: number): string {
  return `${cellText(Number((number * 100).toPrecision(15)))}%`;
}
