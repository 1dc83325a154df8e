import fc from 'fast-check';
import { NumberSet } from './number-set';

/** Some numbers lie near one another, as things recorded in one year do, and some far off. */
const numbers = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 70_000, max: 70_400 }), fc.nat(2_000_000)),
  { maxLength: 60 },
);

function setOf(list: readonly number[]): NumberSet {
  const set = new NumberSet();
  for (const number of list) set.add(number);
  return set;
}

const ascending = (list: Iterable<number>): number[] => [...list].sort((a, b) => a - b);

test('holds what was added and not taken out again, in order', () => {
  fc.assert(
    fc.property(numbers, numbers, (added, taken) => {
      const expected = new Set<number>();
      const set = new NumberSet();
      for (const number of added) {
        expect(set.add(number)).toBe(!expected.has(number));
        expected.add(number);
      }
      for (const number of taken) {
        set.delete(number);
        expected.delete(number);
      }
      const told: number[] = [];
      set.forEach((number) => told.push(number));
      expect(told).toEqual(ascending(expected));
      expect([...set]).toEqual(told);
      expect(set.size).toBe(expected.size);
      for (const number of [...added, ...taken]) expect(set.has(number)).toBe(expected.has(number));
    }),
  );
});

test('joins another set, and keeps what is in both', () => {
  fc.assert(
    fc.property(numbers, numbers, (one, other) => {
      const both = new Set(one.filter((number) => other.includes(number)));
      const within = setOf(one).within(setOf(other));
      expect([...within]).toEqual(ascending(both));
      expect(within.size).toBe(both.size);
      const all = setOf(one);
      all.addAll(setOf(other));
      expect([...all]).toEqual(ascending(new Set([...one, ...other])));
      expect(all.size).toBe(new Set([...one, ...other]).size);
    }),
  );
});

test('puts several sets together, and leaves each as it was', () => {
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 5 }), (lists) => {
      const sets = lists.map(setOf);
      const all = NumberSet.union(sets);
      expect([...all]).toEqual(ascending(new Set(lists.flat())));
      expect(all.size).toBe(new Set(lists.flat()).size);
      expect(sets.map((set) => [...set])).toEqual(lists.map((list) => ascending(new Set(list))));
    }),
  );
});

test('tells those below a number, the greatest first', () => {
  fc.assert(
    fc.property(numbers, fc.nat(2_000_000), fc.integer({ min: 1, max: 9 }), (list, bound, limit) => {
      const expected = ascending(new Set(list)).filter((number) => number < bound);
      expect(setOf(list).below(bound, limit)).toEqual(expected.reverse().slice(0, limit));
    }),
  );
});

test('takes no room for numbers before its first', () => {
  expect(setOf([9_000_000, 9_000_100]).bytes).toBeLessThan(100);
});
