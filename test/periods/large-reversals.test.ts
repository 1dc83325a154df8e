import { derivedId, eventDefinitions } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { seesEverything } from '@ledger/projections';
import {
  closePeriod,
  decideOnAdjustment,
  importRecords,
  proposeAdjustment,
  Recording,
  reverseImports,
  takeBackAtStart,
} from '@ledger/recording';
import { smallAppends } from '../running/small-appends';
import { ClosingLedger } from './closing-ledger';

/*
 * An import into a year that is finally closed, of more records than one append takes, is taken back by one adjustment:
 * proposed by one person, approved by another, and finished whatever happens meanwhile.
 */

const closedYear = 201920;
const imported = 30;
const editor = derivedId('test-user', 'editor');
const second = derivedId('test-user', 'second');
/** One append takes so few events that an import is many, and so few bytes that its proposal is several appends. */
const small = { appendEvents: 12, eventBytes: 4096, appendBytes: 6000 };

let ledger: ClosingLedger;
let importId: string;

const workshop = (title: string) => ({
  offer: 'p0',
  title,
  occurred: { from: '2019-06-03', to: '2019-06-03', basis: 'stated' as const },
});

async function start(): Promise<void> {
  ledger = await ClosingLedger.start(1);
  const records = Array.from({ length: imported }, (_, at) => ({
    type: 'EventHeld',
    data: workshop(`Workshop ${at}`),
  }));
  const outcome = await importRecords(ledger.recording, ledger.command({ label: 'Workshops', records }));
  importId = outcome.records.find(({ kind }) => kind === 'import')?.id ?? '';
  await ledger.closeFinally(closedYear);
}
beforeEach(start);
afterEach(() => ledger.stop());

/** A process on the ledger whose appends are small, and which is gone after so many of them. */
function process(appends = Infinity, before: () => Promise<void> = () => Promise.resolve()): Recording {
  const { parts } = ledger.recording;
  let left = appends;
  const append: EventLog['append'] = async (request) => {
    if (left <= 0) throw new Error('killed');
    left -= 1;
    if (request.writes.some(({ stream }) => stream.startsWith('activity-'))) await before();
    return parts.log.append(request);
  };
  return new Recording({ ...parts, log: smallAppends(parts.log, small, append) });
}

async function propose(by: Recording, key = 'propose'): Promise<string> {
  const change = { do: 'reverse-imports', imports: [importId], reason: 'other' };
  const request = { change, reason: 'other' };
  const { records } = await proposeAdjustment(by, { actor: editor, programmes: 'all', key, request });
  return records.find(({ kind }) => kind === 'adjustment')?.id ?? '';
}

async function approve(by: Recording, id: string, actor = second): Promise<unknown> {
  return decideOnAdjustment(by, id, 'approve', { actor, programmes: 'all', key: 'approve', request: {} });
}

const events = async (): Promise<number> =>
  (await ledger.recount()).annualTotal('events-held', closedYear).value;

/** What figures of now are: how many events were held, and whether all of an import is in them. */
async function figures(): Promise<{ readonly held: number; readonly incomplete: boolean }> {
  const { position } = await ledger.recorded.log.head();
  await ledger.recorded.follower.whenApplied(position);
  const { incomplete } = await ledger.recorded.queries.standing();
  return { held: await events(), incomplete };
}

/** The state of an adjustment as it is read. */
async function stateOf(id: string): Promise<string | undefined> {
  const { adjustments } = await ledger.recorded.queries.adjustments({ viewer: seesEverything, id });
  return adjustments[0]?.state;
}

const before = { held: imported, incomplete: false };
const after = { held: 0, incomplete: false };

test('an import of more than one append takes is taken back in closed time by one adjustment, which a second person approves', async () => {
  const large = process();
  const id = await propose(large);
  expect([await figures(), await stateOf(id)]).toEqual([before, 'proposed']);
  const proposals = (await ledger.exported()).filter(({ type }) => type === 'AdjustmentProposed');
  expect(proposals.length).toBeGreaterThan(1);
  await expect(approve(large, id, editor)).rejects.toMatchObject({ faults: [{ code: 'second-person' }] });
  await approve(large, id);
  expect([await figures(), await stateOf(id)]).toEqual([after, 'approved']);
  expect(await approve(large, id)).toMatchObject({ replayed: true });
  const { changes } = await ledger.recorded.queries.changesAfterClose({ year: closedYear });
  expect(changes).toMatchObject([{ cause: 'adjustment', adjustment: id }]);
  await expect(propose(large, 'again')).rejects.toMatchObject({ faults: [{ code: 'reversed-once' }] });
});

test('what is recorded is what was approved, each event under its own id', async () => {
  const large = process();
  const id = await propose(large);
  await approve(large, id);
  const exported = await ledger.exported();
  const withheld = exported.flatMap(({ type, data }) => (type === 'AdjustmentProposed' ? [data] : []));
  const ids = [...JSON.stringify(withheld).matchAll(/"id":"([0-9a-f-]{36})"/g)].map(([, one]) => one);
  const approved = exported.findIndex(({ type }) => type === 'AdjustmentApproved');
  const recorded = exported
    .slice(approved)
    .flatMap((event) => (/^(ActivityWithdrawn|ImportReversed)$/.test(event.type) ? [event.id] : []));
  expect(recorded).toHaveLength(imported + 1);
  expect(new Set(recorded)).toEqual(new Set(ids));
});

/** The approval with what begins the reversal, five parts of it, and its end. */
const appends = 12;

test.each(Array.from({ length: appends }, (_, at) => at))(
  'an approval that is killed after %p of its appends says so in every figure, and is finished at the next start',
  async (killedAfter) => {
    const id = await propose(process());
    await expect(approve(process(killedAfter), id)).rejects.toThrow('killed');
    expect((await figures()).incomplete).toBe(killedAfter > 0);
    await takeBackAtStart(process(), { actor: editor, programmes: 'all' });
    expect([await figures(), await stateOf(id)]).toEqual(
      killedAfter > 0 ? [after, 'approved'] : [before, 'proposed'],
    );
  },
);

test('what others record between its parts does not hide that it is an adjustment', async () => {
  const id = await propose(process());
  let at = 0;
  const shared = process(Infinity, async () => {
    at += 1;
    if (at <= 3) await ledger.held('p0', '2020-05-04');
  });
  await approve(shared, id);
  expect(await figures()).toEqual(after);
  const { changes } = await ledger.recorded.queries.changesAfterClose({ year: closedYear });
  expect(changes.length).toBeGreaterThan(1);
  for (const { cause, adjustment } of changes) expect([cause, adjustment]).toEqual(['adjustment', id]);
});

test('while an adjustment is being recorded no year is closed, and nobody else takes the import back', async () => {
  const id = await propose(process());
  await approve(process(3), id).catch(() => undefined);
  const closing = closePeriod(ledger.recording, 201819, ledger.command({ level: 'provisional' }));
  await expect(closing).rejects.toMatchObject({ faults: [{ code: 'import-under-way' }] });
  const reversal = reverseImports(ledger.recording, [importId], ledger.command({ reason: 'other' }));
  await expect(reversal).rejects.toMatchObject({ faults: [{ code: 'import-under-way' }] });
});

test('a record that is changed while the adjustment is being recorded is taken back too', async () => {
  const id = await propose(process());
  const last = (await ledger.exported()).findLast(({ type }) => type === 'EventHeld');
  let changed = false;
  const racing = process(Infinity, async () => {
    if (changed) return;
    changed = true;
    await ledger.recorded.add(last?.stream ?? '', 'ActivityCorrected', {
      corrects: last?.id ?? '',
      type: 'EventHeld',
      schemaVersion: eventDefinitions.EventHeld.version,
      content: workshop('Corrected'),
      reason: 'late-information',
    });
  });
  await approve(racing, id);
  expect([changed, await figures()]).toEqual([true, after]);
});

test('a proposal that broke off counts nothing, is approved by nobody, and is made anew', async () => {
  await expect(propose(process(1))).rejects.toThrow('killed');
  expect(await figures()).toEqual(before);
  const { adjustments } = await ledger.recorded.queries.adjustments({ viewer: seesEverything });
  const broken = adjustments[0];
  expect(broken?.state).toBe('incomplete');
  await expect(approve(process(), broken?.id ?? '')).rejects.toMatchObject({
    faults: [{ code: 'adjustment-state' }],
  });
  const id = await propose(process());
  expect(id).not.toBe(broken?.id);
  await approve(process(), id);
  expect(await figures()).toEqual(after);
});
