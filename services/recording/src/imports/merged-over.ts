import type { MergedCells, Sheet } from '@ledger/spreadsheets';

interface Reach {
  readonly from: number;
  readonly to: number;
  readonly merged: MergedCells;
}

/**
 * Says which merged cells reach over a row or column, asked from the first on: a file may have merged cells in each of many
 * rows, and each is looked at once. They do not overlap; of a file that says they do, the ones that reach furthest are told.
 */
class Reaching {
  readonly #reaches: readonly Reach[];
  #next = 0;
  #furthest: Reach | undefined;

  constructor(reaches: readonly Reach[]) {
    this.#reaches = reaches.toSorted((a, b) => a.from - b.from);
  }

  over(place: number): MergedCells | undefined {
    let one = this.#reaches[this.#next];
    while (one !== undefined && one.from <= place) {
      if (this.#furthest === undefined || one.to >= this.#furthest.to) this.#furthest = one;
      this.#next += 1;
      one = this.#reaches[this.#next];
    }
    return this.#furthest !== undefined && this.#furthest.to >= place ? this.#furthest.merged : undefined;
  }
}

/** Says which merged cells reach over a column of one row, asked from the left to the right. */
export function mergedInRow(
  { merged }: Pick<Sheet, 'merged'>,
  row: number,
): (column: number) => MergedCells | undefined {
  const reaching = new Reaching(
    merged
      .filter(({ fromRow, toRow }) => fromRow <= row && row <= toRow)
      .map((one) => ({ from: one.fromColumn, to: one.toColumn, merged: one })),
  );
  return (column) => reaching.over(column);
}

/** Says which merged cells reach over a row of one column, asked from the top to the bottom. */
export function mergedInColumn(
  { merged }: Pick<Sheet, 'merged'>,
  column: number,
): (row: number) => MergedCells | undefined {
  const reaching = new Reaching(
    merged
      .filter(({ fromColumn, toColumn }) => fromColumn <= column && column <= toColumn)
      .map((one) => ({ from: one.fromRow, to: one.toRow, merged: one })),
  );
  return (row) => reaching.over(row);
}
