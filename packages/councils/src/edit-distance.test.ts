import fc from 'fast-check';
import { editDistance } from './edit-distance';

/** By its definition: every way to get from one text to the other, the shortest counts. */
function stepsBetween(a: string, b: string): number {
  const known = new Map<string, number>();
  const steps = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${i} ${j}`;
    const found =
      known.get(key) ??
      Math.min(
        steps(i - 1, j) + 1,
        steps(i, j - 1) + 1,
        steps(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ...(i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? [steps(i - 2, j - 2) + 1]
          : []),
      );
    known.set(key, found);
    return found;
  };
  return steps(a.length, b.length);
}

test.each([
  ['watford', 'watfrod', 1],
  ['leeds', 'leads', 1],
  ['derby', 'drby', 1],
  ['adur', 'adur', 0],
  ['', 'york', 4],
])('from “%s” to “%s” it is %p steps', (one, other, steps) => {
  expect(editDistance(one, other, 4)).toBe(steps);
});

test('it is the shortest way up to the limit, and more than the limit beyond it', () => {
  // Few letters, so that many are alike.
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 9 }), (one, other, limit) => {
      const steps = stepsBetween(one, other);
      const found = editDistance(one, other, limit);
      expect(Math.min(found, limit + 1)).toBe(Math.min(steps, limit + 1));
    }),
    { numRuns: 2000 },
  );
});
