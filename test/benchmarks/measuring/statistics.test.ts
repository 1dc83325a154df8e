import fc from 'fast-check';
import { figureOf, median, quantile, spreadOf } from './statistics';

test('the median is the middle value, and between two in the middle their mean', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])]).toEqual([2, 2.5, 7]);
});

test('the 99th hundredth of a hundred calls is the last but one: one slow call in a hundred is let be', () => {
  const calls = Array.from({ length: 100 }, (_, at) => at + 1);
  expect([quantile(calls, 0.99), quantile(calls, 0.5), quantile(calls, 1)]).toEqual([99, 50, 100]);
  expect(quantile([5, 9], 0.99)).toBe(9);
});

test('of nothing there is neither median nor quantile', () => {
  expect(() => median([])).toThrow('nothing');
  expect(() => quantile([], 0.5)).toThrow('nothing');
});

test('the spread is how far the rounds lie apart, as a share of the median', () => {
  expect(spreadOf(figureOf([90, 100, 115]))).toBeCloseTo(0.25);
  expect(figureOf([90, 100, 115])).toEqual({ median: 100, least: 90, most: 115, rounds: 3 });
  expect(spreadOf(figureOf([0, 0, 0]))).toBe(0);
});

test('the order of the values changes nothing, and every quantile is one of them', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const reversed = [...list].reverse();
      expect(median(reversed)).toBe(median(list));
      expect(quantile(reversed, share)).toBe(quantile(list, share));
      expect(list).toContain(quantile(list, share));
      const { least, median: middle, most } = figureOf(list);
      expect(least <= middle && middle <= most).toBe(true);
    }),
  );
});
