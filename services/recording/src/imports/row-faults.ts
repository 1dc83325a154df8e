/** What is wrong with a row, or to be asked about it. */
export interface RowFault {
  readonly level: 'rejected' | 'question' | 'warning';
  /** The letters of the column; null for the whole row. */
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
  /** The nearest right answer, where there is one. */
  readonly suggestion?: string;
  /** Another, as near as that. */
  readonly alternative?: string;
}

/** A fault of a cell before it is known which column the cell stands in. */
export type CellFault = Omit<RowFault, 'column'>;

/** @param nearest what may have been meant: the first two are offered */
export function rejection(
  code: string,
  message: string,
  ...nearest: readonly (string | undefined)[]
): CellFault {
  return { level: 'rejected', code, message, ...answersOf(nearest) };
}

/** The nearest right answers of a fault. */
export function answersOf(
  nearest: readonly (string | undefined)[],
): Pick<CellFault, 'suggestion' | 'alternative'> {
  const [suggestion, alternative] = nearest;
  return {
    ...(suggestion !== undefined && { suggestion }),
    ...(alternative !== undefined && { alternative }),
  };
}

/** What can be read in two ways is asked, never guessed. */
export function question(
  code: string,
  message: string,
  ...nearest: readonly (string | undefined)[]
): CellFault {
  return { level: 'question', code, message, ...answersOf(nearest) };
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
