import { LiveLedger } from '../live/live-ledger';

/*
 * Programme editors have their own programmes only (E7), and support given discreetly is counted for everybody and
 * named to few (E9).
 */

let ledger: LiveLedger;
const tokens: Record<string, string> = {};
const records: Record<string, string> = {};

function support(offer: string, body: string): unknown {
  const occurred = { from: '2025-06-02', to: '2025-06-03', basis: 'stated' };
  return {
    type: 'SupportProvided',
    data: { offer, title: `${offer} at ${body}`, occurred, bodies: [{ body, role: 'recipient' }] },
  };
}

async function record(by: string, ...items: unknown[]): Promise<readonly { id: string }[]> {
  const { status, body, text } = await ledger.post('/api/records', { records: items }, tokens[by]);
  if (status !== 201) throw new Error(text);
  return body['records'] as { id: string }[];
}

const discreet = 'member-peer-support';

beforeAll(async () => {
  ledger = await LiveLedger.start();
  const add = async (
    name: string,
    role: 'programme-editor' | 'auditor' | 'report-writer' | 'finance-verifier',
    programmes: 'all' | string[] = 'all',
  ) => {
    tokens[name] = (await ledger.user(name, [{ role, programmes }])).token;
  };
  await add('all', 'programme-editor');
  await add('auditor', 'auditor');
  await add('writer', 'report-writer');
  await add('finance', 'finance-verifier');
  const offers = (await ledger.get('/api/offers', tokens['all'])).body['offers'] as {
    id: string;
    restricted: boolean;
    programme: { id: string };
  }[];
  const programmeOf = (id: string): string => offers.find((offer) => offer.id === id)?.programme.id ?? '';
  records['discreetOffer'] = offers.find(({ restricted }) => restricted)?.id ?? discreet;
  await add('cyber', 'programme-editor', [programmeOf('cyber-security')]);
  await add('discreet', 'programme-editor', [programmeOf(records['discreetOffer'])]);
  records['cyber'] = (await record('all', support('cyber-security', 'Watford')))[0]?.id ?? '';
  const discreetOnes = ['Leeds', 'Cornwall', 'Elmbridge'].map((body) =>
    support(records['discreetOffer'] ?? '', body),
  );
  records['discreet'] = (await record('all', ...discreetOnes))[0]?.id ?? '';
}, 60_000);
afterAll(() => ledger.stop());

describe('an editor of one programme', () => {
  const refused = { status: 403, code: 'NOT_YOUR_PROGRAMME' };
  async function outcome(path: string, body: unknown): Promise<{ status: number; code: unknown }> {
    const answer = await ledger.post(path, body, tokens['cyber']);
    return { status: answer.status, code: answer.body['code'] };
  }

  test('records and corrects in it', async () => {
    const [made] = await record('cyber', support('cyber-security', 'Brent'));
    const withdrawal = await ledger.post(
      `/api/records/activity/${made?.id ?? ''}/withdrawals`,
      { reason: 'other' },
      tokens['cyber'],
    );
    expect(withdrawal.status).toBe(201);
  });
  test('can neither record, import, move a record, correct, withdraw nor merge in another', async () => {
    const other = support('leadership-academy', 'Watford');
    expect(await outcome('/api/records', { records: [other] })).toEqual(refused);
    expect(await outcome('/api/records', { records: [support('cyber-security', 'Leeds'), other] })).toEqual(
      refused,
    );
    expect(await outcome('/api/imports', { label: 'x', records: [other] })).toEqual(refused);
    const at = (id: string | undefined): string => `/api/records/activity/${id ?? ''}`;
    const moved = { ...(other as object), reason: 'wrong-offer' };
    expect(await outcome(`${at(records['cyber'])}/corrections`, moved)).toEqual(refused);
    expect(await outcome(`${at(records['discreet'])}/withdrawals`, { reason: 'other' })).toEqual(refused);
    const merge = { merged: records['discreet'], survivor: records['cyber'], reason: 'duplicate' };
    expect(await outcome('/api/merges', merge)).toEqual(refused);
  });
  test('reads the records of it and no others, but the figures of all', async () => {
    const { body } = await ledger.get('/api/records?limit=100', tokens['cyber']);
    const found = body['records'] as { offer: string }[];
    expect(new Set(found.map(({ offer }) => offer))).toEqual(new Set(['cyber-security']));
    expect(body['total']).toBe(found.length);
    expect(
      (await ledger.get(`/api/records/activity/${records['discreet'] ?? ''}`, tokens['cyber'])).status,
    ).toBe(404);
    expect((await ledger.get('/api/annual-totals?year=2025/26', tokens['cyber'])).status).toBe(200);
  });
  test('sees a form with the offers of it alone', async () => {
    const { text } = await ledger.get('/record/SupportProvided', tokens['cyber']);
    expect(text).toContain('value="cyber-security"');
    expect(text).not.toContain('value="leadership-academy"');
  });
});

describe('support given discreetly', () => {
  const names = ['Leeds', 'Cornwall', 'Elmbridge'];
  const explain = '/api/explain?ask=annual-total&measure=councils-supported&year=2025/26&limit=100';

  test.each(['writer', 'finance', 'cyber'])('is counted for %s, and named nowhere', async (who) => {
    const offer = records['discreetOffer'] ?? '';
    const totals = await ledger.get(explain, tokens[who]);
    expect(totals.body['value']).toBe(4);
    const takeUp = await ledger.get(`/api/take-up?offer=${offer}&by=region&year=2025/26`, tokens[who]);
    expect((takeUp.body['total'] as { numerator: number }).numerator).toBe(3);
    const rows = takeUp.body['rows'] as { numerator: number | null; withheld: boolean }[];
    expect(rows.filter(({ numerator }) => numerator !== null && numerator > 0)).toEqual([]);
    expect(rows.filter(({ withheld }) => withheld).length).toBeGreaterThanOrEqual(2);
    const answers = [
      totals.text,
      takeUp.text,
      (await ledger.get(`/api/take-up?offer=${offer}&by=region&year=2025/26&format=csv`, tokens[who])).text,
      (
        await ledger.get(
          `/api/explain?ask=take-up&offer=${offer}&by=all&group=All%20councils&year=2025/26&limit=100`,
          tokens[who],
        )
      ).text,
      (
        await ledger.get(
          `/api/explain?ask=take-up&offer=${offer}&by=type&group=unitary&year=2025/26&limit=100`,
          tokens[who],
        )
      ).text,
      (await ledger.get('/api/records?limit=100', tokens[who])).text,
      (await ledger.get(`/explain?ask=annual-total&measure=councils-supported&year=2025/26`, tokens[who]))
        .text,
    ];
    for (const answer of answers) for (const name of names) expect(answer).not.toContain(name);
    expect(
      (await ledger.get(`/api/records/activity/${records['discreet'] ?? ''}`, tokens[who])).status,
    ).not.toBe(200);
  });
  test('has its savings in a table by body, under no name but for those who may see it', async () => {
    const occurred = { from: '2025-06-02', to: '2025-06-03', basis: 'stated' };
    const amount = { fromYear: 202526, toYear: 202526, basis: 'actual', grossPence: 100, qualifier: 'exact' };
    await record('all', {
      type: 'SavingsRecorded',
      data: {
        offer: records['discreetOffer'],
        title: 'A saving',
        bodies: [{ body: 'Leeds', role: 'recipient' }],
        occurred,
        gainType: 'income',
        realisation: 'delivered',
        amounts: [amount],
        recurrence: 'one-off',
        source: 'The council',
        method: 'actuals',
      },
    });
    const table = '/api/savings-table?year=2025/26&by=body';
    const cell = '/api/explain?ask=savings-table&year=2025/26&by=body&column=delivered';
    const seen = await ledger.get(table, tokens['auditor']);
    const [row] = seen.body['rows'] as { id: string; label: string }[];
    expect(row?.label).toContain('Leeds');
    for (const who of ['writer', 'finance', 'cyber']) {
      const { text, body } = await ledger.get(table, tokens[who]);
      expect(body['rows']).toEqual([expect.objectContaining({ id: 'withheld', deliveredPence: 100 })]);
      const lines = await ledger.get(`${cell}&row=withheld`, tokens[who]);
      expect(lines.body['value']).toBe(1);
      for (const answer of [text, lines.text]) expect(answer).not.toContain('Leeds');
      const named = await ledger.get(`${cell}&row=${row?.id ?? ''}`, tokens[who]);
      expect([named.body['code'], named.text.includes('Leeds')]).toEqual(['UNKNOWN_GROUP', false]);
    }
  });
  test.each(['auditor', 'all', 'discreet'])('is named to %s', async (who) => {
    const { text } = await ledger.get(explain, tokens[who]);
    for (const name of names) expect(text).toContain(name);
    expect((await ledger.get(`/api/records/activity/${records['discreet'] ?? ''}`, tokens[who])).status).toBe(
      200,
    );
  });
});

test('finance reads records without the people in them', async () => {
  const person = String((await ledger.post('/api/people', { name: 'Some Peer' }, tokens['all'])).body['id']);
  const occurred = { from: '2025-06-02', to: '2025-06-03', basis: 'stated' };
  const [challenge, place] = await record(
    'all',
    {
      type: 'PeerChallengeDelivered',
      data: {
        offer: 'corporate-peer-challenge',
        occurred,
        bodies: [{ body: 'Watford', role: 'recipient' }],
        team: [{ person, role: 'lead' }],
      },
    },
    {
      type: 'CouncillorTrained',
      data: { offer: 'leadership-academy', occurred, person, body: 'Watford', course: 'C', party: 'Labour' },
    },
  );
  const seen = await ledger.get(`/api/records/activity/${challenge?.id ?? ''}`, tokens['finance']);
  expect([seen.status, seen.text.includes(person)]).toEqual([200, false]);
  expect((await ledger.get(`/api/records/activity/${place?.id ?? ''}`, tokens['finance'])).status).toBe(404);
  expect((await ledger.get('/api/records?limit=500', tokens['finance'])).text).not.toContain(
    'CouncillorTrained',
  );
});
