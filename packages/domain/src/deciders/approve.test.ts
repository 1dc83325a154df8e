import { derivedId } from '@ledger/events';
import { evolveThing, newThing } from '../things/fold';
import type { Thing } from '../things/thing';
import { decideApproval, type ApprovalContext } from './approve';
import { DecisionRefused } from './refusal';

const [ada, bo] = [derivedId('test', 'ada'), derivedId('test', 'bo')];
const id = derivedId('test', 'record');

/** A record of one event, or of more that were withdrawals and their undoing. */
function recorded(later: readonly ('ActivityWithdrawn' | 'ActivityReinstated')[] = []): Thing {
  const occurred = { from: '2025-06-03', to: '2025-06-03', basis: 'stated' } as const;
  const bodies = [{ body: derivedId('test', 'body'), role: 'recipient' as const }];
  const events = [
    { type: 'SupportProvided', data: { offer: 'o', occurred, bodies } } as const,
    ...later.map((type) => ({ type, data: { reason: 'other' } }) as const),
  ];
  return events.reduce<Thing>(
    (thing, event, at) =>
      evolveThing(thing, {
        eventId: derivedId('test', String(at)),
        position: BigInt(at + 1),
        revision: BigInt(at),
        illustrative: false,
        actor: 'somebody',
        event,
      }),
    newThing('activity', id),
  );
}

function codeOf(thing: Thing, context: ApprovalContext): string {
  try {
    decideApproval(thing, context);
  } catch (error) {
    if (error instanceof DecisionRefused) return error.faults[0]?.code ?? '';
    throw error;
  }
  return 'approved';
}

test('an approval names the record and the revision that was looked at', () =>
  expect(decideApproval(recorded(), { actor: bo, writers: [ada], approved: undefined })).toEqual({
    type: 'RecordApproved',
    data: { record: { kind: 'activity', id }, revision: 0 },
  }));

test.each([
  ['who wrote it', [ada], undefined, ada, 'second-person'],
  ['who wrote any of it', [ada, bo, ada], undefined, bo, 'second-person'],
  ['who wrote only what was approved since', [bo, ada, ada], 0n, bo, 'approved'],
  ['who changed it after it was approved', [bo, ada, ada], 0n, ada, 'second-person'],
] as const)('somebody %s: %p, approved up to %p, by %s is %s', (_who, writers, approved, actor, code) => {
  const thing = recorded(writers.length === 1 ? [] : ['ActivityWithdrawn', 'ActivityReinstated']);
  expect(codeOf(thing, { actor, writers, approved })).toBe(code);
});

test('what is approved as it stands, withdrawn or not there is not approved', () => {
  expect(codeOf(recorded(), { actor: bo, writers: [ada], approved: 0n })).toBe('approved-once');
  const gone = { actor: bo, writers: [ada, ada], approved: undefined };
  expect(codeOf(recorded(['ActivityWithdrawn']), gone)).toBe('record-stands');
  const none = { actor: bo, writers: [], approved: undefined };
  expect(codeOf(newThing('activity', id), none)).toBe('record-exists');
});
