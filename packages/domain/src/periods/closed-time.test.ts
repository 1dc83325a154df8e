import { derivedId, type LedgerEvent } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { evolveThing, newThing } from '../things/fold';
import type { Thing } from '../things/thing';
import { closedTimeFaults, yearsDated, type ClosedTime } from './closed-time';
import { evolvePeriod, openYear, type PeriodOfYear } from './period-of-year';

const body = derivedId('test', 'body');
const support = (from: string, to = from, offer = 'experts'): LedgerEvent => ({
  type: 'SupportProvided',
  data: { offer, occurred: { from, to, basis: 'stated' }, bodies: [{ body, role: 'recipient' }] },
});
const claim = (day: string, year: number): LedgerEvent => ({
  type: 'SavingsRecorded',
  data: {
    title: 'Claim',
    bodies: [{ body, role: 'recipient' }],
    occurred: { from: day, to: day, basis: 'stated' },
    gainType: 'income',
    realisation: 'identified',
    amounts: [{ fromYear: year, toYear: year, basis: 'forecast', grossPence: 100, qualifier: 'exact' }],
    recurrence: 'one-off',
    source: 'test',
    method: 'not stated',
  },
});
const started = (from: string): LedgerEvent => ({
  type: 'MembershipStarted',
  data: { offer: 'experts', body, from },
});
const ended = (on: string): LedgerEvent => ({
  type: 'MembershipEnded',
  data: { offer: 'experts', body, on },
});

const agreed = (year: number, agreedOn: string): LedgerEvent => ({
  type: 'DeliverableAgreed',
  data: {
    title: 'Deliverable',
    offer: 'experts',
    year,
    agreedOn,
    target: 'Ten',
    greenMeans: 'done',
    amberMeans: 'late',
    redMeans: 'not done',
  },
});
const rated = (asAt: string, rag: 'green' | 'amber' = 'green'): LedgerEvent => ({
  type: 'DeliverableRated',
  data: { asAt, rag },
});
const deliverable = (...events: readonly LedgerEvent[]): Thing =>
  after(newThing('deliverable', 'a'), agreed(201920, '2019-04-05'), ...events);

function after(thing: Thing, ...events: readonly DecidedEvent[]): Thing {
  return events.reduce(
    (folded, event) =>
      evolveThing(folded, {
        eventId: derivedId('event', String(folded.revision)),
        position: 1n,
        revision: folded.revision + 1n,
        illustrative: false,
        actor: 'somebody',
        event,
      }),
    thing,
  );
}
const given = (...events: readonly DecidedEvent[]): Thing => after(newThing('activity', 'a'), ...events);
const corrected = (thing: Thing, to: LedgerEvent): DecidedEvent => ({
  type: 'ActivityCorrected',
  data: {
    corrects: thing.contents[0]?.eventId ?? '',
    type: to.type,
    schemaVersion: 1,
    content: { ...to.data },
    reason: 'other',
  },
});
const withdrawn: DecidedEvent = { type: 'ActivityWithdrawn', data: { reason: 'other' } };
const reinstated: DecidedEvent = { type: 'ActivityReinstated', data: { reason: 'other' } };

type Part = { readonly quarter?: number; readonly programme?: string; readonly offers?: string[] };
function closedParts(...parts: readonly Part[]): ClosedTime {
  const period = parts.reduce<PeriodOfYear>(
    (year, part) =>
      evolvePeriod(year, {
        eventId: 'e',
        position: 1n,
        event: { type: 'PeriodClosed', data: { level: 'provisional', ...part } },
      }),
    openYear(201920),
  );
  const programmes = new Map([
    ['experts', 'productivity'],
    ['advice', 'other'],
  ]);
  return { periods: new Map([[201920, period]]), programmeOf: (offer) => programmes.get(offer) };
}
const year = closedParts({});
const quarter1 = closedParts({ quarter: 1 });
const june = support('2019-06-01');
const refused = (before: Thing, then: Thing, closed: ClosedTime): boolean =>
  closedTimeFaults(before, then, closed).length > 0;

describe('what lies wholly in closed time', () => {
  const nothing = given();
  test.each<[string, boolean, Thing, Thing, ClosedTime]>([
    ['is not recorded', true, nothing, given(june), year],
    ['is recorded while the year is open', false, nothing, given(june), closedParts()],
    ['is not recorded in a closed quarter', true, nothing, given(june), quarter1],
    ['is recorded in another quarter', false, nothing, given(support('2019-07-01')), quarter1],
    [
      'overlaps if it goes on into an open quarter',
      false,
      nothing,
      given(support('2019-06-01', '2019-07-01')),
      quarter1,
    ],
    [
      'overlaps if it goes on into an open year',
      false,
      nothing,
      given(support('2019-06-01', '2020-04-01')),
      year,
    ],
    [
      'lies in closed quarters together',
      true,
      nothing,
      given(support('2019-06-01', '2019-07-01')),
      closedParts({ quarter: 1 }, { quarter: 2 }),
    ],
    ['is not withdrawn', true, given(june), given(june, withdrawn), year],
    ['is not reinstated', true, given(june, withdrawn), given(june, withdrawn, reinstated), year],
    [
      'is not corrected away',
      true,
      given(june),
      after(given(june), corrected(given(june), support('2020-06-01'))),
      year,
    ],
    [
      'is not corrected into',
      true,
      given(support('2020-06-01')),
      after(given(support('2020-06-01')), corrected(given(support('2020-06-01')), june)),
      year,
    ],
    [
      'is not merged away',
      true,
      given(june),
      given(june, { type: 'ActivityMergedInto', data: { survivor: body, reason: 'other' } }),
      year,
    ],
    [
      'is not touched by a merge into it',
      false,
      given(june),
      given(june, { type: 'MergeAccepted', data: { merged: body, reason: 'other' } }),
      year,
    ],
    ['is an amount of that year', true, nothing, given(claim('2020-06-01', 201920)), year],
    ['is no amount of another year', false, nothing, given(claim('2020-06-01', 202021)), year],
    ['is of a closed programme', true, nothing, given(june), closedParts({ programme: 'productivity' })],
    [
      'is of another programme',
      false,
      nothing,
      given(support('2019-06-01', '2019-06-01', 'advice')),
      closedParts({ programme: 'productivity' }),
    ],
    [
      'is of an offer that was in the programme when it was closed',
      true,
      nothing,
      given(support('2019-06-01', '2019-06-01', 'advice')),
      closedParts({ programme: 'productivity', offers: ['advice'] }),
    ],
    ['is a membership that began earlier and goes on', true, nothing, given(started('2018-06-01')), year],
    [
      'is no membership that ended before',
      false,
      nothing,
      given(started('2017-06-01'), ended('2018-06-01')),
      year,
    ],
    [
      'is an end of a membership that lasted beyond',
      true,
      given(started('2018-06-01')),
      given(started('2018-06-01'), ended('2019-01-01')),
      year,
    ],
    [
      'is no end of a membership afterwards',
      false,
      given(started('2018-06-01')),
      given(started('2018-06-01'), ended('2020-05-01')),
      year,
    ],
    [
      'is a deliverable of that year, whenever it was agreed',
      true,
      newThing('deliverable', 'a'),
      after(newThing('deliverable', 'a'), agreed(201920, '2019-03-20')),
      year,
    ],
    [
      'is no deliverable of the next year that was agreed in it',
      false,
      newThing('deliverable', 'a'),
      after(newThing('deliverable', 'a'), agreed(202021, '2020-03-20')),
      year,
    ],
    ['is a rating in a closed quarter', true, deliverable(), deliverable(rated('2019-06-30')), quarter1],
    ['is no rating in another quarter', false, deliverable(), deliverable(rated('2019-08-30')), quarter1],
    [
      'is a rating before it that nothing has replaced since',
      true,
      deliverable(),
      deliverable(rated('2019-05-30')),
      closedParts({ quarter: 2 }),
    ],
    [
      'is a rating of an offer whose programme is closed',
      true,
      deliverable(),
      deliverable(rated('2019-06-30')),
      closedParts({ quarter: 1, programme: 'productivity' }),
    ],
  ])('%s', (_what, expected, before, then, closed) => {
    expect(refused(before, then, closed)).toBe(expected);
  });

  test('is said with the field, the closing and what to do', () => {
    expect(closedTimeFaults(nothing, given(june), quarter1)).toEqual([
      {
        code: 'closed-time',
        path: 'data.occurred',
        message:
          'it lies wholly in closed time, and quarter 1 of 2019/20 is provisionally closed; have it reopened, or propose an adjustment, which a second person approves',
      },
    ]);
  });

  test('does not bind a figure brought forward, which says what a document says', () => {
    const figure: LedgerEvent = {
      type: 'FigureBroughtForward',
      data: {
        figure: 'f',
        value: '1',
        unit: 'count',
        qualifier: 'exact',
        kind: 'flow',
        theme: 't',
        programme: 'p',
        measure: 'm',
        financialYear: 201920,
        document: 'd',
      },
    };
    expect(yearsDated(figure, '2020-06-01')).toEqual([]);
    expect(refused(newThing('observation', 'a'), after(newThing('observation', 'a'), figure), year)).toBe(
      false,
    );
  });
});

test('a membership is dated in every year from its first day to today', () => {
  expect(yearsDated(started('2018-06-01'), '2020-06-01')).toEqual([201819, 201920, 202021]);
});

test('a membership of centuries is dated in the years that may be closed', () => {
  expect(yearsDated(started('1700-06-01'), '2020-06-01')).toContain(201920);
});
