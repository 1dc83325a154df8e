import fc from 'fast-check';
import { derivedId, type LedgerEvent } from '@ledger/events';
import { linesOf } from '../lines/lines';
import { definitionOf, deliverableOf, progressOf, ratingOn } from '../things/deliverable';
import { evolveThing, newThing } from '../things/fold';
import type { Thing } from '../things/thing';
import { decideCorrection, decideWithdrawal } from './change';
import type { DecisionContext } from './decision';
import { decideRecording } from './record';
import { DecisionRefused } from './refusal';

const context: DecisionContext = {
  today: '2020-06-01',
  bodies: { problemDuring: () => null },
  offers: { offer: () => ({ peerChallenge: false, countedLevel: null }), savingsArea: () => false },
};
const agreed: Extract<LedgerEvent, { type: 'DeliverableAgreed' }> = {
  type: 'DeliverableAgreed',
  data: {
    title: 'Support after a change of control',
    year: 201920,
    agreedOn: '2019-04-01',
    target: 'Every council that changed control',
    targetCount: 75,
    greenMeans: 'done',
    amberMeans: 'will be done by the end of the year',
    redMeans: 'will not be done',
  },
};
type Rated = Extract<LedgerEvent, { type: 'DeliverableRated' }>['data'];
const rated = (asAt: string, rag: Rated['rag'], more: Partial<Rated> = {}): LedgerEvent => ({
  type: 'DeliverableRated',
  data: { asAt, rag, ...more },
});

/** A deliverable that these events made; the id of an event is its place, from 1. */
function given(...events: readonly LedgerEvent[]): Thing {
  return events.reduce(
    (thing, event, at) =>
      evolveThing(thing, {
        eventId: idOf(at + 1),
        position: BigInt(at + 1),
        revision: BigInt(at),
        illustrative: false,
        actor: 'somebody',
        event,
      }),
    newThing('deliverable', derivedId('test', 'deliverable')),
  );
}
function idOf(place: number): string {
  return derivedId('test-event', String(place));
}
function refusals(decide: () => unknown): readonly string[] {
  try {
    decide();
    return [];
  } catch (error) {
    if (error instanceof DecisionRefused) return error.faults.map(({ code }) => code);
    throw error;
  }
}

describe('rating a deliverable', () => {
  test('is decided when it was agreed, once for each day of its year', () => {
    const half = rated('2019-09-30', 'amber', { achieved: 64 });
    expect(decideRecording(given(agreed), half, context).events).toEqual([half]);
    expect(decideRecording(given(agreed, half), rated('2020-03-31', 'green'), context).events).toHaveLength(
      1,
    );
  });
  test.each([
    ['deliverable-agreed', given(), rated('2019-09-30', 'green')],
    ['rated-in-its-year', given(agreed), rated('2019-03-31', 'green')],
    ['rated-in-its-year', given(agreed), rated('2020-04-01', 'green')],
    ['rated-once', given(agreed, rated('2019-09-30', 'red')), rated('2019-09-30', 'green')],
    ['duplicate-id', given(agreed), agreed],
    [
      'target-counted',
      given({ type: 'DeliverableAgreed', data: withoutCount(agreed.data) }),
      rated('2019-09-30', 'green', { achieved: 1 }),
    ],
    [
      'record-stands',
      given(agreed, { type: 'DeliverableWithdrawn', data: { reason: 'other' } }),
      rated('2019-09-30', 'green'),
    ],
  ])('is refused by %s', (code, thing, event) => {
    expect(refusals(() => decideRecording(thing, event, context))).toEqual([code]);
  });
});

function withoutCount(data: typeof agreed.data): typeof agreed.data {
  const { targetCount: _, ...rest } = data;
  return rest;
}

describe('correcting a deliverable', () => {
  const both = given(agreed, rated('2019-09-30', 'amber', { achieved: 64 }), rated('2020-03-31', 'amber'));
  test('replaces one rating, also on its own day', () => {
    const decision = decideCorrection(
      both,
      { corrects: idOf(2), content: rated('2019-09-30', 'green', { achieved: 66 }), reason: 'typing-error' },
      context,
    );
    expect(decision.events).toMatchObject([{ type: 'DeliverableCorrected', data: { corrects: idOf(2) } }]);
  });
  test.each([
    ['a rating onto the day of another', 2, rated('2020-03-31', 'green'), ['rated-once']],
    [
      'the agreement into a year that its ratings are not of',
      1,
      { ...agreed, data: { ...agreed.data, year: 202021 } },
      ['rated-in-its-year', 'rated-in-its-year'],
    ],
    [
      'the agreement so that its number is gone',
      1,
      { ...agreed, data: withoutCount(agreed.data) },
      ['target-counted'],
    ],
  ] as const)('does not move %s', (_what, place, content, codes) => {
    expect(
      refusals(() => decideCorrection(both, { corrects: idOf(place), content, reason: 'other' }, context)),
    ).toEqual(codes);
  });
  test('withdraws a rating, so that the one before it holds on', () => {
    const [withdrawal] = decideWithdrawal(both, { withdraws: idOf(3), reason: 'other' }).events;
    expect(withdrawal).toMatchObject({ type: 'DeliverableWithdrawn', data: { withdraws: idOf(3) } });
  });
});

test('half-year and year end are both there: 64 of 75, then 68 of 75, which is 91 %', () => {
  const deliverable = deliverableOf(
    given(
      agreed,
      rated('2020-03-31', 'amber', { achieved: 68 }),
      rated('2019-09-30', 'amber', { achieved: 64 }),
    ),
  );
  if (deliverable === undefined) throw new RangeError('It was agreed');
  expect(progressOf(deliverable, ratingOn(deliverable, '2019-06-30'))).toBeNull();
  expect(progressOf(deliverable, ratingOn(deliverable, '2019-09-30'))?.shown).toBe('85%');
  expect(progressOf(deliverable, ratingOn(deliverable, '2019-12-31'))?.numerator).toBe(64);
  expect(progressOf(deliverable, ratingOn(deliverable, '2020-03-31'))).toEqual({
    numerator: 68,
    base: 75,
    percentage: 91,
    shown: '91%',
  });
});

test('more than the target is no share of it', () => {
  const deliverable = deliverableOf(given(agreed, rated('2020-03-31', 'green', { achieved: 80 })));
  if (deliverable === undefined) throw new RangeError('It was agreed');
  expect(progressOf(deliverable, deliverable.ratings[0])).toMatchObject({
    percentage: null,
    shown: '80 against a target of 75',
  });
});

test('a rating means what was agreed, unless it says what it means', () => {
  const own = { greenMeans: 'finished', amberMeans: 'begun', redMeans: 'not begun' };
  const deliverable = deliverableOf(given(agreed, rated('2019-09-30', 'red', own)));
  if (deliverable === undefined) throw new RangeError('It was agreed');
  expect(definitionOf(deliverable, deliverable.ratings[0]).amber).toBe('begun');
  expect(definitionOf(deliverable, undefined).amber).toBe('will be done by the end of the year');
});

test('on every day of its year one line says how it is rated, or none before the first rating', () => {
  const day = fc
    .integer({ min: 0, max: 11 })
    .map((month) => `${month < 9 ? 2019 : 2020}-${String(((month + 3) % 12) + 1).padStart(2, '0')}-15`);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(day, fc.constantFrom('green' as const, 'amber' as const, 'red' as const))),
      day,
      (ratings, asked) => {
        const thing = given(agreed, ...ratings.map(([asAt, rag]) => rated(asAt, rag)));
        const holding = linesOf(thing).filter(
          ({ kind, from, to }) => kind === 'rating' && from <= asked && asked <= to,
        );
        const deliverable = deliverableOf(thing);
        const rating = deliverable && ratingOn(deliverable, asked);
        expect(holding.map(({ subject }) => subject)).toEqual(rating === undefined ? [] : [rating.rag]);
      },
    ),
  );
});

test('withdrawn it has no lines', () => {
  expect(linesOf(given(agreed, { type: 'DeliverableWithdrawn', data: { reason: 'other' } }))).toEqual([]);
});
