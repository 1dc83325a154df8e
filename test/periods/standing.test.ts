import { derivedId } from '@ledger/events';
import { seesEverything, type FigureStanding } from '@ledger/projections';
import { decideOnAdjustment, proposeAdjustment } from '@ledger/recording';
import { ClosingLedger } from './closing-ledger';

/* Final is as recorded by the closing, restated is now (D6). */

const year = 201920;
const second = derivedId('test-user', 'second');
let ledger: ClosingLedger;
beforeEach(async () => {
  ledger = await ClosingLedger.start(2);
});
afterEach(() => ledger.stop());

async function supported(day: string, offer = 'p0'): Promise<void> {
  await ledger.record('SupportProvided', supportOf(day, offer));
}
function supportOf(day: string, offer: string): object {
  return {
    offer,
    occurred: { from: day, to: day, basis: 'stated' },
    bodies: [{ body: ledger.bodies[0], role: 'recipient' }],
  };
}

/** Gets one more support into a closed year, by an adjustment. */
async function adjusted(day: string, offer = 'p0'): Promise<void> {
  const change = { do: 'record', records: [{ type: 'SupportProvided', data: supportOf(day, offer) }] };
  const { records } = await proposeAdjustment(ledger.recording, ledger.command({ change, reason: 'other' }));
  await decideOnAdjustment(ledger.recording, records[0]?.id ?? '', 'approve', ledger.command({}, second));
}

async function applied(): Promise<void> {
  const { log, follower } = ledger.recorded;
  await follower.whenApplied((await log.head()).position);
}

async function standing(measure: string, position?: bigint): Promise<FigureStanding & { value: number }> {
  await applied();
  const at = position === undefined ? {} : { at: { position } };
  const { rows } = await ledger.recorded.queries.annualTotals({ year, ...at });
  const row = rows.find((one) => one.measure === measure);
  if (row === undefined) throw new RangeError(`There is no measure ${measure}`);
  return { ...row.standing, value: row.value };
}

test('a figure is provisional, then final, and restated with what it was', async () => {
  await supported('2019-06-03');
  await ledger.close(year, 'provisional');
  await applied();
  const before = (await ledger.recorded.log.head()).position;
  expect(await standing('support-activities')).toMatchObject({ status: 'provisional', closedAt: null });

  const closing = BigInt((await ledger.close(year, 'final')).position ?? 0);
  expect(await standing('support-activities')).toMatchObject({
    status: 'final',
    closedAt: String(closing),
    final: null,
    value: 1,
  });

  await adjusted('2019-06-04');
  const restated = {
    status: 'restated',
    closedAt: String(closing),
    final: { value: 1, shown: '1' },
    value: 2,
  };
  expect(await standing('support-activities')).toEqual(restated);
  // The same council once more: another measure has not changed.
  expect(await standing('organisations-supported')).toMatchObject({ status: 'final', value: 1 });

  // As recorded by the closing it is final, and before it provisional, whatever came later.
  expect(await standing('support-activities', closing)).toMatchObject({ status: 'final', value: 1 });
  expect(await standing('support-activities', before)).toMatchObject({ status: 'provisional' });

  const { queries } = ledger.recorded;
  const explained = await queries.explain({
    viewer: seesEverything,
    ask: 'annual-total',
    measure: 'support-activities',
    year,
  });
  expect(explained.standing).toMatchObject({ status: 'restated', final: { value: 1 } });
  const sum = await queries.sum({ measures: ['support-activities', 'events-held'], year });
  expect(sum.standing).toMatchObject({ status: 'restated', final: { value: 1 } });
});

test('what is about one programme is final with its closing, what is about all is not', async () => {
  await supported('2019-06-03');
  for (const level of ['provisional', 'final'] as const) await ledger.close(year, level, { programme: 'p0' });
  expect(await standing('support-activities')).toMatchObject({ status: 'provisional' });
  const takeUp = async (offer: string): Promise<FigureStanding> =>
    (await ledger.recorded.queries.takeUp({ viewer: seesEverything, of: { offer }, year, by: 'region' }))
      .total.standing;
  expect(await takeUp('p0')).toMatchObject({ status: 'final' });
  expect(await takeUp('p1')).toMatchObject({ status: 'provisional' });
});

test('savings are restated by an adjustment of an amount, by area and in total', async () => {
  const claim = (pence: number): object => ({
    type: 'SavingsRecorded',
    data: {
      title: 'Claim',
      bodies: [],
      occurred: { from: '2019-06-03', to: '2019-06-03', basis: 'stated' },
      gainType: 'income',
      realisation: 'identified',
      amounts: [{ fromYear: year, toYear: year, basis: 'forecast', grossPence: pence, qualifier: 'exact' }],
      recurrence: 'one-off',
      source: 'test',
      method: 'not stated',
    },
  });
  await ledger.recording.record(ledger.command({ records: [claim(10_000)] }));
  await ledger.closeFinally(year);
  const change = { do: 'record', records: [claim(2500)] };
  const { records } = await proposeAdjustment(ledger.recording, ledger.command({ change, reason: 'other' }));
  await decideOnAdjustment(ledger.recording, records[0]?.id ?? '', 'approve', ledger.command({}, second));
  await applied();
  const { total, rows } = await ledger.recorded.queries.savings({ year });
  expect(total.standing).toMatchObject({ status: 'restated', final: { value: 100, shown: '£100' } });
  expect(rows.map(({ standing: { status } }) => status)).toEqual(['restated']);
});

test('a quarter is final with its own closing, while its year is provisional, and restated by an adjustment', async () => {
  await supported('2019-05-03');
  await supported('2019-08-03');
  for (const level of ['provisional', 'final'] as const) await ledger.close(year, level, { quarter: 1 });
  const periods = async (): Promise<readonly string[]> => {
    await applied();
    const { rows } = await ledger.recorded.queries.quarterlyTotals({ year });
    const row = rows.find(({ measure }) => measure === 'support-activities');
    return (row?.periods ?? []).map(({ period, standing: { status } }) => `${period} ${status}`);
  };
  const others = [
    '2 provisional',
    '3 provisional',
    '4 provisional',
    'not-known provisional',
    'year provisional',
  ];
  expect(await periods()).toEqual(['1 final', ...others]);
  await supported('2019-08-04');
  expect(await periods()).toEqual(['1 final', ...others]);
  await adjusted('2019-05-04');
  expect(await periods()).toEqual(['1 restated', ...others]);

  for (const level of ['provisional', 'final'] as const) await ledger.close(year, level);
  expect(await periods()).toEqual([
    '1 restated',
    '2 final',
    '3 final',
    '4 final',
    'not-known final',
    'year final',
  ]);
});

test('nothing is closed finally while an event could not be applied, provisionally it is', async () => {
  await ledger.recorded.raw(`activity-${derivedId('test', 'poison')}`, 'SomethingElse', 1, {});
  await ledger.close(year, 'provisional');
  await expect(ledger.close(year, 'final')).rejects.toThrow('an event could not be applied');
});
