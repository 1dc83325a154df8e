import fc from 'fast-check';
import { noAmounts, type ClaimAmounts } from './claim-amounts';
import type { ClaimOfTable } from './claims-of-table';
import { inShares, notApportioned, partsByBody } from './parts-by-body';

function claim(amounts: Partial<ClaimAmounts>, isOfYearAlone = true): ClaimOfTable {
  return {
    thing: 1,
    offer: null,
    area: null,
    illustrative: false,
    gainType: 'income',
    isOfYear: true,
    isOfYearAlone,
    amounts: { ...noAmounts, ...amounts },
    spans: [],
  };
}

const shared = new Map([
  ['watford', 60],
  ['elmbridge', 40],
]);

test('of a claim of one body all is that body’s, and of a claim of none it is under no body', () => {
  const of = claim({ estimate: 100, delivered: 90, net: 70 });
  expect([...partsByBody(of, new Map([['watford', null]]))]).toEqual([['watford', of.amounts]]);
  expect([...partsByBody(of, new Map())]).toEqual([[null, of.amounts]]);
});

test('shares that are given stand under their bodies; an amount that they were not given of is not apportioned', () => {
  const parts = partsByBody(claim({ estimate: 100, delivered: 90, net: 90 }), shared);
  expect([...parts].map(([row, { estimate, delivered, net }]) => [row, estimate, delivered, net])).toEqual([
    ['watford', 60, 0, 0],
    ['elmbridge', 40, 0, 0],
    [notApportioned, 0, 90, 90],
  ]);
});

test('without shares nothing divides what several bodies have, nor in a year what shares are given of several', () => {
  const none = new Map([
    ['watford', null],
    ['elmbridge', null],
  ]);
  const whole = { estimate: 100, lifetimeEstimate: 100 };
  expect([...partsByBody(claim(whole), none)]).toEqual([[notApportioned, { ...noAmounts, ...whole }]]);
  const ofSeveralYears = partsByBody(claim(whole, false), shared);
  expect(
    [...ofSeveralYears].map(([row, { estimate, lifetimeEstimate }]) => [row, estimate, lifetimeEstimate]),
  ).toEqual([
    [notApportioned, 100, 0],
    ['watford', 0, 60],
    ['elmbridge', 0, 40],
  ]);
});

test('a cost is given of the whole claim, so that what is net of it is not apportioned', () => {
  const parts = partsByBody(claim({ delivered: 100, net: 80 }), shared);
  expect([...parts].map(([row, { delivered, net }]) => [row, delivered, net])).toEqual([
    ['watford', 60, 0],
    ['elmbridge', 40, 0],
    [notApportioned, 0, 80],
  ]);
});

test('what is put down to others is cut as the shares are, to the penny, and no body has more of it than its share', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 2, maxLength: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (shares, part) => {
        const whole = shares.reduce((sum, share) => sum + share, 0);
        const pence = Math.floor(whole * part);
        const parts = inShares(pence, shares);
        expect(parts.reduce((sum, one) => sum + one, 0)).toBe(pence);
        for (const [at, one] of parts.entries()) expect(one).toBeLessThanOrEqual(shares[at] ?? 0);
      },
    ),
  );
});
