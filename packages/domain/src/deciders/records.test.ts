import { derivedId, type EventData, type LedgerEvent } from '@ledger/events';
import { linesOf } from '../lines/lines';
import { evolveThing, newThing } from '../things/fold';
import type { Thing } from '../things/thing';
import {
  decideCorrection,
  decideMerge,
  decideMergeUndone,
  decideReinstatement,
  decideWithdrawal,
} from './change';
import type { DecidedEvent, DecisionContext } from './decision';
import { decideRecording } from './record';
import { DecisionRefused } from './refusal';

const context: DecisionContext = {
  today: '2020-03-01',
  bodies: { problemDuring: () => null },
  offers: { offer: () => ({ peerChallenge: false, countedLevel: null }), savingsArea: () => true },
};
const body = derivedId('test', 'body');
const person = derivedId('test', 'person');
const occurred = { from: '2019-06-01', to: '2019-06-01', basis: 'stated' } as const;
const support = (title: string): LedgerEvent => ({
  type: 'SupportProvided',
  data: { offer: 'o', title, occurred, bodies: [{ body, role: 'recipient' }] },
});
const place = (
  type: 'PlaceBooked' | 'CouncillorTrained' | 'CourseCompleted' | 'PlaceGivenUp',
  more = {},
): LedgerEvent => ({
  type,
  data: { offer: 'o', occurred, person, body, course: 'Course', party: 'Labour', ...more },
});
const started: LedgerEvent = { type: 'MembershipStarted', data: { offer: 'o', body, from: '2015-01-01' } };
const ended = (on: string): LedgerEvent => ({ type: 'MembershipEnded', data: { offer: 'o', body, on } });
const because = { reason: 'other' } as const;

let events = 0;
/** Folds decided events, as if they had been recorded. */
function after(thing: Thing, ...decided: readonly DecidedEvent[]): Thing {
  return decided.reduce(
    (folded, event) =>
      evolveThing(folded, {
        eventId: derivedId('event', String(++events)),
        position: BigInt(events),
        revision: folded.revision + 1n,
        illustrative: false,
        actor: 'somebody',
        event,
      }),
    thing,
  );
}
const nothing = (id = 'a', kind: Thing['kind'] = 'activity'): Thing => newThing(kind, derivedId('thing', id));
const given = (...decided: readonly DecidedEvent[]): Thing => after(nothing(), ...decided);
const eventOf = (thing: Thing, at = 0): string => thing.contents[at]?.eventId ?? '';

/** The rule that refuses, or undefined. */
function refusal(decide: () => unknown): string | undefined {
  try {
    decide();
    return undefined;
  } catch (error) {
    if (error instanceof DecisionRefused) return error.faults[0]?.code;
    throw error;
  }
}

describe('recording', () => {
  test.each([
    ['a first record', given(), support('x'), undefined],
    ['a second record under the same id', given(support('x')), support('y'), 'duplicate-id'],
    [
      'anything on a withdrawn record',
      given(support('x'), { type: 'ActivityWithdrawn', data: because }),
      support('y'),
      'record-stands',
    ],
    ['an attendance without a booking', given(), place('CouncillorTrained'), undefined],
    ['an attendance after a booking', given(place('PlaceBooked')), place('CouncillorTrained'), undefined],
    [
      'an attendance of another person',
      given(place('PlaceBooked')),
      place('CouncillorTrained', { person: body }),
      'same-place',
    ],
    [
      'an attendance on another course',
      given(place('PlaceBooked')),
      place('CouncillorTrained', { course: 'Other' }),
      'same-place',
    ],
    ['a second attendance', given(place('CouncillorTrained')), place('CouncillorTrained'), 'step-once'],
    ['giving up a booked place', given(place('PlaceBooked')), place('PlaceGivenUp'), undefined],
    [
      'giving up an attended place',
      given(place('PlaceBooked'), place('CouncillorTrained')),
      place('PlaceGivenUp'),
      'given-up-after-booked',
    ],
    ['giving up nothing', given(), place('PlaceGivenUp'), 'given-up-after-booked'],
    ['the end of a membership', given(started), ended('2019-01-01'), undefined],
    ['the end of none', given(), ended('2019-01-01'), 'membership-started'],
    ['an end on the first day', given(started), ended('2015-01-01'), 'ended-after-started'],
    ['support on a place', given(place('PlaceBooked')), support('x'), 'duplicate-id'],
  ] as const)('%s', (_what, thing, event, refusedBy) => {
    expect(refusal(() => decideRecording(thing, event, context))).toBe(refusedBy);
  });
});

describe('corrections', () => {
  const thing = given(support('first'));
  test('replace the whole content, and the old stays in the log', () => {
    const decided = decideCorrection(thing, { ...because, content: support('second') }, context);
    expect(decided.events).toMatchObject([
      {
        type: 'ActivityCorrected',
        data: { corrects: eventOf(thing), reason: 'other', content: { title: 'second' } },
      },
    ]);
    expect(after(thing, ...decided.events).contents[0]?.event).toEqual(support('second'));
  });
  test.each([
    ['of a record that is not there', nothing(), support('x'), undefined, 'record-exists'],
    ['that changes nothing', thing, support('first'), undefined, 'correction-changes'],
    ['that changes the type', thing, place('PlaceBooked'), undefined, 'type-never-changes'],
    ['of an event of another record', thing, support('x'), body, 'content-exists'],
    [
      'of one of several steps without saying which',
      given(place('PlaceBooked'), place('CouncillorTrained')),
      place('PlaceBooked', { course: 'x' }),
      undefined,
      'content-exists',
    ],
    [
      'of what is withdrawn',
      given(support('x'), { type: 'ActivityWithdrawn', data: because }),
      support('y'),
      undefined,
      'record-stands',
    ],
  ] as const)('%s are refused', (_what, target, content, corrects, rule) => {
    expect(
      refusal(() =>
        decideCorrection(
          target,
          { ...because, content, ...(corrects !== undefined && { corrects }) },
          context,
        ),
      ),
    ).toBe(rule);
  });
  test('of a claim are revisions', () => {
    const data: EventData<'SavingsRecorded'> = {
      title: 'Claim',
      bodies: [],
      occurred,
      gainType: 'income',
      realisation: 'identified',
      amounts: [{ fromYear: 201920, toYear: 201920, basis: 'forecast', grossPence: 100, qualifier: 'exact' }],
      recurrence: 'one-off',
      source: 'test',
      method: 'not stated',
    };
    const claim = after(nothing('c', 'claim'), { type: 'SavingsRecorded', data });
    const content: LedgerEvent = { type: 'SavingsRecorded', data: { ...data, title: 'Claim, revised' } };
    const { events: decided } = decideCorrection(claim, { ...because, content }, context);
    expect(decided[0]?.type).toBe('ClaimRevised');
    expect(after(claim, ...decided).contents[0]?.event).toEqual(content);
    expect(decideWithdrawal(claim, because).events[0]?.type).toBe('ClaimWithdrawn');
  });
});

describe('withdrawals', () => {
  const thing = given(place('PlaceBooked'), place('CouncillorTrained'));
  test('take the whole record, or one event of it, and can be undone', () => {
    const whole = after(thing, ...decideWithdrawal(thing, because).events);
    expect(linesOf(whole)).toEqual([]);
    expect(
      linesOf(after(whole, ...decideReinstatement(whole, because).events)).map(({ kind }) => kind),
    ).toEqual(['booking', 'attendance']);
    const withdraws = eventOf(thing, 1);
    const part = after(thing, ...decideWithdrawal(thing, { ...because, withdraws }).events);
    expect(linesOf(part).map(({ kind }) => kind)).toEqual(['booking']);
    expect(
      linesOf(after(part, ...decideReinstatement(part, { ...because, reinstates: withdraws }).events)),
    ).toHaveLength(2);
    expect(refusal(() => decideWithdrawal(whole, because))).toBe('record-stands');
    expect(refusal(() => decideWithdrawal(part, { ...because, withdraws }))).toBe('content-stands');
  });
  test('of nothing, and reinstatements of what stands, are refused', () => {
    expect(refusal(() => decideWithdrawal(nothing(), because))).toBe('record-exists');
    expect(refusal(() => decideReinstatement(thing, because))).toBe('is-withdrawn');
  });
});

describe('merges', () => {
  const one = after(nothing('one'), support('x'));
  const other = after(nothing('other'), support('y'));
  test('leave one of two records, and can be undone in both', () => {
    const decided = decideMerge(one, other, because);
    const merged = after(one, decided.merged);
    const survivor = after(other, decided.survivor);
    expect([linesOf(merged).length, linesOf(survivor).length]).toEqual([0, 2]);
    expect(survivor.merged).toEqual([one.id]);
    const undone = decideMergeUndone(merged, survivor, because);
    expect([linesOf(after(merged, undone.merged)).length, after(survivor, undone.survivor).merged]).toEqual([
      2,
      [],
    ]);
    expect(refusal(() => decideMerge(merged, survivor, because))).toBe('record-stands');
  });
  test.each([
    ['with itself', one, one, 'two-records'],
    ['with what is not there', one, nothing('none'), 'record-exists'],
    ['of different things', one, after(nothing('place'), place('PlaceBooked')), 'same-type'],
  ] as const)('%s are refused', (_what, merged, survivor, rule) => {
    expect(refusal(() => decideMerge(merged, survivor, because))).toBe(rule);
  });
  test('that were not made are not undone', () =>
    expect(refusal(() => decideMergeUndone(one, other, because))).toBe('is-merged'));
});
