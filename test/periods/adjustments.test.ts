import { DecisionRefused } from '@ledger/domain';
import { decideOnAdjustment, importRecords, proposeAdjustment, Recording } from '@ledger/recording';
import { derivedId } from '@ledger/events';
import { smallAppends } from '../running/small-appends';
import { ClosingLedger } from './closing-ledger';

const closedYear = 201920;
const closedDay = '2019-06-03';
const second = derivedId('test-user', 'second');
const editor = derivedId('test-user', 'editor');

let ledger: ClosingLedger;
beforeEach(async () => {
  ledger = await ClosingLedger.start(1);
});
afterEach(() => ledger.stop());

const events = async (): Promise<number> =>
  (await ledger.recount()).annualTotal('events-held', closedYear).value;

/** Proposes a change and gives the id of the adjustment. */
async function propose(change: object, recording = ledger.recording): Promise<string> {
  const outcome = await proposeAdjustment(
    recording,
    ledger.command({ change, reason: 'late-information', note: 'Found in a drawer' }, editor),
  );
  return outcome.records[0]?.id ?? '';
}
const decide = async (id: string, decision: 'approve' | 'decline', actor: string): Promise<string> => {
  try {
    const { events: appended } = await decideOnAdjustment(
      ledger.recording,
      id,
      decision,
      ledger.command({}, actor),
    );
    return `${appended.length} appended`;
  } catch (error) {
    if (error instanceof DecisionRefused) return error.faults[0]?.code ?? '';
    throw error;
  }
};
const held = (title: string): object => ({
  type: 'EventHeld',
  data: { offer: 'p0', title, occurred: { from: closedDay, to: closedDay, basis: 'stated' } },
});

test('a proposal counts nothing, and is recorded when a second person approves it, in one append', async () => {
  await ledger.closeFinally(closedYear);
  const id = await propose({ do: 'record', records: [held('Late'), held('Later')] });
  expect(await events()).toBe(0);
  expect(await decide(id, 'approve', editor)).toBe('second-person');
  expect(await decide(id, 'approve', second)).toBe('3 appended');
  expect(await events()).toBe(2);
  const [approved, ...recorded] = (await ledger.exported()).slice(-3);
  expect(approved?.type).toBe('AdjustmentApproved');
  expect(recorded.map(({ type }) => type)).toEqual(['EventHeld', 'EventHeld']);
  const correlated = new Set(
    [approved, ...recorded].map((event) => Reflect.get(event ?? {}, 'correlationId')),
  );
  expect(correlated.size).toBe(1);
  expect(await decide(id, 'approve', second)).toBe('adjustment-state');
});

test('what is declined is never recorded', async () => {
  await ledger.closeFinally(closedYear);
  const id = await propose({ do: 'record', records: [held('Late')] });
  expect(await decide(id, 'decline', second)).toBe('1 appended');
  expect(await decide(id, 'approve', second)).toBe('adjustment-state');
  expect(await events()).toBe(0);
});

test('a change is proposed by the rules of its own command, and only where it lies in closed time', async () => {
  const { id } = await ledger.held('p0', closedDay);
  const withdrawal = { do: 'withdraw', record: `activity:${id}`, reason: 'did-not-happen' };
  await expect(propose(withdrawal)).rejects.toThrow('send it the usual way');
  await ledger.closeFinally(closedYear);
  await expect(
    propose({ do: 'record', records: [{ ...held('Late'), type: 'SupportProvided' }] }),
  ).rejects.toThrow('data.bodies');
  await expect(propose({ do: 'reinstate', record: `activity:${id}`, reason: 'other' })).rejects.toThrow(
    'nothing to reinstate',
  );
  expect(await decide(await propose(withdrawal), 'approve', second)).toBe('2 appended');
  expect(await events()).toBe(0);
});

test('a record that changed since the proposal is not overwritten by the approval', async () => {
  const { id } = await ledger.held('p0', closedDay);
  await ledger.closeFinally(closedYear);
  const withdrawal = { do: 'withdraw', record: `activity:${id}`, reason: 'did-not-happen' };
  const [first, other] = [await propose(withdrawal), await propose(withdrawal)];
  expect(await decide(first, 'approve', second)).toBe('2 appended');
  expect(await decide(other, 'approve', second)).toBe('adjustment-current');
});

test('reversing an import into closed time becomes one adjustment, however large, and changes totals back exactly', async () => {
  const before = await events();
  const records = Array.from({ length: 3000 }, (_, at) => held(`Workshop ${at}`));
  const outcome = await importRecords(
    ledger.recording,
    ledger.command({ label: 'A year of workshops', records }),
  );
  const imported = outcome.records.find(({ kind }) => kind === 'import')?.id ?? '';
  expect(await events()).toBe(before + 3000);
  await ledger.closeFinally(closedYear);
  const id = await propose({ do: 'reverse-imports', imports: [imported], reason: 'other' });
  const proposals = (await ledger.exported()).filter(({ type }) => type === 'AdjustmentProposed');
  expect(proposals.length).toBeGreaterThan(1);
  expect(new Set(proposals.map(({ stream }) => stream))).toEqual(new Set([`adjustment-${id}`]));
  expect(await decide(id, 'approve', second)).toBe('3002 appended');
  expect(await events()).toBe(before);
}, 60_000);

test('a change that is more than one approval takes is refused when it is proposed, with what to do', async () => {
  await ledger.closeFinally(closedYear);
  const { parts } = ledger.recording;
  const recording = new Recording({ ...parts, log: smallAppends(parts.log, 10) });
  const records = (count: number): object => ({
    do: 'record',
    records: Array.from({ length: count }, (_, at) => held(`Late ${at}`)),
  });
  const whatToDo = 'holds at most 9 events';
  await expect(propose(records(10), recording)).rejects.toThrow(whatToDo);
  expect(await decide(await propose(records(9), recording), 'approve', second)).toBe('10 appended');
});

test('a note is in the vault and not in the log', async () => {
  await ledger.closeFinally(closedYear);
  await propose({ do: 'record', records: [held('Late')] });
  const proposed = (await ledger.exported()).find(({ type }) => type === 'AdjustmentProposed');
  expect(JSON.stringify(proposed)).not.toContain('drawer');
  // An event of this type has data, and the reference where there is a note.
  const { noteRef } = (proposed as { data: { noteRef: { vault: string; sha256: string } } }).data;
  expect(await ledger.vault.readNote(noteRef)).toBe('Found in a drawer');
});
