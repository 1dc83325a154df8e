import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { FormVisitor, unescaped } from '../live/browserless';
import { RunningLedger } from '../running/running-ledger';

/* Deliverables (S5): agreed with a target and the meaning of their colours, rated, and asked as at any day. */

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
}, 60_000);
afterAll(() => ledger.stop());

const means = { greenMeans: 'Done', amberMeans: 'On course to be done', redMeans: 'Not on course' };
const agreed = {
  title: 'Support for councils that changed control',
  offer: 'change-of-control-support',
  year: 201920,
  agreedOn: '2019-04-01',
  target: 'Every council that changed control',
  targetCount: 75,
  ...means,
};

async function recorded(type: string, data: unknown, id?: string): Promise<{ id: string; position: string }> {
  const { status, body } = await ledger.post('/api/records', {
    records: [{ type, data, ...(id !== undefined && { id }) }],
  });
  expect([status, body]).toEqual([201, expect.anything()]);
  const [record] = body['records'] as readonly { id: string }[];
  return { id: record?.id ?? '', position: String(body['position']) };
}

async function asked(more: string): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await ledger.get(`/api/deliverables?year=2019/20${more}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return body;
}

async function command(...args: readonly string[]): Promise<string> {
  const environment = { ...process.env, LEDGER_DATA: join(ledger.folder, 'ledger') };
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args], { env: environment }, (_error, stdout) => resolve(stdout));
  });
}

test('half-year and year end are both reproducible, as at a day and as recorded by a position', async () => {
  const { id } = await recorded('DeliverableAgreed', agreed);
  const half = await recorded('DeliverableRated', { asAt: '2019-09-30', rag: 'amber', achieved: 64 }, id);
  const end = await recorded('DeliverableRated', { asAt: '2020-03-31', rag: 'amber', achieved: 68 }, id);

  for (const when of ['&asAt=2019-09-30', `&asRecordedBy=${half.position}`])
    expect(await asked(when)).toMatchObject({
      total: 1,
      amber: 1,
      rows: [
        { rag: 'amber', ratedAsAt: '2019-09-30', progress: { numerator: 64, base: 75, percentage: 85 } },
      ],
    });
  expect(await asked('')).toMatchObject({
    asAt: '2020-03-31',
    rows: [{ progress: { numerator: 68, base: 75, percentage: 91, shown: '91%' } }],
    definitions: [{ green: 'Done', amber: 'On course to be done', red: 'Not on course', deliverables: 1 }],
    quarters: [
      { quarter: 1, total: 1, notRated: 1 },
      { quarter: 2, amber: 1 },
      { quarter: 3, amber: 1 },
      { quarter: 4, amber: 1 },
    ],
  });
  expect(await asked('&asAt=2019-06-30')).toMatchObject({
    notRated: 1,
    rows: [{ rag: null, progress: null }],
  });

  const { body: record } = await ledger.get(`/api/records/deliverable/${id}`);
  const [, first] = record['contents'] as readonly { event: string }[];
  const correction = await ledger.post(`/api/records/deliverable/${id}/corrections`, {
    corrects: first?.event,
    type: 'DeliverableRated',
    data: { asAt: '2019-09-30', rag: 'green', achieved: 65 },
    reason: 'late-information',
  });
  expect(correction.status).toBe(201);
  expect(await asked('&asAt=2019-09-30')).toMatchObject({
    green: 1,
    rows: [{ progress: { numerator: 65 } }],
  });
  expect(await asked(`&asAt=2019-09-30&asRecordedBy=${end.position}`)).toMatchObject({
    amber: 1,
    rows: [{ progress: { numerator: 64 } }],
  });

  const page = await new FormVisitor(ledger.url).get('/deliverables?year=2019/20');
  expect(unescaped(page.html)).toContain('68 of 75 (91%)');
  expect(page.html).toContain('On course to be done');
  expect(await command('deliverables', '--year', '2019/20')).toContain('68 of 75 (91%)');
  const csv = await fetch(new URL('/api/deliverables?year=2019/20&format=csv', ledger.url));
  expect(await csv.text()).toContain(',amber,2020-03-31,68,75,91,');
});

test('the counts are explained by the events that rated', async () => {
  const { explain, green } = (await asked('&asAt=2019-09-30')) as {
    explain: Record<string, string>;
    green: number;
  };
  const { body } = await ledger.get(explain['green'] ?? '');
  expect(body).toMatchObject({ value: green, lines: [{ type: 'DeliverableCorrected', kind: 'rating' }] });
});

test('a deliverable is agreed and rated by form: its page leads to the next rating', async () => {
  const visitor = new FormVisitor(ledger.url);
  const made = await visitor.send('/record/DeliverableAgreed', {
    title: 'A tool launched',
    year: '2018/19',
    agreedOn: '1 April 2018',
    target: 'Launched at the conference',
    ...means,
    step: 'record',
  });
  const id = /^\/records\/deliverable\/([0-9a-f-]{36})/.exec(made.at)?.[1] ?? made.html;
  expect(made.html).toContain('Deliverables agreed for the year');
  expect(made.html).toContain(`/record/DeliverableRated?record=${id}`);
  const rating = await visitor.get(`/record/DeliverableRated?record=${id}`);
  expect(rating.html).toContain('value="On course to be done"');
  const rated = await visitor.send(
    `/record/DeliverableRated?record=${id}`,
    {
      asAt: '30 June 2018',
      rag: 'green',
      ...means,
      step: 'record',
    },
    '/record/DeliverableRated',
  );
  expect(rated.at).toContain(`/records/deliverable/${id}`);
  expect(rated.html).toContain('Deliverables rated green');
  expect(rated.html).toContain(`/record/DeliverableRated?record=${id}`);
  const { body } = await ledger.get('/api/deliverables?year=2018/19&asAt=2018-06-30');
  expect(body).toMatchObject({ total: 1, green: 1 });
});

test('an import of deliverables and ratings is reversed whole', async () => {
  const id = '7d0c3a52-2c0c-4a57-8c7c-0d9cf0f3a111';
  const records = [
    { type: 'DeliverableAgreed', id, data: { ...agreed, year: 201718, agreedOn: '2017-04-01' } },
    { type: 'DeliverableRated', id, data: { asAt: '2017-09-30', rag: 'red', achieved: 1 } },
  ];
  const imported = await ledger.post('/api/imports', { label: 'Deliverables', records });
  expect(imported.status).toBe(201);
  const count = async (): Promise<unknown> =>
    (await ledger.get('/api/deliverables?year=2017/18&asAt=2017-09-30')).body['red'];
  expect(await count()).toBe(1);
  const [{ id: importId } = { id: '' }] = imported.body['records'] as readonly { kind: string; id: string }[];
  const reversal = await ledger.post(`/api/imports/${importId}/reversal`, { reason: 'other' });
  expect(reversal.status).toBe(201);
  expect(await count()).toBe(0);
  expect((await ledger.get('/api/check')).body).toMatchObject({ findings: [] });
});

test.each([
  ['2020-04-01', 'no day of 2019/20'],
  ['2019-02-30', 'must be a date'],
])('as at %s is refused in words', async (day, says) => {
  const { status, body } = await ledger.get(`/api/deliverables?year=2019/20&asAt=${day}`);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain(says);
});
