import { MemoryReadStore } from '@ledger/read-store';
import fc from 'fast-check';
import { KnownDays } from '../../lines/day-number';
import { LineIndex } from '../../lines/line-index';
import { SelectedLines } from '../../lines/selected-lines';
import { mannerKey, type Manner, type Sheet } from '../../lines/sheet';
import type { SheetLines } from '../../lines/sheet-lines';
import { partiesOf, partiesOfColumns, withheldGroups } from './take-up-by-party';

const sheet: Sheet = {
  kind: 'attendance',
  event: 'CouncillorTrained',
  offer: 'leadership-academy',
  amountFrom: null,
  amountTo: null,
  illustrative: false,
  year: 201617,
};

const noManner: Manner = {
  role: 'participant',
  party: null,
  subject: null,
  savingsArea: null,
  gainType: null,
  realisation: null,
  assurance: null,
  amountBasis: null,
  qualifier: null,
};

/** Lines that differ in manner and person only. */
function columnsOf(lines: readonly { readonly manner: number; readonly person: number }[]): SheetLines {
  const { length } = lines;
  return {
    length,
    position: Float64Array.from(lines.keys()),
    went: new Float64Array(length).fill(Infinity),
    thing: Float64Array.from(lines.keys()),
    manner: Uint32Array.from(lines, ({ manner }) => manner),
    body: new Uint32Array(length),
    person: Uint32Array.from(lines, ({ person }) => person),
    quantity: new Float64Array(length).fill(1),
    fromDay: new Int32Array(length),
    toDay: new Int32Array(length),
    reportYear: new Uint8Array(length),
  };
}

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

test('the parties of lines in columns are those of the lines', async () => {
  const store = new MemoryReadStore();
  const parties = ['Green', 'Labour', null] as const;
  await store.advance({ partition: 0, from: 0, to: 1 }, async (step) => {
    await step.intern(
      'manner',
      parties.map((party) => mannerKey({ ...noManner, party })),
    );
    await step.intern('person', ['p1', 'p2', 'p3', 'p4']);
  });
  const index = new LineIndex(store);
  await index.refresh(1);
  const line = fc.record({ manner: fc.integer({ min: 1, max: 3 }), person: fc.integer({ min: 0, max: 4 }) });
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 6 }), { maxLength: 4 }), (sheets) => {
      const parts = sheets.map((lines) => ({
        sheet,
        lines: columnsOf(lines),
        selected: Uint32Array.from(lines.keys()),
      }));
      const selected = new SelectedLines(parts, index, new KnownDays());
      const inColumns = partiesOfColumns(selected);
      const inWords = partiesOf(selected.all());
      expect(inColumns.total).toBe(inWords.total);
      expect(Object.fromEntries(inColumns.sizes)).toEqual(Object.fromEntries(inWords.sizes));
    }),
  );
});
