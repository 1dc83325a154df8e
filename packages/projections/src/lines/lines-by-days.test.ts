import { LinesByDays } from './lines-by-days';
import { linesOfSegments } from './sheet-lines';
import { packLine } from './posting-codec';
import { ByteWriter } from './varint';

/** A sheet with a line for each pair of days. */
function sheetOf(days: readonly (readonly [number, number])[]): ReturnType<typeof linesOfSegments> {
  const writer = new ByteWriter();
  for (const [at, [from, to]] of days.entries())
    packLine(writer, at === 0 ? 0 : 1, 0, 1, 1, 0, 0, 1, from, to);
  const last = days.length;
  const totals = { linesBefore: 0, quantityBefore: 0, linesAfter: last, quantityAfter: last };
  const bytes = writer.bytes();
  return linesOfSegments([{ partition: 0, sheet: 1, first: 1, last, postings: last, ...totals, bytes }]);
}

const days = [
  [10, 20],
  [5, 12],
  [21, 30],
  [11, 40],
] as const;

describe('the lines of a sheet within bounds of days', () => {
  it.each([
    ['that begin and end within a span', { beginsFrom: 10, endsBy: 20 }, [0]],
    ['that touch a span', { beginsBy: 20, endsFrom: 10 }, [0, 1, 3]],
    ['that end before a day', { endsBy: 12 }, [1]],
    ['that begin by a day', { beginsBy: 10 }, [0, 1]],
    ['that are of exactly two days', { beginsFrom: 21, beginsBy: 21, endsFrom: 30, endsBy: 30 }, [2]],
    ['without bounds', {}, [0, 1, 2, 3]],
    ['where there is none', { beginsFrom: 50 }, []],
  ] as const)('are those %s', (_, bounds, expected) => {
    const byDays = new LinesByDays();
    const sheet = sheetOf(days);
    expect(byDays.within(bounds)(sheet)).toEqual(expected);
    expect(byDays.within({ ...bounds })(sheet)).toEqual(expected);
  });

  it('are found anew in a sheet that has grown', () => {
    const byDays = new LinesByDays();
    const bounds = { beginsFrom: 10, endsBy: 20 };
    expect(byDays.within(bounds)(sheetOf(days))).toEqual([0]);
    expect(byDays.within(bounds)(sheetOf([...days, [10, 11]]))).toEqual([0, 4]);
  });
});
