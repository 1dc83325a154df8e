import { FormVisitor, unescaped } from '../live/browserless';
import { ClaimsLedger, codesOf, users } from './claims-ledger';

/* What auditors do with claims: worksheets with a grade, samples that can be drawn again, and questions by age. */

let ledger: ClaimsLedger;
beforeAll(async () => {
  ledger = await ClaimsLedger.start();
}, 60_000);
afterAll(() => ledger.stop());

const names = [
  'evidence',
  'baseline',
  'period',
  'attribution',
  'double count',
  'net of cost',
  'service quality',
  'sustained',
  'arithmetic',
];
const tests = (failed: readonly string[]): object[] =>
  names.map((test) => ({
    test,
    result: failed.includes(test) ? 'failed' : 'passed',
    ...(failed.includes(test) && { effectPence: -5_000_00, note: `What is wrong with ${test}` }),
  }));

test('a worksheet has its grade from its tests, with notes in the vault, and insufficient is not verified', async () => {
  const id = await ledger.readyToVerify();
  expect(codesOf(await ledger.step(id, 'test', 'verifier', { tests: tests([]).slice(1) }))).toEqual([
    'every-test',
  ]);
  await ledger.step(id, 'test', 'verifier', { tests: tests(['evidence']) });
  expect(await ledger.read(id)).toMatchObject({
    worksheet: {
      grade: 'insufficient',
      rule: { id: 'worksheet-grade/1' },
      tests: [
        { test: 'evidence', effectPence: -5_000_00, note: 'What is wrong with evidence' },
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {},
      ],
    },
  });
  const years = [{ year: 201920, verifiedPence: 145_000_00 }];
  expect(codesOf(await ledger.step(id, 'verify', 'verifier', { years }))).toEqual(['grade-insufficient']);
  const visitor = new FormVisitor(ledger.running.url);
  await visitor.send('/visitor', { visitor: users.verifier });
  const fields = Object.fromEntries(names.map((name) => [`result-${name.replace(/ /g, '-')}`, 'passed']));
  const filled = await visitor.send(`/claims/${id}/worksheet`, { ...fields, 'effect-period': '-1,200' });
  expect([filled.status, unescaped(filled.html)]).toEqual([200, expect.stringContaining('sufficient')]);
  expect((await ledger.step(id, 'verify', 'verifier', { years })).status).toBe(201);
});

test('a sample is the same as recorded by a position whatever comes later, and projects what was not verified', async () => {
  for (let at = 1; at <= 12; at++) {
    const amounts = [
      { fromYear: 202021, toYear: 202021, basis: 'actual', grossPence: at * 1_000_00, qualifier: 'exact' },
    ];
    await ledger.claim({ title: `Claim ${at}`, amounts });
  }
  const ask = 'year=2020/21&top=2&units=3&seed=7';
  const first = await ledger.getNow('/api/claims?limit=1');
  const position = String(first['position']);
  const drawn = (await ledger.get(`/api/claim-sample?${ask}&asRecordedBy=${position}`)).body;
  expect(drawn).toMatchObject({
    populationClaims: 12,
    populationPence: 78_000_00,
    projectedMisstatementPence: null,
  });
  const claims = drawn['drawn'] as readonly {
    claim: { id: string };
    drawn: string;
    deliveredPence: number;
  }[];
  expect(claims.slice(0, 2).map(({ deliveredPence }) => deliveredPence)).toEqual([12_000_00, 11_000_00]);
  await ledger.claim({
    amounts: [
      { fromYear: 202021, toYear: 202021, basis: 'actual', grossPence: 99_000_00, qualifier: 'exact' },
    ],
  });
  const again = (await ledger.get(`/api/claim-sample?${ask}&asRecordedBy=${position}`)).body;
  expect(again['drawn']).toEqual(drawn['drawn']);
  // All that was drawn is rejected, so everything is projected to be misstated.
  for (const { claim } of claims) {
    await ledger.step(claim.id, 'propose-baseline', 'team', {
      valuePence: 1,
      fromYear: 201819,
      toYear: 201819,
      source: 'Outturn',
      sort: 'outturn',
      priceBasis: 'cash prices',
    });
    await ledger.attach(claim.id, claim.id);
    await ledger.step(claim.id, 'submit', 'team');
    await ledger.step(claim.id, 'reject', 'verifier', { reason: 'no-evidence' });
  }
  await ledger.getNow('/api/claims?limit=1');
  const looked = (await ledger.get(`/api/claim-sample?${ask}&asRecordedBy=${position}`)).body;
  const projected = Number(looked['projectedMisstatementPence']);
  expect(Math.abs(projected - 78_000_00)).toBeLessThan(Number(looked['intervalPence']));
});

test('open questions are listed by the days on which they are due, with how long they are open', async () => {
  const [late, soon] = [await ledger.readyToVerify(), await ledger.readyToVerify()];
  await ledger.step(late, 'query', 'verifier', { text: 'Which one?', due: '2999-12-31' });
  await ledger.step(soon, 'query', 'verifier', { text: 'Which one?', due: '2999-01-31' });
  const { queries, overdue, ageing } = await ledger.getNow('/api/claim-queries');
  expect(queries).toMatchObject([
    { claim: { id: soon }, due: '2999-01-31', daysOpen: 0, daysOverdue: 0 },
    { claim: { id: late }, due: '2999-12-31' },
  ]);
  expect(overdue).toBe(0);
  expect(ageing).toContainEqual({ age: 'in time', queries: 2 });
  const page = await new FormVisitor(ledger.running.url).get('/claim-queries');
  expect([page.status, page.html]).toEqual([200, expect.stringContaining('2 open, 0 overdue')]);
  expect(page.html).toContain('More than 90 days overdue');
  const sample = await new FormVisitor(ledger.running.url).get('/claim-sample?year=2020/21');
  expect([sample.status, sample.html]).toEqual([200, expect.stringContaining('% of the value')]);
});
