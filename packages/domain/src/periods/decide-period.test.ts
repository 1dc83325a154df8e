import type { EventData } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { DecisionRefused } from '../deciders/refusal';
import { decidePeriod, periodTransitions, type PeriodCommand, type PeriodContext } from './decide-period';
import { evolvePeriod, openYear, partOf, stateOf, type PeriodOfYear } from './period-of-year';

const context: PeriodContext = {
  today: '2020-06-01',
  offersOf: (programme) => (programme === 'productivity' ? ['experts', 'advice'] : undefined),
};
const closed = (
  level: 'provisional' | 'final',
  more: Partial<EventData<'PeriodClosed'>> = {},
): DecidedEvent => ({
  type: 'PeriodClosed',
  data: { level, ...more },
});
const reopened: DecidedEvent = { type: 'PeriodReopened', data: { reason: 'other' } };
const given = (...events: readonly DecidedEvent[]): PeriodOfYear =>
  events.reduce(
    (period, event, at) => evolvePeriod(period, { eventId: String(at), position: BigInt(at + 1), event }),
    openYear(201920),
  );
const whole = partOf({});
const close = (step: 'close-provisionally' | 'close-finally', part = whole): PeriodCommand => ({
  step,
  part,
});
const reopen = (part = whole): PeriodCommand => ({ step: 'reopen', part, reason: 'other' });

/** What a command gives: its events, or the rule that refuses it. */
function outcome(period: PeriodOfYear, command: PeriodCommand): readonly DecidedEvent[] | string | undefined {
  try {
    return decidePeriod(period, command, context);
  } catch (error) {
    if (error instanceof DecisionRefused) return error.faults[0]?.code;
    throw error;
  }
}

describe('closing and reopening a year', () => {
  test.each([
    ['an open year is closed provisionally', given(), close('close-provisionally'), [closed('provisional')]],
    ['an open year is not closed finally at once', given(), close('close-finally'), 'period-state'],
    ['an open year is not reopened', given(), reopen(), 'period-state'],
    [
      'what is provisionally closed is closed finally',
      given(closed('provisional')),
      close('close-finally'),
      [closed('final')],
    ],
    [
      'what is provisionally closed is not closed provisionally again',
      given(closed('provisional')),
      close('close-provisionally'),
      'period-state',
    ],
    ['what is provisionally closed is reopened', given(closed('provisional')), reopen(), [reopened]],
    [
      'what was reopened is closed again',
      given(closed('provisional'), reopened),
      close('close-provisionally'),
      [closed('provisional')],
    ],
    [
      'what is finally closed is never reopened',
      given(closed('provisional'), closed('final')),
      reopen(),
      'period-state',
    ],
    [
      'what is finally closed does not become provisional',
      given(closed('provisional'), closed('final')),
      close('close-provisionally'),
      'period-state',
    ],
    [
      'what is finally closed is not closed again',
      given(closed('provisional'), closed('final')),
      close('close-finally'),
      'period-state',
    ],
    [
      'a year that has not ended is not closed',
      openYear(202021),
      close('close-provisionally'),
      'period-ended',
    ],
    [
      'what is no financial year is not closed',
      openYear(201921),
      close('close-provisionally'),
      'financial-year',
    ],
    [
      'a quarter is closed apart from its year',
      given(closed('provisional')),
      close('close-provisionally', partOf({ quarter: 2 })),
      [closed('provisional', { quarter: 2 })],
    ],
    [
      'a programme is closed with the offers it has',
      given(),
      close('close-provisionally', partOf({ programme: 'productivity' })),
      [closed('provisional', { programme: 'productivity', offers: ['experts', 'advice'] })],
    ],
    [
      'a programme that nobody declared is not closed',
      given(),
      close('close-provisionally', partOf({ programme: 'unknown' })),
      'programme-declared',
    ],
  ] as const)('%s', (_what, period, command, then) => {
    expect(outcome(period, command)).toEqual(then);
  });

  test('the table says of each state and each step what follows, and nothing leads out of final', () => {
    for (const state of ['open', 'provisional', 'final'] as const)
      expect(Object.keys(periodTransitions[state]).sort()).toEqual([
        'close-finally',
        'close-provisionally',
        'reopen',
      ]);
    for (const next of Object.values(periodTransitions.final)) expect(next).toHaveProperty('refused');
  });

  test('parts of a year have states of their own', () => {
    const period = given(
      closed('provisional', { quarter: 1 }),
      closed('final', { quarter: 1 }),
      closed('provisional'),
    );
    expect(stateOf(period, partOf({ quarter: 1 }))).toBe('final');
    expect(stateOf(period, whole)).toBe('provisional');
    expect(stateOf(period, partOf({ quarter: 2 }))).toBe('open');
  });
});
