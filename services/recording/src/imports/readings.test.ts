import { shippedRegister, BodyMatcher, Register } from '@ledger/councils';
import type { LedgerEvent } from '@ledger/events';
import type { Sheet } from '@ledger/spreadsheets';
import { BodyLookup } from './body-lookup';
import { readAmount, readChoice, readWhen } from './cell-readings';
import { NamedLookup } from './named-lookup';
import { namesInCell } from './councils-in-cell';
import { findHeader } from './find-columns';
import type { Mapping } from './mapping';

const setting = { date1904: false, unit: undefined, heading: 'Amount' } as const;
const inCsv = { ...setting, date1904: undefined };

test.each([
  ['3/4/2019', '3/4/2019'],
  ['w/c 4 June 2018', 'w/c 4 June 2018'],
  ['4-7 Sept 18', '4-7 Sept 18'],
  [43_347, '2018-09-04'],
  [{ date: '2018-09-04' }, '2018-09-04'],
  [201_819, '2018/19'],
])('a cell with %p is read as %s', (cell, text) => expect(readWhen(cell, setting)).toEqual({ text }));

test.each([
  ['Sept 18', setting, 'a month of 2018'],
  ['43347', inCsv, '4 September 2018, or 5 September 2022'],
])('“%s” can be read in two ways, and is asked about', (cell, how, says) =>
  expect(readWhen(cell, how)).toMatchObject({
    fault: { level: 'question', code: 'date-two-ways', message: expect.stringContaining(says) as string },
  }),
);

test.each([
  ['£12,500', '12,500'],
  [12_500.5, '12500.5'],
  ['1.2m', '1.2m'],
  ['30k', '30k'],
  ['(12,500)', '-12,500'],
])('an amount of %p is read as %s', (cell, text) => expect(readAmount(cell, setting)).toEqual({ text }));

test.each([
  ['12,50', 'Amount', 'amount-two-ways', '12.50'],
  ['1.234', 'Amount', 'amount-two-ways', '1,234'],
  ['12', 'Saving (£000)', 'unit-two-ways', '12k'],
  ['3', 'Saving, £m', 'unit-two-ways', '3m'],
])('an amount “%s” under “%s” is asked about, not guessed', (cell, heading, code, suggestion) =>
  expect(readAmount(cell, { ...setting, heading })).toMatchObject({
    fault: { level: 'question', code, suggestion },
  }),
);

test('a mapping says what numbers count', () =>
  expect(readAmount('12', { ...setting, heading: 'Saving (£000)', unit: 'thousands' })).toEqual({
    text: '12k',
  }));

test.each(['£12,500', '(£12,500)'])('pounds “%s” in a column of thousands are asked about', (cell) =>
  expect(readAmount(cell, { ...setting, unit: 'thousands' })).toMatchObject({
    fault: { level: 'question', code: 'amount-two-ways' },
  }),
);

test('choices are read whatever their case; others are refused with the nearest', () => {
  expect(readChoice('RECIPIENT', ['recipient', 'host'])).toEqual({ text: 'recipient' });
  expect(readChoice('Y', ['yes', 'no'])).toEqual({ text: 'yes' });
  expect(readChoice('Lib', ['Labour', 'Liberal Democrat'])).toMatchObject({
    fault: { code: 'not-among', suggestion: 'Liberal Democrat' },
  });
});

test('offers are read by label or id; one that is not there is refused with the nearest', () => {
  const offers = [
    { id: 'corporate', label: 'Corporate peer challenge' },
    { id: 'cyber', label: 'Cyber & security' },
  ];
  const lookup = new NamedLookup(offers, 'offer');
  expect(lookup.read('corporate PEER challenge')).toEqual({ text: 'corporate' });
  expect(lookup.read('Cyber and Security')).toEqual({ text: 'cyber' });
  expect(lookup.read('Corporate challenge')).toMatchObject({
    fault: { level: 'rejected', suggestion: 'Corporate peer challenge' },
  });
});

describe('councils in one cell', () => {
  const register = Register.fromFacts(
    shippedRegister().map(({ bodyId, eventId, type, data }, at) => ({
      position: BigInt(at + 1),
      eventId,
      bodyId,
      // Validated against the type's schema when the file was read.
      event: { type, data } as LedgerEvent,
    })),
  );
  const bodies = new BodyLookup(new BodyMatcher(register));
  test.each([
    ['Watford; Elmbridge\nLeeds', ['Watford', 'Elmbridge', 'Leeds']],
    ['Watford, Elmbridge and Leeds', ['Watford', 'Elmbridge', 'Leeds']],
    ['Adur and Worthing', ['Adur', 'Worthing']],
    ['Bath and North East Somerset', ['Bath and North East Somerset']],
    ['Brighton & Hove / Leeds', ['Brighton & Hove', 'Leeds']],
    ['Watford, Elmbrigde, Leeds', ['Watford', 'Elmbrigde', 'Leeds']],
  ])('“%s” names %p', (text, names) => expect(namesInCell(text, '2018-09-04', bodies)).toEqual({ names }));
});

describe('the header of a sheet', () => {
  const mapping: Mapping = {
    name: 'tracker',
    label: 'Tracker',
    type: 'SupportProvided',
    columns: [
      { heading: 'Council', field: 'bodies.recipient' },
      { heading: 'Dates / From', field: 'occurred.from' },
      { heading: 'Dates / To', field: 'occurred.to' },
    ],
    fixed: [],
  };
  const sheetOf = (rows: readonly (readonly (string | undefined)[])[]): Sheet => ({
    name: 'One',
    hidden: false,
    rows: rows.map((cells, at) => ({ row: at + 1, hidden: false, cells })),
    hiddenColumns: new Set(),
    merged: [{ fromRow: 2, toRow: 2, fromColumn: 1, toColumn: 2 }],
  });
  test('is found below titles and over two rows', () => {
    const found = findHeader(
      sheetOf([
        ['Tracker of the team'],
        [undefined, 'Dates'],
        ['COUNCIL *', 'From', 'To', 'Notes'],
        ['Watford'],
      ]),
      mapping,
      new Set(['bodies.recipient']),
    );
    expect(found).toMatchObject({
      header: { row: 3, columns: [{ column: 0 }, { column: 1 }, { column: 2 }], unmapped: ['Notes'] },
    });
  });
  test('with a heading twice is asked about; without a required one it is refused', () => {
    expect(findHeader(sheetOf([['Council', 'Dates / To', 'Council']]), mapping, new Set())).toMatchObject({
      faults: [{ heading: 'Council', fault: { level: 'question' } }],
    });
    expect(
      findHeader(sheetOf([['Council', 'Dates / To']]), mapping, new Set(['occurred.from'])),
    ).toMatchObject({
      faults: [{ heading: 'Dates / From', fault: { level: 'rejected' } }],
    });
  });
});
