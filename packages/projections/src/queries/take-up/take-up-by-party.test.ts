import fc from 'fast-check';
import { withheldGroups } from './take-up-by-party';

const withheld = (sizes: Readonly<Record<string, number>>): string[] => [
  ...withheldGroups(new Map(Object.entries(sizes))),
];

test('groups of five or more are shown', () => expect(withheld({ a: 5, b: 300 })).toEqual([]));

test('a small group is withheld with the next smallest, since one alone could be worked out from the total', () => {
  expect(withheld({ a: 3, b: 9, c: 300 })).toEqual(['a', 'b']);
});

test('small groups whose sum would tell who is in them are withheld with another', () => {
  expect(withheld({ a: 1, b: 1, c: 40, d: 300 })).toEqual(['a', 'b', 'c']);
});

test('nobody is no small group', () => expect(withheld({ a: 0, b: 20 })).toEqual([]));

test('what is withheld is never one group alone where there are others, nor fewer than five people', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 9 }), (list) => {
      const sizes = new Map(list.map((size, at) => [String(at), size]));
      const hidden = withheldGroups(sizes);
      const small = list.filter((size) => size > 0 && size < 5).length;
      const others = list.filter((size) => size > 0).length;
      const people = [...hidden].reduce((sum, group) => sum + (sizes.get(group) ?? 0), 0);
      expect(hidden.size >= small).toBe(true);
      expect(hidden.size === 0 || hidden.size >= Math.min(2, others)).toBe(true);
      expect(hidden.size === 0 || hidden.size === others || people >= 5).toBe(true);
    }),
  );
});
