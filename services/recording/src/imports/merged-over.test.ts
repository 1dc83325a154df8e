import fc from 'fast-check';
import { mergedInColumn, mergedInRow } from './merged-over';

/** Merged cells that do not overlap, as no two do in a sheet: at most one begins in each field of a grid. */
const field = 5;
const mergedCells = fc
  .uniqueArray(
    fc.record({
      down: fc.nat(4),
      right: fc.nat(4),
      rows: fc.integer({ min: 1, max: field }),
      columns: fc.integer({ min: 1, max: field }),
    }),
    { selector: ({ down, right }) => `${down} ${right}` },
  )
  .map((all) =>
    all.map(({ down, right, rows, columns }) => ({
      fromRow: down * field + 1,
      toRow: down * field + rows,
      fromColumn: right * field,
      toColumn: right * field + columns - 1,
    })),
  );

const places = Array.from({ length: 5 * field + 2 }, (_, at) => at);

test('the merged cells over a cell are found, however many there are', () => {
  fc.assert(
    fc.property(mergedCells, (merged) => {
      const over = (row: number, column: number) =>
        merged.find(
          ({ fromRow, toRow, fromColumn, toColumn }) =>
            fromRow <= row && row <= toRow && fromColumn <= column && column <= toColumn,
        );
      for (const column of places) {
        const inColumn = mergedInColumn({ merged }, column);
        expect(places.map(inColumn)).toEqual(places.map((row) => over(row, column)));
      }
      for (const row of places) {
        const inRow = mergedInRow({ merged }, row);
        expect(places.map(inRow)).toEqual(places.map((column) => over(row, column)));
      }
    }),
  );
});
