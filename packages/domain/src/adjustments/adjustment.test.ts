import { derivedId } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { DecisionRefused } from '../deciders/refusal';
import { adjustmentTransitions, decideAdjustment, evolveAdjustment, type Adjustment } from './adjustment';

const [editor, finance] = ['editor', 'finance'];
const stream = (name: string): string => `activity-${derivedId('thing', name)}`;
const proposed = (part: number, name = 'a', parts = part): DecidedEvent => ({
  type: 'AdjustmentProposed',
  data: {
    part,
    parts,
    writes: [
      {
        stream: stream(name),
        after: 0,
        events: [{ id: derivedId('event', name), type: 'ActivityWithdrawn', schemaVersion: 1, data: {} }],
      },
    ],
    reason: 'did-not-happen',
  },
});
const approved: DecidedEvent = { type: 'AdjustmentApproved', data: {} };
const declined: DecidedEvent = { type: 'AdjustmentDeclined', data: {} };

function given(...events: readonly DecidedEvent[]): Adjustment {
  const folded = events.reduce<Adjustment | undefined>(
    (before, event, at) => evolveAdjustment(before, 'x', { eventId: String(at), actor: editor, event }),
    undefined,
  );
  if (folded === undefined) throw new RangeError('Nothing was given');
  return folded;
}

function outcome(adjustment: Adjustment, decision: 'approve' | 'decline', actor: string): unknown {
  try {
    return decideAdjustment(adjustment, { decision, actor });
  } catch (error) {
    if (error instanceof DecisionRefused) return error.faults[0]?.code;
    throw error;
  }
}

test.each([
  ['a second person approves', given(proposed(1)), 'approve', finance, [approved]],
  ['who proposed never approves', given(proposed(1)), 'approve', editor, 'second-person'],
  ['a second person declines', given(proposed(1)), 'decline', finance, [declined]],
  ['who proposed may take it back', given(proposed(1)), 'decline', editor, [declined]],
  [
    'what is approved is not approved again',
    given(proposed(1), approved),
    'approve',
    finance,
    'adjustment-state',
  ],
  ['what is approved is not declined', given(proposed(1), approved), 'decline', finance, 'adjustment-state'],
  [
    'what was not proposed whole is not approved',
    given(proposed(1, 'a', 2)),
    'approve',
    finance,
    'adjustment-state',
  ],
  ['what was not proposed whole is declined', given(proposed(1, 'a', 2)), 'decline', editor, [declined]],
  ['what is declined is not approved', given(proposed(1), declined), 'approve', finance, 'adjustment-state'],
] as const)('%s', (_what, adjustment, decision, actor, then) => {
  expect(outcome(adjustment, decision, actor)).toEqual(then);
});

test('the parts of one proposal are one adjustment', () => {
  expect(given(proposed(1, 'a', 2), proposed(2, 'b')).writes.map((write) => write.stream)).toEqual([
    stream('a'),
    stream('b'),
  ]);
});

test('nothing leads out of approved or declined', () => {
  for (const state of ['approved', 'declined'] as const)
    for (const next of Object.values(adjustmentTransitions[state])) expect(next).toHaveProperty('refused');
});
