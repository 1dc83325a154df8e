import { derivedId } from '@ledger/events';
import { baseline, ClaimsLedger, codesOf } from './claims-ledger';

/* The double-count guard (B7) over the claims and figures of the reports. */

let ledger: ClaimsLedger;
beforeAll(async () => {
  ledger = await ClaimsLedger.start(true);
}, 120_000);
afterAll(() => ledger.stop());

function named(row: string): string {
  return derivedId('named-activity', row);
}
const savings = [
  named('2018-19.warrington.ehc-panel.saving'),
  named('2019-20.warrington.ehc-plans.saving'),
] as const;
const avoidance = [
  named('2018-19.warrington.ehc-panel.cost-avoidance'),
  named('2019-20.warrington.ehc-plans.cost-avoidance'),
] as const;

interface Overlap {
  readonly claim: { readonly id: string; readonly bodies: readonly { readonly name: string }[] };
  readonly because: readonly string[];
  readonly blocking: boolean;
  readonly resolved: string | null;
}

async function overlapsOf(id: string): Promise<readonly Overlap[]> {
  const { overlaps } = await ledger.getNow(`/api/claims/${id}/overlaps`);
  return overlaps as readonly Overlap[];
}

test.each([
  ['savings', savings],
  ['avoided costs', avoidance],
])(
  'the %s of Warrington in 2018/19 and 2019/20 are to be decided on, and nothing else is',
  async (_what, pair) => {
    const [earlier, later] = pair;
    for (const [one, other] of [
      [earlier, later],
      [later, earlier],
    ] as const) {
      const blocking = (await overlapsOf(one)).filter((overlap) => overlap.blocking);
      expect(blocking.map(({ claim }) => claim.id)).toEqual([other]);
      expect(blocking[0]?.because).toContain('same body and service');
    }
  },
);

test('Warrington and Worcestershire have one amount: that is shown, and holds neither up', async () => {
  const equal = (await overlapsOf(savings[0])).filter(({ because }) => because.includes('equal amounts'));
  const worcestershire = equal.find(({ claim }) =>
    claim.bodies.some(({ name }) => /Worcestershire/.test(name)),
  );
  expect(worcestershire).toMatchObject({ because: ['equal amounts'], blocking: false });
});

test('a candidate holds verification up until finance has decided, in both claims at once', async () => {
  const [earlier, later] = savings;
  const { content } = await ledger.read(later);
  await ledger.post(
    `/api/records/claim/${later}/corrections`,
    {
      type: 'SavingsRecorded',
      data: { ...(content as object), method: 'actuals' },
      reason: 'late-information',
      comment: 'As it was',
    },
    'team',
  );
  await ledger.step(later, 'propose-baseline', 'team', baseline);
  await ledger.attach(later, 'outturn');
  await ledger.step(later, 'submit', 'team');
  await ledger.step(later, 'start-review', 'verifier');
  await ledger.step(later, 'agree-baseline', 'approver');
  const verified = { years: [{ year: 201920, verifiedPence: 145_000_00 }] };
  const held = await ledger.step(later, 'verify', 'verifier', verified);
  expect([held.status, codesOf(held)]).toEqual([422, ['overlap-resolved']]);
  expect(JSON.stringify(held.body['errors'])).toContain(earlier);
  const decided = await ledger.step(later, 'resolve-overlap', 'approver', {
    other: earlier,
    as: 'distinct',
    note: 'The later one is of other plans',
  });
  expect([decided.status, decided.body['records']]).toMatchObject([201, [{ id: later }, { id: earlier }]]);
  expect((await overlapsOf(earlier)).find(({ claim }) => claim.id === later)).toMatchObject({
    resolved: 'distinct',
    blocking: false,
  });
  expect((await ledger.step(later, 'verify', 'verifier', verified)).status).toBe(201);
});

test('what two claims share counts once: the table of the year goes down by it', async () => {
  const [earlier, later] = avoidance;
  const total = async (): Promise<number> => {
    const { total: sum } = await ledger.getNow('/api/savings?year=2019/20');
    return (sum as { readonly pence: number }).pence;
  };
  const before = await total();
  const resolved = await ledger.step(later, 'resolve-overlap', 'verifier', {
    other: earlier,
    as: 'shared',
    elsewhere: [{ claim: later, year: 201920, pence: 100_000_00 }],
  });
  expect(resolved.status).toBe(201);
  expect(await total()).toBe(before - 100_000_00);
});

test('the figures of the reports are checked: a total that mixes, and values that are said of two things', async () => {
  const { body } = await ledger.get('/api/figure-checks');
  const { findings } = body;
  const found = (findings as readonly { finding: string; figures: readonly { figure: string }[] }[]).map(
    ({ finding, figures }) => [finding, ...figures.map(({ figure }) => figure)],
  );
  expect(found).toEqual(
    expect.arrayContaining([
      [
        'parts make a total',
        '2016-17.local-partnerships.savings-identified',
        '2016-17.local-partnerships.savings-delivered',
        '2016-17.local-partnerships.savings-potential',
      ],
      [
        'one value, two scopes',
        '2016-17.procurement-and-commercial.savings',
        '2016-17.procurement-frameworks.savings',
      ],
      [
        'one value, two scopes',
        '2019-20.behavioural-insights.savings',
        '2019-20.behavioural-insights.case.warrington.savings',
      ],
      [
        'one value, two scopes',
        '2019-20.behavioural-insights.cost-avoidance',
        '2019-20.behavioural-insights.case.warrington.cost-avoidance',
      ],
    ]),
  );
});
