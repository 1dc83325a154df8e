import type { Sheet, SheetRow } from '@ledger/spreadsheets';

/** A header that a sheet may have: its first row, and whether the row below belongs to it. */
export interface GuessedHeader {
  readonly row: number;
  readonly two: boolean;
}

const rowsLooked = 40;

function standingIn({ cells }: SheetRow): readonly unknown[] {
  return cells.filter((cell) => cell !== undefined);
}

/** Headings are texts, no two of them alike. */
function holdsHeadings(row: SheetRow): boolean {
  const standing = standingIn(row);
  return standing.every((cell) => typeof cell === 'string') && new Set(standing).size === standing.length;
}

/** Something above several columns, or beside what stands over two rows, has headings below it. */
function goesOn({ merged }: Sheet, { row }: SheetRow, next: SheetRow | undefined): boolean {
  if (next?.row !== row + 1 || !holdsHeadings(next)) return false;
  return merged.some(
    ({ fromRow, toRow, fromColumn, toColumn }) =>
      fromRow === row && (toRow === row + 1 || (toRow === row && toColumn > fromColumn)),
  );
}

/**
 * The row that looks most like a header: the first that is filled at least half as wide as the widest, with different
 * texts alone; else the one with the most texts. Shown to the user, who may say another.
 */
export function guessHeader(sheet: Sheet): GuessedHeader {
  const rows = sheet.rows.slice(0, rowsLooked);
  const width = Math.max(0, ...rows.map((row) => standingIn(row).length));
  const textsIn = ({ cells }: SheetRow): number => cells.filter((cell) => typeof cell === 'string').length;
  const fullest = rows.reduce<SheetRow | undefined>(
    (best, row) => (best === undefined || textsIn(row) > textsIn(best) ? row : best),
    undefined,
  );
  const like = rows.find((row) => standingIn(row).length * 2 >= width && holdsHeadings(row)) ?? fullest;
  if (like === undefined) return { row: 1, two: false };
  return { row: like.row, two: goesOn(sheet, like, rows[rows.indexOf(like) + 1]) };
}
