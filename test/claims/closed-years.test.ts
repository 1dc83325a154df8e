import { FormVisitor, unescaped } from '../live/browserless';
import { ClaimsLedger, codesOf, users, type User } from './claims-ledger';

/* Claims and closed years: what is delivered is bound by a closing, and how far it is assured is not. */

let ledger: ClaimsLedger;
beforeAll(async () => {
  ledger = await ClaimsLedger.start();
}, 60_000);
afterAll(() => ledger.stop());

const delivery = { year: 201920, grossPence: 150_000_00, costPence: 5_000_00, qualifier: 'exact' };

const estimated = {
  realisation: 'agreed',
  amounts: [
    { fromYear: 201920, toYear: 201920, basis: 'forecast', grossPence: 145_000_00, qualifier: 'exact' },
  ],
};

async function closeFinally(year: number): Promise<void> {
  for (const level of ['provisional', 'final'])
    expect((await ledger.post(`/api/periods/${year}/closings`, { level }, 'verifier')).status).toBe(201);
}

async function visitorAs(user: User): Promise<FormVisitor> {
  const visitor = new FormVisitor(ledger.running.url);
  await visitor.send('/visitor', { visitor: users[user] });
  return visitor;
}

test('what is delivered in a closed year is an adjustment; verifying it is not, and both are listed', async () => {
  const id = await ledger.claim(estimated);
  const ready = await ledger.readyToVerify();
  const byForm = await ledger.claim(estimated);
  await closeFinally(201920);

  expect(codesOf(await ledger.step(id, 'record-delivery', 'team', delivery))).toEqual(['closed-time']);
  const change = {
    do: 'claim-step',
    claim: id,
    step: 'record-delivery',
    ...delivery,
    note: 'By the outturn',
  };
  const refused = await ledger.post(
    '/api/adjustments',
    { change: { ...change, grossPence: -1 }, reason: 'late-information' },
    'team',
  );
  expect(refused.status).toBe(422);
  const verifying = { change: { ...change, step: 'verify' }, reason: 'other' };
  expect(codesOf(await ledger.post('/api/adjustments', verifying, 'team'))).toEqual(['not-among']);
  const proposed = await ledger.post('/api/adjustments', { change, reason: 'late-information' }, 'team');
  const [adjustment] = proposed.body['records'] as readonly { readonly id: string }[];
  expect(await ledger.read(id)).toMatchObject({ claim: { years: [{ deliveredPence: null }] } });
  const approval = `/api/adjustments/${adjustment?.id ?? ''}/approval`;
  expect((await ledger.post(approval, {}, 'team')).status).toBe(403);
  expect((await ledger.post(approval, {}, 'verifier')).status).toBe(201);
  expect(await ledger.read(id)).toMatchObject({ claim: { years: [{ deliveredPence: 150_000_00 }] } });

  const verified = { years: [{ year: 201920, verifiedPence: 145_000_00 }] };
  expect((await ledger.step(ready, 'verify', 'verifier', verified)).status).toBe(201);
  const { changes } = await ledger.getNow('/api/periods/201920/changes');
  expect(changes).toMatchObject([
    { cause: 'adjustment', events: [{ type: 'AdjustmentApproved' }, { type: 'DeliveryRecorded' }] },
    { cause: 'records', events: [{ type: 'ClaimVerified' }] },
  ]);

  const visitor = await visitorAs('team');
  const typed = { year: '2019/20', grossPence: '£150,000', costPence: '£5,000', qualifier: 'exact' };
  const page = `/claims/${byForm}/record-delivery`;
  const told = await visitor.send(page, typed);
  expect([told.status, told.html]).toEqual([422, expect.stringContaining('Propose as an adjustment')]);
  const without = await visitor.send(page, { ...typed, step: 'propose' });
  expect([without.status, without.html]).toEqual([422, expect.stringContaining('Propose as an adjustment')]);
  const sent = await visitor.send(page, { ...typed, reason: 'late-information', step: 'propose' });
  expect(sent.at).toMatch(/^\/adjustments\/[0-9a-f-]{36}\?after=/);
  expect(unescaped(sent.html)).toContain('Saving on plans');
});
