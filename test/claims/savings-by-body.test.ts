import { ClaimsLedger } from './claims-ledger';

/* The savings table by body: given shares under their bodies, everything else under "not apportioned" (B4, B13). */

let ledger: ClaimsLedger;
const claims: Record<string, string> = {};

function ofYear(grossPence: number): object {
  return {
    occurred: { from: '2021-04-01', to: '2022-03-31', basis: 'stated' },
    amounts: [{ fromYear: 202122, toYear: 202122, basis: 'actual', grossPence, qualifier: 'exact' }],
  };
}

beforeAll(async () => {
  ledger = await ClaimsLedger.start();
  claims['one body'] = await ledger.claim(ofYear(1_000_00));
  claims['shares'] = await ledger.claim({
    ...ofYear(300_01),
    bodies: [
      { body: 'Warrington', role: 'recipient', sharePence: 200_01 },
      { body: 'Watford', role: 'partner', sharePence: 100_00 },
    ],
  });
  claims['no shares'] = await ledger.claim({
    ...ofYear(70_00),
    bodies: [
      { body: 'Warrington', role: 'recipient' },
      { body: 'Watford', role: 'recipient' },
    ],
  });
  claims['no body'] = await ledger.claim({ ...ofYear(5_00), bodies: [] });
}, 120_000);
afterAll(() => ledger.stop());

interface Row {
  readonly id: string | null;
  readonly label: string;
  readonly claims: number;
  readonly deliveredPence: number;
  readonly explain: Readonly<Record<string, string>>;
}
interface Table {
  readonly rows: readonly Row[];
  readonly total: Row;
  readonly rule: { readonly id: string };
}

async function table(by: string): Promise<Table> {
  // An answer of this address is a table.
  return (await ledger.getNow(`/api/savings-table?year=2021/22&by=${by}`)) as unknown as Table;
}

interface Opened {
  readonly value: number;
  readonly question: string;
  readonly rule: { readonly id: string };
  readonly lines: readonly { readonly kind: string; readonly quantity: number; readonly stream: string }[];
}

async function opened(row: Row | undefined, column = 'delivered'): Promise<Opened> {
  return (await ledger.getNow(row?.explain[column] ?? '')) as unknown as Opened;
}

function labelled({ rows }: Table, label: string): Row | undefined {
  return rows.find((row) => row.label.startsWith(label));
}

test('shares that are given stand under their bodies, the rest is not apportioned, and it comes to the total of the others', async () => {
  const byBody = await table('body');
  expect(byBody.rows.map(({ label, claims: of, deliveredPence }) => [label, of, deliveredPence])).toEqual([
    ['Warrington Borough Council', 2, 1_200_01],
    ['Watford Borough Council', 1, 100_00],
    ['Not apportioned: of several bodies, no share given', 1, 70_00],
    ['No body is named', 1, 5_00],
  ]);
  expect(byBody.total).toMatchObject({ claims: 4, deliveredPence: 1_375_01 });
  expect((await table('area')).total).toMatchObject({ claims: 4, deliveredPence: 1_375_01 });
  expect(byBody.rule.id).toBe('gains-table-by-body/1');
});

test('each cell opens to the events that it is made of', async () => {
  const byBody = await table('body');
  const linesOf = async (label: string): Promise<unknown[]> => {
    const { value, lines } = await opened(labelled(byBody, label));
    expect(value * 100).toBe(labelled(byBody, label)?.deliveredPence);
    return lines.map(({ kind, quantity, stream }) => [kind, quantity, stream]);
  };
  const stream = (name: string): string => `claim-${claims[name] ?? ''}`;
  expect(await linesOf('Warrington')).toEqual([
    ['gain', 1_000_00, stream('one body')],
    ['gain-share', 200_01, stream('shares')],
  ]);
  expect(await linesOf('Watford')).toEqual([['gain-share', 100_00, stream('shares')]]);
  expect(await linesOf('Not apportioned')).toEqual([['gain', 70_00, stream('no shares')]]);
  expect(await linesOf('No body')).toEqual([['gain', 5_00, stream('no body')]]);
  const { lines, question, rule } = await opened(byBody.total);
  expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(1_375_01);
  expect(question).toBe('All, 2021/22. Delivered (actual): cash-releasing efficiency');
  expect(rule.id).toBe('gains-table-by-body/1');
});

test('a cell that there is not is refused with what to do', async () => {
  const path = '/api/explain?ask=savings-table&year=2021/22&by=body';
  const unknown = await ledger.get(`${path}&row=nobody&column=delivered`);
  expect([unknown.status, unknown.body['code'], unknown.body['detail']]).toEqual([
    expect.any(Number),
    'UNKNOWN_GROUP',
    expect.stringContaining('/api/savings-table'),
  ]);
  expect((await ledger.get(`${path}&row=all`)).body['detail']).toBe('The parameter column is missing.');
  const wrong = await ledger.get(
    '/api/explain?ask=take-up&year=2021/22&by=body&group=x&offer=cyber-security',
  );
  expect([wrong.status, wrong.body['detail']]).toEqual([
    400,
    'The parameter by is one of region, type, control, party for this question.',
  ]);
});

test('page and CSV have it, and it can be published and counted again', async () => {
  const page = await (
    await fetch(new URL('/savings-table?year=2021/22&by=body', ledger.running.url), {
      headers: { 'Ledger-User': 'report-writer' },
    })
  ).text();
  for (const words of ['By body', 'Watford Borough Council', 'Not apportioned', 'from actual figures'])
    expect(page).toContain(words);
  expect(page).toContain('column=delivered-net');
  const csv = await (
    await fetch(new URL('/api/savings-table?year=2021/22&by=body&format=csv', ledger.running.url))
  ).text();
  const header = (csv.split('\n')[0] ?? '').split(',');
  const row = csv.split('\n').find((line) => line.startsWith('not-apportioned,'));
  expect(header.indexOf('delivered_pence')).toBeGreaterThan(0);
  expect(row).toContain('7000');
  const { status, body } = await ledger.post(
    '/api/publications',
    {
      publication: 'Annual report 2021/22, Annex B',
      ask: 'savings-table',
      parameters: { year: '2021/22', by: 'body' },
      table: true,
    },
    'reader',
  );
  expect([status, body['code']]).toEqual([201, undefined]);
  // Four rows and the total, in the four columns that can be published.
  expect(body['events']).toHaveLength(20);
  const again = await ledger.getNow('/api/savings-table?year=2021/22&by=body');
  const published = again['published'] as readonly {
    readonly publishedPence: number;
    readonly pence: number;
  }[];
  expect(published).toHaveLength(20);
  expect(published.every((one) => one.publishedPence === one.pence)).toBe(true);
});
