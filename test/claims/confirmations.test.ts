import { ClaimsLedger, codesOf } from './claims-ledger';

/* Recurring gains: confirmed year by year, or lapsed with a reversal that stays in sight (B9). */

let ledger: ClaimsLedger;
beforeAll(async () => {
  ledger = await ClaimsLedger.start();
}, 60_000);
afterAll(() => ledger.stop());

const amounts = [201920, 202021, 202122].map((year, at) => ({
  fromYear: year,
  toYear: year,
  basis: at === 0 ? 'actual' : 'forecast',
  grossPence: 10_000_00,
  qualifier: 'exact',
}));

async function total(year: string): Promise<unknown> {
  const { total: sum } = await ledger.getNow(`/api/savings?year=${year}`);
  return (sum as { readonly pence: number }).pence;
}

test('what is overdue is listed, and lapses all at once: the estimates of later years are out of every total', async () => {
  const id = await ledger.claim({ recurrence: 'recurring', amounts });
  const other = await ledger.claim({
    recurrence: 'recurring',
    amounts,
    service: 'Another',
    project: 'Other',
  });
  const confirmed = { year: 202021, grossPence: 8_000_00, qualifier: 'exact' };
  expect((await ledger.step(other, 'confirm', 'team', confirmed)).status).toBe(201);
  const { confirmations } = await ledger.getNow('/api/claim-confirmations');
  expect(confirmations).toMatchObject([
    { claim: { id }, year: '2020/21', due: '2021-06-30', overdue: true, persisted: 0 },
    { claim: { id: other }, year: '2021/22', due: '2022-06-30', overdue: true, persisted: 1 },
  ]);
  expect([await total('2020/21'), await total('2021/22')]).toEqual([18_000_00, 20_000_00]);
  const tried = await ledger.post('/api/claim-lapses?dryRun=true', {}, 'verifier');
  expect(tried.body['records']).toHaveLength(2);
  expect((await ledger.post('/api/claim-lapses', {}, 'team')).status).toBe(403);
  const lapsed = await ledger.post('/api/claim-lapses', { note: 'Nobody could say' }, 'verifier');
  expect(lapsed.body['records']).toHaveLength(2);
  expect([await total('2019/20'), await total('2020/21'), await total('2021/22')]).toEqual([
    20_000_00, 8_000_00, 0,
  ]);
  expect(await ledger.read(id)).toMatchObject({ claim: { realisation: 'lapsed' }, confirmation: null });
  const late = await ledger.step(id, 'confirm', 'team', { ...confirmed, year: 202122 });
  expect(codesOf(late)).toEqual(['next-year']);
});

test('where nothing is overdue, letting lapse says so and records nothing', async () => {
  const before = await ledger.running.head();
  const none = await ledger.post('/api/claim-lapses', {}, 'verifier');
  expect([none.status, codesOf(none)]).toEqual([422, ['nothing-overdue']]);
  expect(none.body['detail']).toContain('none is overdue, so no gain lapses');
  expect(await ledger.running.head()).toBe(before);
});
