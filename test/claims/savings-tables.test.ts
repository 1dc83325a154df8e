import { ClaimsLedger } from './claims-ledger';

/* The savings annex from estimate to verified (B13), and what lies between two years or positions (B15). */

let ledger: ClaimsLedger;
beforeAll(async () => {
  ledger = await ClaimsLedger.start(true);
}, 120_000);
afterAll(() => ledger.stop());

interface Table {
  readonly rows: readonly ({ readonly id: string | null } & Record<string, number>)[];
  readonly total: Readonly<Record<string, number>>;
  readonly columns: Readonly<Record<string, string>>;
  readonly footnotes: readonly string[];
}

async function table(query: string): Promise<Table> {
  // An answer of this address is a table.
  return (await ledger.getNow(`/api/savings-table?${query}`)) as unknown as Table;
}

interface Bridge {
  readonly from: { readonly pence: number; readonly position: string };
  readonly to: { readonly pence: number; readonly position: string };
  readonly lines: readonly {
    readonly cause: string;
    readonly pence: number;
    readonly claims: number;
    readonly largest: readonly {
      readonly id: string;
      readonly beforePence: number;
      readonly afterPence: number;
      readonly events: readonly { readonly position: string; readonly type: string }[];
    }[];
  }[];
}

async function bridge(query: string): Promise<Bridge> {
  const found = (await ledger.getNow(`/api/savings-bridge?${query}`)) as unknown as Bridge;
  const between = found.lines.reduce((sum, { pence }) => sum + pence, 0);
  expect(found.from.pence + between).toBe(found.to.pence);
  return found;
}

test('the annex of 2016/17 comes out as estimate 219.9 and target 210, and says how it was found', async () => {
  const { rows, total, columns, footnotes } = await table('year=2016/17');
  expect(total).toMatchObject({
    estimatePence: 21_990_000_000,
    targetPence: 21_000_000_000,
    estimateMinusTargetPence: 990_000_000,
    verifiedPence: 0,
  });
  // In tenths of a million pounds, as they are printed.
  expect(rows.map(({ estimatePence }) => (estimatePence ?? 0) / 10_000_000)).toEqual([
    245, 712, 120, 79, 639, 53, 351,
  ]);
  for (const name of ['estimatePence', 'deliveredPence', 'verifiedPence', 'deliveredNetPence'])
    expect([name, rows.reduce((sum, row) => sum + (row[name] ?? 0), 0)]).toEqual([name, total[name]]);
  expect(columns['estimate']).toContain('income');
  expect(footnotes.join(' ')).toContain('of the estimate');
});

test('an estimate over four years is in a column of its own, whole, and in no year; what is delivered of it is not added to it', async () => {
  const before = (await table('year=2024/25')).total;
  const id = await ledger.claim({
    realisation: 'agreed',
    occurred: { from: '2024-04-01', to: '2025-03-31', basis: 'stated' },
    amounts: [
      {
        fromYear: 202425,
        toYear: 202728,
        basis: 'forecast',
        grossPence: 42_600_000_00,
        qualifier: 'estimated',
      },
    ],
  });
  const more = async (year: string): Promise<Record<string, number>> => {
    const { total } = await table(`year=${year}`);
    return Object.fromEntries(
      ['estimatePence', 'deliveredPence', 'lifetimeEstimatePence', 'deliveredToDatePence'].map((name) => [
        name,
        (total[name] ?? 0) - (before[name] ?? 0),
      ]),
    );
  };
  expect(await more('2024/25')).toEqual({
    estimatePence: 0,
    deliveredPence: 0,
    lifetimeEstimatePence: 42_600_000_00,
    deliveredToDatePence: 0,
  });
  const said = { year: 202425, grossPence: 10_000_000_00, qualifier: 'exact' };
  expect((await ledger.step(id, 'record-delivery', 'team', said)).status).toBe(201);
  const delivered = { deliveredPence: 10_000_000_00, lifetimeEstimatePence: 42_600_000_00 };
  expect(await more('2024/25')).toMatchObject({ ...delivered, deliveredToDatePence: 10_000_000_00 });
  const next = await table('year=2025/26');
  expect(next.total).toMatchObject({
    estimatePence: 0,
    deliveredPence: 0,
    lifetimeEstimatePence: 42_600_000_00,
    deliveredToDatePence: (before['deliveredToDatePence'] ?? 0) + 10_000_000_00,
  });
  expect(next.columns['lifetimeEstimate']).toBe(
    'Estimate over all years (agreed, forecast): cash-releasing efficiency',
  );
});

test('by programme it comes to the same, to the penny', async () => {
  const [areas, programmes] = [await table('year=2016/17'), await table('year=2016/17&by=programme')];
  expect({ ...programmes.total, explain: null }).toEqual({ ...areas.total, explain: null });
  expect(programmes.rows.reduce((sum, row) => sum + (row['estimatePence'] ?? 0), 0)).toBe(
    areas.total['estimatePence'],
  );
});

test('what is delivered, verified, rejected and lapsed moves through the table and the bridge, which opens to its claims and their events', async () => {
  const forecast = (grossPence: number): object => ({
    realisation: 'agreed',
    amounts: [{ fromYear: 202122, toYear: 202122, basis: 'forecast', grossPence, qualifier: 'estimated' }],
    occurred: { from: '2021-04-01', to: '2022-03-31', basis: 'stated' },
  });
  const [delivered, rejected] = [
    await ledger.readyToVerify(forecast(100_000_00)),
    await ledger.readyToVerify(forecast(30_000_00)),
  ];
  const opened = await ledger.read(delivered);
  const position = String(opened['position']);
  expect((await table('year=2021/22')).total).toMatchObject({ estimatePence: 130_000_00, deliveredPence: 0 });
  await ledger.step(delivered, 'record-delivery', 'team', {
    year: 202122,
    grossPence: 90_000_00,
    costPence: 10_000_00,
    qualifier: 'exact',
  });
  const years = [{ year: 202122, verifiedPence: 80_000_00, reason: 'no-evidence' }];
  await ledger.step(delivered, 'verify', 'verifier', { years });
  await ledger.step(rejected, 'reject', 'verifier', { reason: 'not-attributable' });
  const added = await ledger.claim(forecast(7_00));
  expect((await table('year=2021/22')).total).toMatchObject({
    claims: 2,
    estimatePence: 100_007_00,
    deliveredPence: 90_000_00,
    verifiedPence: 80_000_00,
    deliveredNetPence: 80_000_00,
  });
  const { lines } = await bridge(`from=2021/22&fromRecordedBy=${position}`);
  expect(lines.map(({ cause, pence, largest }) => [cause, pence, largest[0]?.id])).toEqual([
    ['new claims', 7_00, added],
    ['delivered', -10_000_00, delivered],
    ['withdrawn or rejected', -30_000_00, rejected],
  ]);
  // Each opens to what happened between the two positions, and to nothing before.
  expect(lines.map(({ largest }) => largest[0]?.events.map(({ type }) => type))).toEqual([
    ['SavingsRecorded'],
    ['DeliveryRecorded', 'ClaimVerified'],
    ['ClaimRejected'],
  ]);
  for (const { largest } of lines)
    for (const { events } of largest)
      expect(events.every((event) => BigInt(event.position) > BigInt(position))).toBe(true);
  const again = await bridge(`from=2021/22&fromRecordedBy=${position}&toRecordedBy=${position}`);
  expect(again.lines.map(({ cause, pence }) => [cause, pence])).toEqual([['gone on as they were', 0]]);
});

test('a bridge leads from what was known to what was known later, not back', async () => {
  const back = await ledger.get('/api/savings-bridge?from=2016/17&fromRecordedBy=9000&toRecordedBy=8000');
  expect([back.status, back.body['detail']]).toEqual([
    400,
    'What was known at position 9000 cannot lead to what was known before, at 8000; name the earlier day or position as the one to start from.',
  ]);
});

test('between two years the bridge adds up to the penny, and the table is a CSV too', async () => {
  const { lines } = await bridge('from=2018/19&to=2019/20');
  expect(lines.map(({ cause }) => cause)).toEqual(
    expect.arrayContaining(['first amounts of the year', 'no amount of the year']),
  );
  // Both years are as recorded by one position, so that a claim opens to all that it says.
  const opened = lines.flatMap(({ largest }) => largest);
  expect(opened.length).toBeGreaterThan(1);
  expect(opened.every(({ events }) => events[0]?.type === 'SavingsRecorded')).toBe(true);
  const csv = await fetch(new URL('/api/savings-table?year=2016/17&format=csv', ledger.running.url));
  const text = await csv.text();
  expect(text.split('\n')[0]).toContain('estimate_pence');
  expect(text).toContain('21990000000');
});
