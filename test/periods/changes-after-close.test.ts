import { derivedId, streamOf } from '@ledger/events';
import type { ChangesAfterClose } from '@ledger/projections';
import { decideOnAdjustment, proposeAdjustment } from '@ledger/recording';
import { ClosingLedger } from './closing-ledger';

const year = 201920;
const second = derivedId('test-user', 'second');
let ledger: ClosingLedger;
beforeEach(async () => {
  ledger = await ClosingLedger.start(2);
});
afterEach(() => ledger.stop());

async function report(
  cursor?: string,
  part: { quarter?: 1 | 2 | 3 | 4; programme?: string } = {},
): Promise<ChangesAfterClose> {
  const { log, follower, queries } = ledger.recorded;
  await follower.whenApplied((await log.head()).position);
  return queries.changesAfterClose({ year, ...part, ...(cursor !== undefined && { cursor }) });
}
async function adjusted(change: object): Promise<string> {
  const { records } = await proposeAdjustment(ledger.recording, ledger.command({ change, reason: 'other' }));
  const id = records[0]?.id ?? '';
  await decideOnAdjustment(ledger.recording, id, 'approve', ledger.command({}, second));
  return id;
}
const granted = (pence: number, day = '2019-06-03'): object => ({
  type: 'GrantAwarded',
  data: {
    offer: 'p0',
    title: 'Grant',
    occurred: { from: day, to: day, basis: 'stated' },
    bodies: [{ body: ledger.bodies[0], role: 'recipient' }],
    pence,
  },
});

test('each change after a close is listed with its effect in counts and pounds', async () => {
  const { id } = await ledger.held('p0', '2019-06-03');
  const closedAt = String(await ledger.closeFinally(year));
  const grants = await adjusted({ do: 'record', records: [granted(10_050), granted(25)] });
  const title = { offer: 'p0', title: 'Day of learning', attendees: 10 };
  const occurred = { from: '2019-06-03', to: '2019-06-03', basis: 'stated' };
  const correction = { type: 'EventHeld', data: { ...title, occurred }, reason: 'typing-error' };
  await adjusted({ do: 'correct', record: `activity:${id}`, ...correction });
  await ledger.held('p1', '2020-05-04');

  const answer = await report();
  expect([answer.state, answer.closedAt, answer.next]).toEqual(['final', closedAt, null]);
  const [first, other, ...more] = answer.changes;
  expect(more).toEqual([]);
  expect(first).toMatchObject({
    cause: 'adjustment',
    adjustment: grants,
    actor: second,
    events: [
      { type: 'AdjustmentApproved', count: 1 },
      { type: 'GrantAwarded', count: 2 },
    ],
  });
  const pounds = first?.effect.find(({ unit }) => unit === 'GBP');
  expect([pounds?.before, pounds?.now, pounds?.difference]).toEqual(['£0', '£100.75', 100.75]);
  expect([other?.cause, other?.effect]).toEqual(['adjustment', []]);
  expect(answer.total).toEqual(first?.effect);
});

test('what slipped in behind a closing is listed as recorded across the close; adjustments, and what is dated elsewhere, are not', async () => {
  await ledger.held('p0', '2019-06-03');
  await ledger.closeFinally(year);
  await adjusted({ do: 'record', records: [granted(25)] });
  // Past every rule, as in a log that cannot check the period while it writes the record.
  const event = { offer: 'p0', title: 'Late', attendees: 10 };
  const occurred = { from: '2019-06-04', to: '2019-06-04', basis: 'stated' } as const;
  await ledger.recorded.add(streamOf('activity', derivedId('test', 'late')), 'EventHeld', {
    ...event,
    occurred,
  });
  const partly = { from: '2020-03-31', to: '2020-04-01', basis: 'stated' } as const;
  await ledger.recorded.add(streamOf('activity', derivedId('test', 'partly')), 'EventHeld', {
    ...event,
    occurred: partly,
  });
  const { changes } = await report();
  expect(changes.map(({ cause, acrossTheClose }) => [cause, acrossTheClose])).toEqual([
    ['adjustment', false],
    ['records', true],
    ['records', false],
  ]);
});

test('a fact of the register and a rule are listed where they change a figure of the year, and not otherwise', async () => {
  const body = ledger.bodies[0] ?? '';
  const occurred = { from: '2019-06-03', to: '2019-06-03', basis: 'stated' } as const;
  const bodies = [{ body, role: 'recipient' }];
  await ledger.record('SupportProvided', { offer: 'p0', occurred, bodies });
  await ledger.closeFinally(year);
  const { recorded } = ledger;
  await recorded.add(streamOf('body', derivedId('test-body', 'three')), 'BodyRegistered', {
    kind: 'council',
    name: 'Council of nothing',
    type: 'district',
    region: 'London',
    codes: [],
    from: '1974-04-01',
    source: 'test',
  });
  await recorded.add(streamOf('measure', 'support-activities'), 'MeasureDeclared', {
    label: 'Other support activities',
    unit: 'activity',
    kind: 'flow',
    rule: 'count-things/1',
    parameters: { kinds: ['activity'], events: ['SupportProvided'], offers: ['p1'] },
  });
  const { changes, total } = await report();
  expect(changes.map(({ cause, effect }) => [cause, effect.map(({ measure }) => measure)])).toEqual([
    ['rules', ['support-activities']],
  ]);
  expect(total.map(({ before, now, difference }) => [before, now, difference])).toEqual([['1', '0', -1]]);
});

test('a long list comes in pages of one position, each change once', async () => {
  await ledger.closeFinally(year);
  for (let at = 0; at < 30; at++) await adjusted({ do: 'record', records: [granted(100 + at)] });
  const first = await report();
  await adjusted({ do: 'record', records: [granted(1)] });
  const rest = await report(first.next ?? '');
  const positions = [...first.changes, ...rest.changes].map(({ from }) => from);
  expect([positions.length, new Set(positions).size, rest.next]).toEqual([30, 30, null]);
  expect(rest.position).toBe(first.position);
}, 30_000);

test('there is no such list of a year that is open', async () => {
  await expect(report()).rejects.toThrow('2019/20 is not closed');
});

test('a quarter closed by itself lists what changed in it, and a programme what changed of it', async () => {
  for (const level of ['provisional', 'final'] as const) {
    await ledger.close(year, level, { quarter: 1 });
    await ledger.close(year, level, { programme: 'p0' });
  }
  await adjusted({ do: 'record', records: [granted(10_000)] });
  await adjusted({ do: 'record', records: [granted(500, '2019-08-03')] });
  await ledger.held('p1', '2019-08-03');

  const quarter = await report(undefined, { quarter: 1 });
  const grants = { measure: 'grants', now: '£100', difference: 100 };
  expect([quarter.quarter, quarter.programme, quarter.state]).toEqual([1, null, 'final']);
  expect(quarter.changes.map(({ effect }) => effect.length > 0)).toEqual([true]);
  expect(quarter.total).toContainEqual(expect.objectContaining(grants));

  const programme = await report(undefined, { programme: 'p0' });
  expect(programme.changes).toHaveLength(2);
  expect(programme.total).toContainEqual(
    expect.objectContaining({ measure: 'grants', now: '£105', difference: 105 }),
  );
  expect(programme.total.map(({ measure }) => measure)).not.toContain('events-held');
  await expect(report(undefined, { quarter: 2 })).rejects.toThrow(
    'quarter 2 of 2019/20 is not closed by itself',
  );
});
