import { request } from 'node:http';
import { RunningLedger } from '../running/running-ledger';

let ledger: RunningLedger;
beforeAll(async () => {
  ledger = await RunningLedger.start(false);
}, 60_000);
afterAll(() => ledger.stop());

type Data = Readonly<Record<string, unknown>>;
const recent = { from: '2025-06-02', to: '2025-06-03', basis: 'stated' };
const support = (more: Data = {}, type = 'SupportProvided'): Data => ({
  records: [
    {
      type,
      data: {
        offer: 'cyber-security',
        occurred: recent,
        bodies: [{ body: 'Watford', role: 'recipient' }],
        ...more,
      },
    },
  ],
});
const claim = (more: Data): Data => ({
  records: [
    {
      type: 'SavingsRecorded',
      data: {
        title: 'A claim',
        bodies: [{ body: 'Watford', role: 'recipient' }],
        occurred: recent,
        gainType: 'income',
        realisation: 'identified',
        amounts: [
          { fromYear: 202526, toYear: 202526, basis: 'forecast', grossPence: 100, qualifier: 'exact' },
        ],
        recurrence: 'one-off',
        source: 'test',
        method: 'not stated',
        ...more,
      },
    },
  ],
});
const id = '0190a1b2-0000-7000-8000-000000000001';
const place = (type: string, more: Data = {}): Data => ({
  records: [
    {
      type,
      data: {
        person: id,
        body: 'Watford',
        offer: 'leadership-academy',
        course: 'Course',
        occurred: recent,
        party: 'Labour',
        ...more,
      },
    },
  ],
});

/** What was sent, the status it must get, and a part of the sentence that says what to do. */
const wrongRecords: readonly [what: string, body: unknown, status: number, says: string][] = [
  ['bad JSON', '{"records":[{', 400, 'Check quotes, commas and brackets'],
  ['an empty body', '', 422, 'records'],
  ['a list', '[]', 400, 'must be a JSON object'],
  ['a number', '7', 400, 'must be a JSON object'],
  ['no records', { records: [] }, 422, 'must not be empty'],
  ['records that are no list', { records: 7 }, 422, '“7” must be a list'],
  ['no records at all', {}, 422, 'is missing; give a list'],
  ['a title that is a number', support({ title: 5 }), 422, '“5” must be a text'],
  ['an unknown field', { records: [], extra: 1 }, 422, 'there is no field “extra” here'],
  ['an unknown event type', support({}, 'SomethingDone'), 422, 'must be one of'],
  ['an event type that is no record', support({}, 'LedgerOpened'), 422, 'must be one of'],
  [
    'an unknown council',
    support({ bodies: [{ body: 'Watfrod', role: 'recipient' }] }),
    422,
    'did you mean Watford Borough Council?',
  ],
  [
    'a council that had ended',
    support({ bodies: [{ body: 'E07000150', role: 'recipient' }] }),
    422,
    'ended on 1 April 2021; its successor is North Northamptonshire Council',
  ],
  [
    'a council not begun',
    support({
      occurred: { from: '2020-06-01', to: '2020-06-01', basis: 'stated' },
      bodies: [{ body: 'Cumberland Council', role: 'recipient' }],
    }),
    422,
    'began on 1 April 2023',
  ],
  [
    'a name of two councils that are not there',
    support({ bodies: [{ body: 'Barsetshire', role: 'recipient' }] }),
    422,
    'is no body of the register',
  ],
  [
    'SQL in a name',
    support({ bodies: [{ body: "Robert'); DROP TABLE event;--", role: 'recipient' }] }),
    422,
    'is no body of the register',
  ],
  [
    'a name of 5,000 letters',
    support({ bodies: [{ body: 'x'.repeat(5000), role: 'recipient' }] }),
    422,
    'is no body of the register',
  ],
  [
    'a day after the day of recording',
    support({
      occurred: { from: '2125-06-01', to: '2125-06-01', basis: 'stated' },
      bodies: [{ body: 'Watford', role: 'recipient' }],
    }),
    422,
    'after the day of recording',
  ],
  [
    '29 February 2019',
    support({ occurred: { from: '2019-02-29', to: '2019-03-01', basis: 'stated' } }),
    422,
    'is not in the calendar',
  ],
  [
    'a date in another form',
    support({ occurred: { from: '3/4/2025', to: '3/4/2025', basis: 'stated' } }),
    422,
    'must be a date written as YYYY-MM-DD',
  ],
  [
    'an end before the beginning',
    support({ occurred: { from: '2025-06-03', to: '2025-06-02', basis: 'stated' } }),
    422,
    'before it begins',
  ],
  ['no date', support({ occurred: undefined }), 422, 'is missing'],
  ['an unknown offer', support({ offer: 'teleportation' }), 422, 'there is no offer “teleportation”'],
  ['an emoji as an offer', support({ offer: '🦊' }), 422, 'must be lower-case letters'],
  [
    'an offer of a peer challenge as support',
    support({ offer: 'corporate-peer-challenge' }),
    422,
    'record it as PeerChallengeDelivered',
  ],
  ['support as a peer challenge', support({}, 'PeerChallengeDelivered'), 422, 'is no peer challenge'],
  [
    'a wrong role',
    support({ bodies: [{ body: 'Watford', role: 'guest' }] }),
    422,
    'must be one of: recipient',
  ],
  ['no bodies', support({ bodies: [] }), 422, 'needs at least one body'],
  [
    'a body twice in one role',
    support({
      bodies: [
        { body: 'Watford', role: 'recipient' },
        { body: 'E07000103', role: 'recipient' },
      ],
    }),
    422,
    'stands twice',
  ],
  ['a title of 121 characters', support({ title: 'x'.repeat(121) }), 422, 'at most 120 characters'],
  ['an empty title', support({ title: '' }), 422, 'must not be empty'],
  ['NUL', support({ title: 'a\0b' }), 422, 'NUL'],
  [
    'half a character',
    '{"records":[{"type":"SupportProvided","data":{"title":"\\ud83e"}}]}',
    422,
    'half of a character',
  ],
  [
    'an integer beyond 2^53',
    '{"records":[{"type":"EventHeld","data":{"attendees":9007199254740993}}]}',
    422,
    'beyond 2^53',
  ],
  ['negative people', support({ title: 'Event', attendees: -3 }, 'EventHeld'), 422, 'attendees'],
  ['half a person', support({ title: 'Event', attendees: 2.5 }, 'EventHeld'), 422, 'attendees'],
  ['a number as text', support({ title: 'Event', attendees: '12' }, 'EventHeld'), 422, 'attendees'],
  [
    'an amount with a comma',
    claim({
      amounts: [
        { fromYear: 202526, toYear: 202526, basis: 'forecast', grossPence: '1,000', qualifier: 'exact' },
      ],
    }),
    422,
    '“1,000” is no amount in whole pence; give pence as a number, without quotes, comma or point: £1000.00 is 100000',
  ],
  [
    'an amount in pounds and pence',
    claim({
      amounts: [
        { fromYear: 202526, toYear: 202526, basis: 'forecast', grossPence: 10.5, qualifier: 'exact' },
      ],
    }),
    422,
    '“10.5” is no amount in whole pence; give pence as a number, without quotes, comma or point: £10.50 is 1050',
  ],
  [
    'an amount below nothing',
    claim({
      amounts: [
        { fromYear: 202526, toYear: 202526, basis: 'forecast', grossPence: -14_500, qualifier: 'exact' },
      ],
    }),
    422,
    '“-14500” must be at least 0; it is −£145.00',
  ],
  [
    'a year as it is printed',
    claim({
      amounts: [
        { fromYear: '2025/26', toYear: 202526, basis: 'forecast', grossPence: 1, qualifier: 'exact' },
      ],
    }),
    422,
    '“2025/26” is no financial year; give six digits as a number: 2019/20 is 201920',
  ],
  [
    'a year of four digits',
    claim({
      amounts: [{ fromYear: 2025, toYear: 202526, basis: 'forecast', grossPence: 1, qualifier: 'exact' }],
    }),
    422,
    '“2025” is no financial year; give six digits',
  ],
  [
    'a year that is none',
    claim({
      amounts: [{ fromYear: 202528, toYear: 202528, basis: 'forecast', grossPence: 1, qualifier: 'exact' }],
    }),
    422,
    'is no financial year',
  ],
  [
    'shares that do not add up',
    claim({ bodies: [{ body: 'Watford', role: 'recipient', sharePence: 99 }] }),
    422,
    'must agree to the penny',
  ],
  [
    'a share for one of two',
    claim({
      bodies: [
        { body: 'Watford', role: 'recipient', sharePence: 100 },
        { body: 'Elmbridge', role: 'recipient' },
      ],
    }),
    422,
    'of every body, or of none',
  ],
  [
    'delivered, but only forecast',
    claim({ realisation: 'delivered' }),
    422,
    'only forecast is not delivered',
  ],
  [
    'a gain type there is not',
    claim({ gainType: 'luck' }),
    422,
    '“luck” must be one of: cash-releasing efficiency',
  ],
  [
    'a gain type that is a whole page',
    claim({ gainType: 'x'.repeat(10_000) }),
    422,
    `“${'x'.repeat(60)}…” must be one of`,
  ],
  ['no gain type', claim({ gainType: undefined }), 422, 'is missing; it must be one of'],
  ['a place given up that was not booked', place('PlaceGivenUp'), 422, 'no booked place'],
  ['a party there is not', place('PlaceBooked', { party: 'Whig' }), 422, 'must be one of'],
  ['a person by name', place('PlaceBooked', { person: 'Ada Lovelace' }), 422, 'must be a lower-case UUID'],
  [
    'a membership that ends without beginning',
    {
      records: [{ type: 'MembershipEnded', data: { offer: 'lg-inform', body: 'Watford', on: '2025-01-01' } }],
    },
    422,
    'no membership to end',
  ],
  [
    'very long ago, without a comment',
    support({ occurred: { from: '2015-06-01', to: '2015-06-01', basis: 'stated' } }),
    422,
    'give a comment that says why',
  ],
  ['deep nesting', `{"records":${'['.repeat(2000)}${']'.repeat(2000)}}`, 422, 'records'],
];

describe('a wrong record is refused with what to do, and changes nothing', () => {
  test.each(wrongRecords)('%s', async (_what, body, status, says) => {
    const before = await ledger.head();
    const answer = await ledger.post('/api/records', body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(answer.body)).toContain(says);
    expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*\.(ts|js):\d+/);
    expect(await ledger.head()).toBe(before);
  });

  test('one wrong record among good ones takes all of them with it, and every fault has its path', async () => {
    const before = await ledger.head();
    const [good] = support()['records'] as readonly unknown[];
    const [bad] = support({ offer: 'teleportation' })['records'] as readonly unknown[];
    const answer = await ledger.post('/api/records', { records: [good, bad, good, bad] });
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).toMatchObject([
      { path: 'records[1].data.offer' },
      { path: 'records[3].data.offer' },
    ]);
    expect(await ledger.head()).toBe(before);
  });
});

describe('use of the API, wrong and at its edges', () => {
  test.each([
    ['/api/annual-totals', 400, 'year'],
    ['/api/annual-totals?year=2016/18', 400, 'must be a financial year such as 2016/17'],
    ['/api/annual-totals?year=2016/17&colour=red', 400, 'parameters are: year'],
    ['/api/annual-totals?year=2016/17&asRecordedBy=2125-01-01', 400, 'is in the future'],
    ['/api/annual-totals?year=2016/17&asRecordedBy=999999999', 400, 'is not recorded yet'],
    ['/api/annual-totals?year=2016/17&asRecordedBy=2017-02-30', 400, 'must be a date such as 2017-06-30'],
    ['/api/annual-totals?year=2016/17&after=tomorrow', 400, 'is no cursor'],
    ['/api/annual-totals?year=2016/17&after=99999999', 400, 'beyond the end'],
    ['/api/take-up?year=2016/17&by=type', 400, 'one of measure, offer and programme'],
    ['/api/take-up?measure=peer-challenges&year=2016/17&by=colour', 400, 'by'],
    ['/api/take-up?measure=unicorns&year=2016/17&by=type', 404, 'There is no measure “unicorns”'],
    ['/api/take-up?offer=unicorns&year=2016/17&by=type', 404, 'There is no offer “unicorns”'],
    ['/api/sum?measures=peer-challenges,grants&year=2016/17', 422, 'are unlike and cannot be added'],
    ['/api/sum?measures=councils-supported,members&year=2016/17', 422, 'cannot be added to anything'],
    [
      '/api/sum?measures=peer-challenges,support-activities&year=2016/17',
      200,
      'Peer challenges delivered + Other support activities',
    ],
    ['/api/figures/nothing', 404, 'was brought forward'],
    ['/api/figures/2016-17.residents.satisfied-with-council', 404, 'no programme record can produce'],
    ['/api/records/activity/0190a1b2-0000-7000-8000-000000000099', 404, 'There is no activity'],
    ['/api/records/activity/1', 400, 'must be a lower-case UUID'],
    ['/api/records?cursor=x', 400, 'cursor'],
    [
      '/api/claims?assurance=submited',
      400,
      'There is no state “submited” on the worklist; its states are draft',
    ],
    ['/api/claim-sample?year=2019/20&top=', 400, 'top: “” is no whole number'],
    ['/api/savings-table?year=2019/20&by=colour', 400, 'by: “colour” must be one of: area, programme, body'],
    ['/api/savings-bridge?from=2019/20&toRecordedBy=1', 400, 'cannot lead to what was known before, at 1'],
    [
      '/api/claims/0190a1b2-0000-7000-8000-000000000099/sumbit',
      404,
      'There is nothing called “sumbit” at /api/claims/0190a1b2-0000-7000-8000-000000000099; there are propose-baseline, submit, ',
    ],
    ['/api/explain?ask=annual-total&year=2016/17', 400, 'measure is missing'],
    ['/api/councils?on=2019-02-29', 400, 'must be a date'],
    ['/api/nothing', 404, '/openapi.json'],
    ['/api/figures/%E0%A4%A', 400, 'escape'],
    ['/../../etc/passwd', 404, 'nothing at'],
  ])('%s answers %i', async (path, status, says) => {
    const answer = await ledger.get(path);
    expect(JSON.stringify(answer.body)).toContain(says);
    expect(answer.status).toBe(status);
  });

  test('another method is told which there are', async () => {
    const response = await fetch(new URL('/api/take-up', ledger.url), { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET');
  });

  test('a body that is no JSON by its type, and one of 10 MB', async () => {
    expect((await ledger.post('/api/records', 'type,offer', { 'content-type': 'text/plain' })).status).toBe(
      415,
    );
    const large = await ledger.post('/api/records', `{"records":"${'x'.repeat(10_000_000)}"}`);
    expect(large.status).toBe(413);
    expect(large.body['detail']).toContain('Send it in several parts');
  });

  test('more records than one import takes as JSON: it is told what takes them', async () => {
    const records = Array.from({ length: 15_001 }, () => ({ type: 'SupportProvided', data: {} }));
    const { status, body } = await ledger.post('/api/imports', { label: 'Many', records });
    expect([status, body['errors']]).toEqual([
      422,
      [expect.objectContaining({ path: 'records', message: expect.stringContaining('/api/import-files') })],
    ]);
  });

  test('an unknown user and a key that is none', async () => {
    expect(
      (await ledger.post('/api/records', support(), { 'Ledger-User': 'nobody' })).body['detail'],
    ).toContain('Users are: programme-editor');
    expect((await ledger.post('/api/records', support(), { 'Idempotency-Key': 'with spaces' })).status).toBe(
      400,
    );
  });

  test('a request under another host name, and a command from another site', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(new URL('/api/measures', ledger.url), { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
    expect((await ledger.post('/api/records', support(), { origin: 'http://evil.example' })).status).toBe(
      403,
    );
  });
});

describe('commands', () => {
  test('the same again gives the first result; the same key for something else is refused', async () => {
    const headers = { 'Idempotency-Key': 'once' };
    const first = await ledger.post('/api/records', support(), headers);
    expect(first.status).toBe(201);
    const again = await ledger.post('/api/records', support(), headers);
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body['position']).toBe(first.body['position']);
    const other = await ledger.post('/api/records', support({ title: 'Another' }), headers);
    expect(other.status).toBe(409);
    expect(other.body['code']).toBe('COMMAND_KEY_REUSED');
  });

  test('a dry run says what would be written and writes nothing', async () => {
    const before = await ledger.head();
    const answer = await ledger.post('/api/records?dryRun=true', support());
    expect(answer.body).toMatchObject({ dryRun: true, position: null });
    expect(await ledger.head()).toBe(before);
  });

  test('a record is read, corrected, withdrawn and reinstated; each wrong change is refused', async () => {
    const { body } = await ledger.post('/api/records', support({ title: 'First title' }));
    const [thing] = body['records'] as readonly { kind: string; id: string }[];
    const path = `/api/records/activity/${thing?.id}`;
    const read = await ledger.get(`${path}?after=${String(body['cursor'])}`);
    expect(read.headers.get('etag')).toBe('"0"');
    const content = {
      ...(support({ title: 'Second title' })['records'] as readonly Data[])[0],
      reason: 'typing-error',
    };
    const wrong = async (change: string, sent: unknown, headers = {}): Promise<[number, string]> => {
      const answer = await ledger.post(`${path}/${change}`, sent, headers);
      return [answer.status, JSON.stringify(answer.body)];
    };
    expect(await wrong('corrections', { ...content, type: 'EventHeld' })).toEqual([422, expect.any(String)]);
    expect((await wrong('corrections', content, { 'If-Match': '"7"' }))[0]).toBe(412);
    expect((await wrong('corrections', content, { 'If-Match': 'seven' }))[0]).toBe(400);
    expect((await wrong('corrections', { ...content, reason: 'mood' }))[1]).toContain('must be one of');
    expect((await wrong('reinstatements', { reason: 'other' }))[1]).toContain('nothing to reinstate');
    const corrected = await ledger.post(
      `${path}/corrections`,
      { ...content, note: 'The caller misread it' },
      { 'If-Match': '"0"' },
    );
    expect(corrected.status).toBe(201);
    expect((await wrong('corrections', content))[1]).toContain('changes nothing');
    expect((await ledger.post(`${path}/withdrawals`, { reason: 'duplicate' })).status).toBe(201);
    expect((await wrong('withdrawals', { reason: 'duplicate' }))[1]).toContain('withdrawn already');
    const last = await ledger.post(`${path}/reinstatements`, { reason: 'other' });
    const { body: story } = await ledger.get(`${path}?after=${String(last.body['cursor'])}`);
    expect((story['history'] as readonly { type: string }[]).map(({ type }) => type)).toEqual([
      'SupportProvided',
      'ActivityCorrected',
      'ActivityWithdrawn',
      'ActivityReinstated',
    ]);
    expect((story['history'] as readonly { changes: unknown }[])[1]?.changes).toEqual([
      { field: 'title', old: 'First title', new: 'Second title' },
    ]);
    expect(JSON.stringify(await ledger.get('/api/events?limit=2000'))).not.toContain('misread');
  });

  test('an unknown record cannot be changed', async () => {
    const answer = await ledger.post(`/api/records/activity/${id}/withdrawals`, { reason: 'other' });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).toContain('there is no activity');
  });

  test('a correction or withdrawal of a fact about a body names one that stands, or is refused with which', async () => {
    const said = async (type: string, data: object): Promise<{ code: unknown; event: string }> => {
      const { body } = await ledger.post('/api/bodies', { body: 'Ipswich', type, data });
      const [fault] = (body['errors'] ?? []) as readonly { readonly code: string }[];
      const [event] = (body['events'] ?? []) as readonly { readonly id: string }[];
      return { code: fault?.code, event: event?.id ?? '' };
    };
    const control = { control: 'Labour', from: '2026-06-01', source: 'test' };
    const { event: fact } = await said('ControlRecorded', control);
    const correction = {
      corrects: fact,
      type: 'ControlRecorded',
      schemaVersion: 1,
      content: { ...control, control: 'Green' },
      source: 'test',
    };
    const nothing = '0f0a5c1e-9999-5000-8000-000000000009';
    expect((await said('BodyFactCorrected', { ...correction, corrects: nothing })).code).toBe('fact-exists');
    const { event: corrected } = await said('BodyFactCorrected', correction);
    expect((await said('BodyFactWithdrawn', { event: corrected, source: 'test' })).code).toBe('fact-itself');
    expect((await said('BodyFactWithdrawn', { event: fact, source: 'test' })).code).toBeUndefined();
    expect((await said('BodyFactWithdrawn', { event: fact, source: 'test' })).code).toBe('fact-stands');
    expect((await said('BodyFactCorrected', correction)).code).toBe('fact-stands');
  });

  test('a control recorded, a body corrected, an offer declared and moved; wrong ones refused', async () => {
    const control = {
      body: 'Watford',
      type: 'ControlRecorded',
      data: { control: 'Labour', from: '2026-06-01', source: 'test' },
    };
    expect((await ledger.post('/api/bodies', control)).status).toBe(201);
    expect((await ledger.post('/api/bodies', { ...control, body: 'Watfrod' })).status).toBe(422);
    const before = { ...control, data: { ...control.data, from: '1900-01-01' } };
    expect(JSON.stringify((await ledger.post('/api/bodies', before)).body)).toContain('before it began');
    const offer = {
      id: 'test-offer',
      type: 'OfferDeclared',
      data: { label: 'Test offer', programme: 'peer-challenge' },
    };
    expect((await ledger.post('/api/catalogue', offer)).status).toBe(201);
    expect(JSON.stringify((await ledger.post('/api/catalogue', offer)).body)).toContain('declared already');
    expect(
      (
        await ledger.post('/api/catalogue', {
          id: 'test-offer',
          type: 'OfferMoved',
          data: { programme: 'nowhere' },
        })
      ).status,
    ).toBe(422);
    expect(
      (
        await ledger.post('/api/catalogue', {
          id: 'm',
          type: 'MeasureDeclared',
          data: { label: 'M', unit: 'activity', kind: 'flow', rule: 'magic/1', parameters: {} },
        })
      ).status,
    ).toBe(422);
    expect((await ledger.post('/api/records', support({ offer: 'test-offer' }))).status).toBe(201);
  });
});
