import type { Cell } from '@ledger/http';
import type { FigureStanding, Standing } from '@ledger/projections';

/** What says of each row where it comes from, at its end. */
export const standingColumns = ['position', 'incomplete', 'parked', 'rebuilding'] as const;

/** The cells of those columns. */
export function standingCells({ position, incomplete, parked, rebuilding }: Standing): Cell[] {
  return [position, incomplete, parked, rebuilding === true];
}

/** Whether a figure still changes, and what it was as recorded by the closing where it has changed since. */
export function statusCells({ status, final }: FigureStanding): Cell[] {
  return [status, final?.value ?? null];
}
