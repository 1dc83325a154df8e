/** What is wrong with a row, or to be asked about it. */
export interface RowFault {
  readonly level: 'rejected' | 'question' | 'warning';
  /** The letters of the column; null for the whole row. */
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
  /** The nearest right answer, where there is one. */
  readonly suggestion?: string;
}

/** A fault of a cell before it is known which column the cell stands in. */
export type CellFault = Omit<RowFault, 'column'>;

export function rejection(code: string, message: string, suggestion?: string): CellFault {
  return { level: 'rejected', code, message, ...(suggestion !== undefined && { suggestion }) };
}

/** What can be read in two ways is asked, never guessed. */
export function question(code: string, message: string, suggestion?: string): CellFault {
  return { level: 'question', code, message, ...(suggestion !== undefined && { suggestion }) };
}

/** Codes of what explains why something is missing, so that it is not said twice. */
export const mergedCell = 'merged-cell';
export const rowOfOneCell = 'row-of-one-cell';

/** Whether it is said already why a column of a row is empty. */
export function isExplained(faults: readonly RowFault[], column: string | null): boolean {
  return faults.some(
    ({ code, column: of }) => code === rowOfOneCell || (code === mergedCell && of === column),
  );
}
