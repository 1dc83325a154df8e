import fc from 'fast-check';
import { jsonPieces } from './json-pieces';

const inOne = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one));

test('the pieces of anything are what it is as JSON', () => {
  const { anything } = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.jsonValue(), fc.bigInt(), fc.constant(undefined), fc.date({ noInvalidDate: true })),
    anything: fc.oneof(
      { depthSize: 'small' },
      tie('leaf'),
      fc.array(tie('anything'), { maxLength: 9 }),
      fc.dictionary(fc.string(), tie('anything'), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(anything, fc.nat(4), fc.integer({ min: 1, max: 4 }), (value, depth, atOnce) => {
      fc.pre(value !== undefined);
      expect([...jsonPieces(value, depth, atOnce)].join('')).toBe(inOne(value));
    }),
    { numRuns: 1000 },
  );
});

test('a list within an answer is parted, however long it is', () => {
  const rows = Array.from({ length: 10_000 }, (_, row) => ({ row, faults: ['wrong'] }));
  const pieces = [...jsonPieces({ sheets: [{ name: 'S', rows }] })];
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(5000);
});
