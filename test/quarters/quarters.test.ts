import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { derivedId } from '@ledger/events';
import { FormVisitor, unescaped } from '../live/browserless';
import { RunningLedger } from '../running/running-ledger';

/* Parts of a year: up to a day, by quarter, and what cannot be told (design section 4). */

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
}, 60_000);
afterAll(() => ledger.stop());

type When = readonly [from: string, to: string, basis?: 'report-year'];

function occurred([from, to, basis = 'stated' as const]: When | readonly [string, string, 'stated']): object {
  return { from, to, basis };
}

async function record(records: readonly object[]): Promise<string> {
  const { status, body } = await ledger.post('/api/records', { records });
  expect([status, body]).toEqual([201, expect.anything()]);
  return String(body['position']);
}

async function supported(when: When): Promise<string> {
  const data = {
    offer: 'cyber-security',
    occurred: occurred(when),
    bodies: [{ body: 'Watford', role: 'recipient' }],
  };
  return record([{ type: 'SupportProvided', data }]);
}

interface Row {
  readonly measure: string;
  readonly value: number;
  readonly leftOut: readonly { readonly label: string; readonly count: number }[];
  readonly change: { readonly previous: number } | null;
  readonly rule: { readonly words: string };
  readonly explain: string;
  readonly addsUp: boolean;
  readonly periods: readonly {
    readonly period: unknown;
    readonly value: number | null;
    readonly explain: string;
  }[];
}

async function totals(
  path: string,
): Promise<{ readonly row: (measure: string) => Row; readonly body: object }> {
  const { status, body } = await ledger.get(path);
  expect([status, body]).toEqual([200, expect.anything()]);
  const rows = body['rows'] as readonly Row[];
  return {
    body,
    row: (measure) => {
      const found = rows.find((row) => row.measure === measure);
      if (found === undefined) throw new RangeError(`There is no row ${measure}`);
      return found;
    },
  };
}

async function command(...args: readonly string[]): Promise<string> {
  const environment = { ...process.env, LEDGER_DATA: join(ledger.folder, 'ledger') };
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { env: environment }, (_error, stdout) => resolve(stdout));
  });
}

test('a half-year and each quarter count what is known to lie in them, and say what they leave out', async () => {
  await supported(['2023-05-02', '2023-05-02']);
  await supported(['2024-05-02', '2024-05-03']);
  await supported(['2024-09-30', '2024-09-30']);
  await supported(['2024-09-30', '2024-10-01']);
  await supported(['2024-12-01', '2024-12-31']);
  await supported(['2024-04-01', '2025-03-31', 'report-year']);
  const before = await supported(['2025-03-20', '2025-04-02']);
  await supported(['2024-08-01', '2024-08-02']);

  const half = await totals('/api/annual-totals?year=2024/25&asAt=2024-09-30');
  expect(half.body).toMatchObject({ asAt: '2024-09-30', datedOnlyToYear: 1 });
  expect(half.row('support-activities')).toMatchObject({
    value: 3,
    change: { previous: 1 },
    leftOut: [
      { label: 'dated too widely to be known to lie in it', count: 2 },
      { label: 'dated only to the year', count: 1 },
    ],
  });
  const earlier = await totals(`/api/annual-totals?year=2024/25&asAt=2024-09-30&asRecordedBy=${before}`);
  expect(earlier.row('support-activities').value).toBe(2);

  const quarterly = await totals('/api/quarterly-totals?year=2024/25');
  expect(quarterly.body).toMatchObject({ datedOnlyToYear: 1 });
  const { addsUp, periods } = quarterly.row('support-activities');
  expect(addsUp).toBe(true);
  expect(periods.map(({ period, value }) => [period, value])).toEqual([
    [1, 1],
    [2, 2],
    [3, 1],
    [4, 0],
    ['not-known', 2],
    ['year', 6],
  ]);
  // One council in each of four rows is one council of the year.
  expect(quarterly.row('councils-supported')).toMatchObject({ addsUp: false });
  expect(quarterly.row('councils-supported').periods.at(-1)?.value).toBe(1);
  // A history has no quarters, and a level no unknown one.
  expect(quarterly.row('parts-accessed').periods.map(({ period }) => period)).toEqual(['year']);
  expect(quarterly.row('members').periods.map(({ value }) => value)).toEqual([0, 0, 0, 0, null, 0]);
});

test('each of them is explained by its own records', async () => {
  const quarterly = await totals('/api/quarterly-totals?year=2024/25');
  for (const { value, explain } of quarterly.row('support-activities').periods)
    expect((await ledger.get(explain)).body).toMatchObject({ value, lineCount: value });
  const half = await totals('/api/annual-totals?year=2024/25&asAt=2024-09-30');
  const { value, explain } = half.row('support-activities');
  expect((await ledger.get(explain)).body).toMatchObject({
    value,
    lineCount: value,
    question: 'Other support activities, 2024/25 as at 30 September 2024',
  });
});

test('take-up as at a day counts what was reached by it, says what is too wide, and is explained alike', async () => {
  const asked = 'offer=cyber-security&year=2024/25&by=type&referenceDate=2024-04-30';
  const { body } = await ledger.get(`/api/take-up?${asked}`);
  expect(body).toMatchObject({ total: { numerator: 0 } });
  expect(body['excluded']).toEqual(
    expect.arrayContaining([
      { label: 'records dated too widely to be known to lie before the end of the reference date', count: 1 },
      { label: 'records among these dated only to the year', count: 1 },
    ]),
  );
  const { explain } = body['total'] as { explain: string };
  expect(explain).toContain('referenceDate=2024-04-30');
  expect((await ledger.get(explain)).body).toMatchObject({ numerator: 0 });
});

test('pages, command and CSV show the same', async () => {
  const visitor = new FormVisitor(ledger.url);
  const half = unescaped((await visitor.get('/annual-totals?year=2024/25&asAt=2024-09-30')).html);
  expect(half).toContain('as at 30 September 2024');
  expect(half).toContain('before the day or after it: 1.');
  const page = unescaped((await visitor.get('/quarterly-totals?year=2024/25')).html);
  expect(page).toContain('Quarter not known');
  expect(page).toContain('The rows add up to the year.');
  const printed = await command('quarterly-totals', '--year', '2024/25');
  expect(printed).toMatch(/Other support activities +1 \[p\] +2 \[p\] +1 \[p\] +0 \[p\] +2 \[p\] +6 \[p\]/);
  expect(printed).toContain('Records dated only to the year: 1.');
  expect(await command('annual-totals', '--year', '2024/25', '--as-at', '2024-09-30')).toMatch(
    /Other support activities +3/,
  );
  const csv = await fetch(new URL('/api/quarterly-totals?year=2024/25&format=csv', ledger.url));
  expect(await csv.text()).toContain('support-activities,Other support activities,2024/25,not-known,2,');
});

test.each([
  ['annual-totals?year=2024/25&asAt=2025-04-01', 'no day of 2024/25'],
  [
    'explain?ask=annual-total&measure=parts-accessed&year=2024/25&quarter=1',
    'it reads the history of each body or person',
  ],
  ['explain?ask=annual-total&measure=members&year=2024/25&quarter=not-known', 'it is a level'],
  [
    'explain?ask=annual-total&measure=grants&year=2024/25&quarter=1&asAt=2024-05-01',
    'the two together are no span',
  ],
])('%s is refused in words', async (path, says) => {
  const { status, body } = await ledger.get(`/api/${path}`);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain(says);
});

test('booked, attended, completed and given up are four figures, none taken from another, each with its rule', async () => {
  const place = (name: string, type: string, day: string): object => ({
    type,
    id: derivedId('test-place', name),
    data: {
      offer: 'leadership-academy',
      occurred: occurred([day, day]),
      person: derivedId('test-person', name.slice(0, 1)),
      body: 'Watford',
      course: name,
      party: 'not stated',
    },
  });
  await record([
    // a books twice and attends both, once to the end; b books and gives up; c only books; d attends unbooked.
    place('a1', 'PlaceBooked', '2022-05-01'),
    place('a1', 'CouncillorTrained', '2022-06-01'),
    place('a1', 'CourseCompleted', '2022-07-01'),
    place('a2', 'PlaceBooked', '2022-05-01'),
    place('a2', 'CouncillorTrained', '2022-06-02'),
    place('b1', 'PlaceBooked', '2022-05-01'),
    place('b1', 'PlaceGivenUp', '2022-05-20'),
    place('c1', 'PlaceBooked', '2022-05-01'),
    place('d1', 'CouncillorTrained', '2022-10-01'),
  ]);
  const figures = async (asAt: string): Promise<readonly number[]> => {
    const { row } = await totals(`/api/annual-totals?year=2022/23${asAt}`);
    return ['councillors-booked', 'councillors-trained', 'attendances', 'courses-completed'].map(
      (measure) => row(measure).value,
    );
  };
  expect(await figures('')).toEqual([3, 2, 3, 1]);
  expect(await figures('&asAt=2022-06-01')).toEqual([3, 1, 1, 0]);
  const { html } = await new FormVisitor(ledger.url).get('/annual-totals?year=2022/23');
  const { row } = await totals('/api/annual-totals?year=2022/23');
  expect(unescaped(html)).toContain(row('councillors-trained').rule.words);
});
