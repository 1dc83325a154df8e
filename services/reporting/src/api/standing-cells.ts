import type { Cell } from '@ledger/http';
import type { Standing } from '@ledger/projections';

/** What says of each row where it comes from, at its end. */
export const standingColumns = ['position', 'incomplete', 'parked', 'rebuilding'] as const;

/** The cells of those columns. */
export function standingCells({ position, incomplete, parked, rebuilding }: Standing): Cell[] {
  return [position, incomplete, parked, rebuilding === true];
}
