import fc from 'fast-check';
import { rowWidth, tellDifference, type LineRows } from './line-rows';

/** How often each line is there. */
function counts(rows: LineRows): Map<string, number> {
  const found = new Map<string, number>();
  for (let at = 0; at < rows.length; at += rowWidth) {
    const text = rows.slice(at, at + rowWidth).join(' ');
    found.set(text, (found.get(text) ?? 0) + 1);
  }
  return found;
}

function posted(before: LineRows, after: LineRows): { counts: Map<string, number>; told: number } {
  const found = counts(before);
  let told = 0;
  const tell =
    (sign: number) =>
    (rows: LineRows, at: number): void => {
      told += 1;
      const text = rows.slice(at, at + rowWidth).join(' ');
      const sum = (found.get(text) ?? 0) + sign;
      if (sum === 0) found.delete(text);
      else found.set(text, sum);
    };
  tellDifference(before, after, tell(-1), tell(1));
  return { counts: found, told };
}

const row = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }));
const rows = (maxLength: number): fc.Arbitrary<number[]> =>
  fc
    .array(row, { maxLength })
    .map((list) => list.flatMap(([body, quantity]) => [1, 4, body, 0, quantity, 6000, 6001]));

describe('posting the difference', () => {
  test.each([6, 60])('turns the lines before into the lines after, up to %i of them', (most) => {
    fc.assert(
      fc.property(rows(most), rows(most), (before, after) => {
        expect(posted(before, after).counts).toEqual(counts(after));
      }),
    );
  });

  test('tells nothing of lines that stay, in whatever order', () => {
    fc.assert(
      fc.property(rows(60), (before) => {
        const after: number[] = [];
        for (let at = before.length - rowWidth; at >= 0; at -= rowWidth)
          after.push(...before.slice(at, at + rowWidth));
        expect(posted(before, after).told).toBe(0);
      }),
    );
  });
});
