import { demonstrationSchedule, figureMapping, sampleImportIds } from '@ledger/demonstration';
import { RunningLedger } from '../running/running-ledger';

let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(true);
}, 120_000);
afterAll(() => ledger.stop());

interface Row {
  readonly group: string;
  readonly numerator: number;
  readonly base: number;
  readonly percentage: number;
  readonly shown: string;
}

async function shares(of: string, by: string, more = ''): Promise<Map<string, Row>> {
  const { body } = await ledger.get(`/api/take-up?${of}&year=2016/17&by=${by}${more}`);
  const rows = [...(body['rows'] as readonly Row[]), body['total'] as Row];
  return new Map(rows.map((row) => [row.group, row]));
}

const text = (row: Row | undefined): string => `${row?.numerator}/${row?.base} ${row?.shown}`;
const extremes = (rows: Map<string, Row>): [string, string] => {
  const ordered = [...rows.values()]
    .filter(({ group, base }) => group !== 'All councils' && base > 0)
    .sort((a, b) => a.numerator / a.base - b.numerator / b.base);
  return [ordered.at(-1)?.group ?? '', ordered[0]?.group ?? ''];
};

async function total(measure: string, more = ''): Promise<number> {
  const { body } = await ledger.get(`/api/explain?ask=annual-total&measure=${measure}&year=2016/17${more}`);
  return body['value'] as number;
}

/** The rows of a year in which no illustrative record is. */
function ofRecords(totals: Readonly<Record<string, unknown>>): unknown {
  const rows = totals['rows'] as readonly { measure: string; value: number }[];
  return rows.filter(({ measure }) => measure !== 'members' && measure !== 'parts-accessed');
}

describe('peer challenges of 2016/17 at 31 March 2017', () => {
  test('119 at fewer councils, as published by type', async () => {
    expect(await total('peer-challenges')).toBe(119);
    const rows = await shares('measure=peer-challenges', 'type');
    expect(text(rows.get('unitary'))).toBe('29/56 52%');
    expect(text(rows.get('county'))).toBe('13/27 48%');
    expect(text(rows.get('district'))).toBe('40/201 20%');
    expect(text(rows.get('metropolitan'))).toBe('17/36 47%');
    expect(rows.get('London borough')?.numerator).toBeLessThanOrEqual(9);
    expect(rows.get('All councils')?.numerator).toBeLessThanOrEqual(119 - 11);
  });
  test('the South West highest and London lowest', async () => {
    expect(extremes(await shares('measure=peer-challenges', 'region'))).toEqual(['South West', 'London']);
  });
  test('the Liberal Democrats highest with 3 of 7, the Conservatives 27 %', async () => {
    const rows = await shares('measure=peer-challenges', 'control');
    expect(text(rows.get('Liberal Democrat'))).toBe('3/7 3 of 7');
    expect(rows.get('Liberal Democrat')?.percentage).toBe(43);
    expect(rows.get('Conservative')?.base).toBe(190);
    expect(rows.get('Conservative')?.percentage).toBe(27);
    expect(extremes(rows)[0]).toBe('Liberal Democrat');
  });
  test('control at the activity’s date would give other numbers: the trap is there', async () => {
    const { body } = await ledger.get(
      '/api/explain?ask=annual-total&measure=peer-challenges&year=2016/17&limit=500',
    );
    const early = (body['lines'] as readonly { to: string }[]).filter(({ to }) => to < '2016-05-05');
    expect(early.length).toBeGreaterThan(0);
  });
});

test('649 councillors with over 700 attendances, from 233 councils; London highest, Yorkshire lowest', async () => {
  expect(await total('councillors-trained')).toBe(649);
  expect(await total('attendances')).toBeGreaterThan(700);
  expect(await total('councillors-booked')).toBeGreaterThan(649);
  const rows = await shares('measure=councillors-trained', 'region');
  expect(text(rows.get('London'))).toBe('28/33 85%');
  expect(text(rows.get('Yorkshire and The Humber'))).toBe('12/22 55%');
  expect(rows.get('All councils')?.numerator).toBe(233);
  expect(extremes(rows)).toEqual(['London', 'Yorkshire and The Humber']);
});

test('peer support as published by type, control and region', async () => {
  const types = await shares('offer=tailored-peer-support', 'type');
  expect(text(types.get('All councils'))).toBe('193/353 55%');
  expect(text(types.get('county'))).toBe('21/27 78%');
  expect(types.get('district')?.numerator).toBe(100);
  expect(extremes(types)).toEqual(['county', 'district']);
  const controls = await shares('offer=tailored-peer-support', 'control');
  expect(text(controls.get('No overall control'))).toBe('43/53 81%');
  expect(extremes(await shares('offer=tailored-peer-support', 'region'))).toEqual([
    'North East',
    'East Midlands',
  ]);
});

test.each([
  ['centre-for-public-scrutiny', '54/353 15%'],
  ['one-public-estate', '214/353 61%'],
  ['local-partnerships', '122/353 35%'],
  ['lg-inform', '353/353 100%'],
  ['workforce-support', '120/353 34%'],
  ['devolution-support', '47/353 13%'],
  ['productivity-experts', '25/353 7%'],
  ['digital-support', '26/353 7%'],
  ['finance-support', '20/353 6%'],
  ['finance-peer-challenge', '9/353 3%'],
])('%s reaches %s of all councils', async (offer, expected) => {
  expect(text((await shares(`offer=${offer}`, 'type')).get('All councils'))).toBe(expected);
});

test('workforce support by type; productivity experts with partners; the programme over 70', async () => {
  const rows = await shares('offer=workforce-support', 'type');
  expect(
    ['London borough', 'county', 'metropolitan', 'unitary', 'district'].map(
      (type) => rows.get(type)?.numerator,
    ),
  ).toEqual([16, 9, 12, 18, 65]);
  expect(await total('councils-supported', '&offer=productivity-experts&roles=recipient,partner')).toBe(34);
  expect(await total('councils-supported', '&programme=productivity')).toBeGreaterThan(70);
});

test('the savings annex: 219.9 against 210, under a label that names what it mixes', async () => {
  const { body } = await ledger.get('/api/savings?year=2016/17');
  const rows = body['rows'] as readonly { value: number }[];
  expect(rows.map(({ value }) => value)).toEqual([24.5e6, 71.2e6, 12e6, 7.9e6, 63.9e6, 5.3e6, 35.1e6]);
  expect(body['total']).toMatchObject({ value: 219.9e6 });
  expect(body['total']).toMatchObject({ label: expect.stringContaining('which mixes') as string });
  expect(body['target']).toMatchObject({ value: 210e6 });
  const split = body['split'] as readonly { value: number; label: string }[];
  expect(split.map(({ value }) => value)).toEqual(expect.arrayContaining([25.5e6, 12.2e6, 35e6]));
  expect(split.filter(({ label }) => label === 'Saved').map(({ value }) => value)).toEqual([25.5e6]);
});

test('as recorded by 30 June 2017 it held a challenge and a claim more', async () => {
  const { body } = await ledger.get('/api/annual-totals?year=2016/17&asRecordedBy=2017-06-30');
  expect(
    (body['rows'] as readonly { measure: string; value: number }[]).find(
      ({ measure }) => measure === 'peer-challenges',
    )?.value,
  ).toBe(120);
  const savings = await ledger.get('/api/savings?year=2016/17&asRecordedBy=2017-06-30');
  expect(savings.body['total']).toMatchObject({ value: 221.4e6 });
});

describe('2019/20 as at and as recorded by 30 September 2019', () => {
  const half = 'year=2019/20&asAt=2019-09-30';
  const then = `${half}&asRecordedBy=2019-09-30`;
  async function values(query: string): Promise<ReadonlyMap<string, number>> {
    const { body } = await ledger.get(`/api/annual-totals?${query}`);
    expect(body).toMatchObject({ illustrative: true });
    const rows = body['rows'] as readonly { measure: string; value: number }[];
    return new Map(rows.map(({ measure, value }) => [measure, value]));
  }
  const asked = [
    'peer-challenges',
    'corporate-or-finance-peer-challenges',
    'councillors-booked',
    'councillors-trained',
    'deliverables',
    'deliverables-green',
    'deliverables-amber',
    'deliverables-red',
  ];

  test('55 deliverables are 12 green, 43 amber and none red, with what the colours meant', async () => {
    const { body } = await ledger.get(`/api/deliverables?${then}`);
    expect(body).toMatchObject({
      illustrative: true,
      total: 55,
      green: 12,
      amber: 43,
      red: 0,
      notRated: 0,
      definitions: [
        {
          green: 'delivered in full',
          amber: 'not delivered yet, and on course to be by the end of the year',
          red: 'not on course to be delivered by the end of the year',
          deliverables: 55,
        },
      ],
    });
  });
  test('56 peer challenges, 22 of them corporate or finance; 953 booked and 202 taken part, kept apart', async () => {
    for (const query of [then, half]) {
      const counted = await values(query);
      expect(asked.map((measure) => counted.get(measure))).toEqual([56, 22, 953, 202, 55, 12, 43, 0]);
    }
  });
  test('the year’s end gives 68 of 75 as 91 %, and the half-year still 64 of 75', async () => {
    const progress = async (query: string): Promise<unknown> => {
      const { body } = await ledger.get(`/api/deliverables?${query}`);
      const rows = body['rows'] as readonly { title: string; progress: unknown }[];
      return rows.find(({ title }) => title.includes('changed control'))?.progress;
    };
    expect(await progress('year=2019/20')).toEqual({
      numerator: 68,
      base: 75,
      percentage: 91,
      shown: '91%',
    });
    expect(await progress(half)).toMatchObject({ numerator: 64, base: 75 });
    expect(await progress('year=2019/20&asRecordedBy=2019-09-30')).toMatchObject({ numerator: 64 });
    expect(await councilsWithSupport('2019-09-30')).toBe(64);
    expect(await councilsWithSupport('2020-03-31')).toBe(68);
  });
  test('asked today it says how many records dated only to the year it leaves out', async () => {
    const { body } = await ledger.get(`/api/annual-totals?${half}`);
    // Three challenges and twelve places are invented so; the others are the reports' own activities.
    expect(body['datedOnlyToYear']).toBeGreaterThanOrEqual(15);
    const rows = body['rows'] as readonly { measure: string; value: number; leftOut: unknown }[];
    expect(rows.find(({ measure }) => measure === 'peer-challenges')).toMatchObject({
      value: 56,
      leftOut: [
        { label: 'dated too widely to be known to lie in it', count: 5 },
        { label: 'dated only to the year', count: 3 },
      ],
    });
    const then = await ledger.get(`/api/annual-totals?${half}&asRecordedBy=2019-09-30`);
    expect(then.body).toMatchObject({ datedOnlyToYear: 0 });
  });
  test('by quarter the challenges add up to the year’s 129, with a row of those in no one quarter', async () => {
    const { body } = await ledger.get('/api/quarterly-totals?year=2019/20');
    const rows = body['rows'] as readonly { measure: string; periods: readonly { value: number }[] }[];
    const periods = rows.find(({ measure }) => measure === 'peer-challenges')?.periods ?? [];
    const [first = 0, second = 0, third = 0, fourth = 0, notKnown, year] = periods.map(({ value }) => value);
    expect(first + second).toBe(56);
    expect(notKnown).toBe(5);
    expect(first + second + third + fourth + 5).toBe(129);
    expect(year).toBe(129);
  });
  test.each([
    ['2019-20.h1.mou.deliverables.green', 12],
    ['2019-20.h1.mou.targets-delivered', 12],
    ['2019-20.h1.peer-challenges.corporate-or-finance', 22],
    ['2019-20.h1.change-of-control.councils', 64],
    ['2019-20.change-of-control.councils', 68],
    ['2019-20.peer-challenges.delivered', 129],
    ['2019-20.peer-challenges.first-time', 22],
    ['2019-20.leadership.councillors', 958],
    ['2019-20.next-generation.participants', 70],
    ['2019-20.peer-support.tailored.councils', 134],
  ])('the published %s is what the invented records come to, and is said to be', async (figure, value) => {
    const { body } = await ledger.get(`/api/figures/${figure}`);
    expect(body).toMatchObject({ published: { value }, computed: { value }, comparable: false });
    expect(body['reason']).toContain('illustrative records, made to match the published figure');
  });

  async function councilsWithSupport(asAt: string): Promise<unknown> {
    const { body } = await ledger.get(
      `/api/explain?ask=annual-total&measure=councils-supported&offer=change-of-control-support&year=2019/20&asAt=${asAt}`,
    );
    return body['value'];
  }
});

describe('published figures', () => {
  test('609 are brought forward, and each that has a query is computed', async () => {
    const { body } = await ledger.get('/api/figures');
    expect(body).toMatchObject({
      published: 609,
      withQuery: figureMapping.length,
      withoutQuery: 609 - figureMapping.length,
    });
    for (const { figure, query } of figureMapping) {
      const answer = await ledger.get(`/api/figures/${figure}`);
      expect([figure, answer.status, answer.body['computed'] !== undefined]).toEqual([
        figure,
        200,
        query.ask !== 'savings-target',
      ]);
    }
  });
  test('an illustrative one says it was made to match, and one that cannot be had says what can', async () => {
    const { body } = await ledger.get('/api/figures/2016-17.peer-challenges.take-up.metropolitan');
    expect(body).toMatchObject({
      comparable: false,
      published: { value: 48 },
      computed: { value: 47, numerator: 17, base: 36 },
    });
    expect(body['reason']).toContain('made to match the published figure');
    expect(body['reason']).toContain('48% cannot be had on a base of 36: 17 gives 47%, 18 gives 50%');
  });
  test('one of which few records are held is not compared', async () => {
    const { body } = await ledger.get('/api/figures/2018-19.peer-challenges.delivered');
    expect(body).toMatchObject({
      comparable: false,
      reason: 'records held: 1; published: 145; not comparable.',
    });
  });
});

test('unknown control is a row of its own, also where no council is in it', async () => {
  const rows = await shares('measure=peer-challenges', 'control');
  expect(rows.get('unknown')).toMatchObject({
    numerator: 0,
    base: 0,
    percentage: null,
    shown: 'no councils',
  });
});

test('by party, groups under five would be withheld; the others are shares of all who took part', async () => {
  const { body } = await ledger.get('/api/take-up?measure=councillors-trained&year=2016/17&by=party');
  const rows = body['rows'] as readonly { numerator: number | null; base: number }[];
  expect(rows.every(({ numerator, base }) => base === 649 && (numerator === null || numerator >= 5))).toBe(
    true,
  );
});

test('a council’s group is explained by its register events, and a share by its lines', async () => {
  const { body } = await ledger.get(
    '/api/explain?ask=take-up&measure=peer-challenges&year=2016/17&by=control&group=Liberal%20Democrat',
  );
  const councils = body['councils'] as readonly { counts: boolean; registerEvents: readonly string[] }[];
  expect(councils.length).toBe(7);
  expect(councils.filter(({ counts }) => counts).length).toBe(3);
  expect(councils.every(({ registerEvents }) => registerEvents.length >= 2)).toBe(true);
  expect(
    (body['lines'] as readonly { event: string }[]).every(({ event }) => /^[0-9a-f-]{36}$/.test(event)),
  ).toBe(true);
});

test('the whole ledger is as the schedule says, and agrees with a count anew', async () => {
  const events = demonstrationSchedule(true).reduce((sum, step) => sum + step.events.length, 0);
  const { body } = await ledger.get('/api/check');
  expect(body).toMatchObject({ events, findings: [] });
});

test('reversing the illustrative 2019/20 takes its figures and deliverables out', async () => {
  const reversal = await ledger.post(`/api/imports/${sampleImportIds(201920, 1).join(',')}/reversal`, {
    reason: 'other',
  });
  expect(reversal.status).toBe(201);
  const after = `&after=${String(reversal.body['cursor'])}`;
  expect((await ledger.get(`/api/deliverables?year=2019/20${after}`)).body).toMatchObject({ total: 0 });
  const { body } = await ledger.get(`/api/annual-totals?year=2019/20${after}`);
  const rows = body['rows'] as readonly { measure: string; value: number }[];
  for (const measure of ['peer-challenges', 'councillors-booked', 'councillors-trained'])
    expect(rows.find((row) => row.measure === measure)?.value).toBe(0);
}, 60_000);

test('reversing the illustrative year takes everything of it out, and nothing else', async () => {
  const { body: before } = await ledger.get('/api/annual-totals?year=2018/19');
  const reversal = await ledger.post(`/api/imports/${sampleImportIds(201617, 1).join(',')}/reversal`, {
    reason: 'other',
  });
  expect(reversal.status).toBe(201);
  const after = `&after=${String(reversal.body['cursor'])}`;
  const { body } = await ledger.get(`/api/annual-totals?year=2016/17${after}`);
  expect(
    (body['rows'] as readonly { measure: string; value: number }[])
      .filter(({ measure }) => measure.startsWith('peer-'))
      .map(({ value }) => value),
  ).toEqual([0, 0]);
  expect((await ledger.get(`/api/savings?year=2016/17${after}`)).body['total']).toMatchObject({ pence: 0 });
  const { body: untouched } = await ledger.get('/api/annual-totals?year=2018/19');
  // Memberships and parts accessed in three years do reach into later years.
  expect(ofRecords(untouched)).toEqual(ofRecords(before));
  expect((await ledger.get('/api/check')).body).toMatchObject({ findings: [] });
  const again = await ledger.post(`/api/imports/${sampleImportIds(201617, 1).join(',')}/reversal`, {
    reason: 'other',
  });
  expect(again.status).toBe(422);
});
