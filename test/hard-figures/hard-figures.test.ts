import { seesEverything } from '@ledger/projections';
import {
  attainability,
  countingRule,
  linesOf,
  evolveThing,
  newThing,
  shareOf,
  type StandingLine,
} from '@ledger/domain';
import { eventDefinitions, type EventData, type LedgerEvent } from '@ledger/events';
import {
  activity,
  bodyIdOf,
  council,
  councilsOn,
  day,
  idOf,
  ledgerOf,
  many,
  measure,
  observation,
  total,
  type Recorded,
} from './hard-ledger';

/*
 * Published figures that a wrong counting rule gets wrong, each from the least set of events that gives the right
 * one, or shown as one that no whole number can give.
 */

const in1819 = '2018-09-05';
const in1920 = '2019-09-05';
const councils = councilsOn(in1920);
const some = (number: number): string => councils[number % councils.length] ?? '';

type Role = EventData<'SupportProvided'>['bodies'][number]['role'];
const support = (offer: string, date: string, bodies: readonly (readonly [string, Role])[]): Recorded =>
  activity('SupportProvided', {
    offer,
    occurred: day(date),
    bodies: bodies.map(([body, role]) => ({ body, role })),
  });
const challenge = (
  offer: string,
  date: string,
  body: string,
  team?: EventData<'PeerChallengeDelivered'>['team'],
): Recorded =>
  activity('PeerChallengeDelivered', {
    offer,
    occurred: day(date),
    bodies: [{ body, role: 'recipient' }],
    ...(team !== undefined && { team }),
  });

test.each([
  [120, 21],
  [121, 20],
  [122, 19],
])(
  '2018-19.peer-challenges.delivered.change: 145 after %i is %i %%, with its base',
  async (before, percentage) => {
    const queries = await ledgerOf([
      ...many(145, (n) => challenge('corporate-peer-challenge', in1819, some(n))),
      ...many(before, (n) => challenge('corporate-peer-challenge', '2017-09-05', some(n))),
    ]);
    const { rows } = await queries.annualTotals({ year: 201819 });
    expect(rows.find((row) => row.measure === 'peer-challenges')).toMatchObject({
      value: 145,
      change: { percentage, base: before, previous: before },
    });
  },
);

test('2018-19.productivity-experts.councils: 25 received, 17 others were partners, 42 in all', async () => {
  const queries = await ledgerOf([
    ...many(25, (n) =>
      support('productivity-experts', in1819, [
        [some(n), 'recipient'],
        ...(n < 17 ? [[some(100 + n), 'partner'] as const] : []),
      ]),
    ),
  ]);
  const asked = (roles: Role[]): Promise<number> =>
    total(queries, 'councils-supported', 201819, { offer: 'productivity-experts', roles });
  expect([
    await asked(['recipient']),
    await asked(['partner']),
    await asked(['recipient', 'partner']),
  ]).toEqual([25, 17, 42]);
});

test('2018-19.housing-advisers: 45 projects and 60 councils, never 105', async () => {
  const queries = await ledgerOf(
    // Fifteen projects have two councils, and one council stands in two projects.
    many(45, (n) =>
      support(
        'housing-advisers',
        in1819,
        n < 15
          ? [
              [some(n), 'recipient'],
              [some(100 + n), 'recipient'],
            ]
          : [[some(n), 'recipient'], ...(n === 44 ? [[some(0), 'recipient'] as const] : [])],
      ),
    ),
  );
  expect(await total(queries, 'support-activities', 201819, { offer: 'housing-advisers' })).toBe(45);
  expect(await total(queries, 'councils-supported', 201819, { offer: 'housing-advisers' })).toBe(60);
  await expect(
    queries.sum({ measures: ['support-activities', 'councils-supported'], year: 201819 }),
  ).rejects.toMatchObject({ code: 'UNLIKE_MEASURES' });
});

test('2018-19.local-industrial-strategy: 81 organisations of which 60 are councils', async () => {
  const others: Recorded[] = many(21, (n) => ({
    stream: `body-${idOf('other body', n)}`,
    type: 'BodyRegistered',
    data: {
      kind: n < 8 ? 'combined authority' : 'other',
      name: `Other body ${n}`,
      codes: [],
      from: null,
      source: 'test',
    },
  }));
  const queries = await ledgerOf([
    ...others,
    ...many(60, (n) => support('local-industrial-strategy', in1819, [[some(n), 'recipient']])),
    ...many(21, (n) => support('local-industrial-strategy', in1819, [[idOf('other body', n), 'recipient']])),
  ]);
  const asked = { offer: 'local-industrial-strategy' };
  expect(await total(queries, 'organisations-supported', 201819, asked)).toBe(81);
  expect(await total(queries, 'councils-supported', 201819, asked)).toBe(60);
});

test('2018-19.modern-slavery.statements: 46, then 66, then 94, as at three days of the year', async () => {
  const statements = (count: number, date: string): Recorded[] =>
    many(count, (n) => support('modern-slavery-support', date, [[some(n), 'recipient']]));
  const queries = await ledgerOf([
    ...statements(46, '2018-06-30'),
    ...statements(20, '2018-09-30'),
    ...statements(28, '2019-03-31'),
  ]);
  const asAt = (date: string): Promise<number> =>
    total(queries, 'support-activities', 201819, { offer: 'modern-slavery-support', asAt: date });
  expect([await asAt('2018-06-30'), await asAt('2018-09-30'), await asAt('2019-03-31')]).toEqual([
    46, 66, 94,
  ]);
});

test('2018-19.shared-services-map.savings.change: levels of 657 and 971 million differ by 314 million and are never added', async () => {
  const level = (date: string, pounds: number): Recorded =>
    observation('MetricObserved', {
      metric: 'shared-services-savings',
      occurred: day(date),
      kind: 'stock',
      value: pounds * 100,
      unit: 'pence',
      qualifier: 'exact',
    });
  const queries = await ledgerOf([
    measure('shared-services-savings', {
      label: 'Savings on the shared services map',
      unit: 'GBP',
      kind: 'stock',
      rule: 'sum/1',
      parameters: { kinds: ['metric'], subjects: ['shared-services-savings'] },
    }),
    level('2018-03-31', 657_000_000),
    level('2019-03-31', 971_000_000),
  ]);
  const { rows } = await queries.annualTotals({ year: 201819 });
  const row = rows.find((one) => one.measure === 'shared-services-savings');
  expect(row?.value).toBe(971_000_000);
  expect((row?.value ?? 0) - (row?.change?.previous ?? 0)).toBe(314_000_000);
  await expect(
    queries.sum({ measures: ['shared-services-savings', 'grants'], year: 201819 }),
  ).rejects.toMatchObject({ code: 'UNLIKE_MEASURES' });
});

test('2019-20.h1.peer-challenges: 56 by 30 September of which 22 corporate or finance; 129 in the year, 60 corporate', async () => {
  const of = (offer: string, count: number, date: string): Recorded[] =>
    many(count, (n) => challenge(offer, date, some(n)));
  const queries = await ledgerOf([
    ...of('corporate-peer-challenge', 20, '2019-05-01'),
    ...of('finance-peer-challenge', 2, '2019-09-30'),
    ...of('planning-peer-challenge', 34, '2019-07-01'),
    ...of('corporate-peer-challenge', 40, '2019-11-01'),
    ...of('adults-peer-challenge', 33, '2020-02-01'),
  ]);
  const asAt = '2019-09-30';
  const ofOffer = (offer: string): Promise<number> =>
    total(queries, 'peer-challenges', 201920, { offer, asAt });
  expect(await total(queries, 'peer-challenges', 201920, { asAt })).toBe(56);
  expect((await ofOffer('corporate-peer-challenge')) + (await ofOffer('finance-peer-challenge'))).toBe(22);
  expect(await total(queries, 'peer-challenges', 201920)).toBe(129);
  expect(await total(queries, 'peer-challenges', 201920, { offer: 'corporate-peer-challenge' })).toBe(60);
});

test('2019-20.peer-challenges.first-time: 22 of 60, one of them at a body new on 1 April 2019', async () => {
  const recipients = [
    bodyIdOf('dorset-council'),
    ...councils.filter((body) => body !== bodyIdOf('dorset-council')).slice(0, 59),
  ];
  const declared = (body: string, had: boolean): Recorded =>
    observation('EarlierSupportDeclared', {
      offer: 'corporate-peer-challenge',
      body,
      had,
      upTo: '2018-03-31',
      source: 'test',
    });
  const queries = await ledgerOf([
    ...recipients.map((body) => challenge('corporate-peer-challenge', in1920, body)),
    ...recipients.slice(0, 22).map((body) => declared(body, false)),
    ...recipients.slice(22).map((body) => declared(body, true)),
    // A predecessor's challenge is not inherited.
    challenge('corporate-peer-challenge', in1819, council('Dorset County Council', in1819)),
  ]);
  const explained = await queries.explain({
    viewer: seesEverything,
    ask: 'annual-total',
    measure: 'first-time-corporate-peer-challenges',
    year: 201920,
  });
  expect([explained.numerator, explained.base, explained.leftOut]).toEqual([
    22,
    60,
    [{ label: 'no', count: 38 }],
  ]);
});

test('2019-20.peer-challenges.team-size: 587 places on 129 challenges is 4.55, managers not counted', async () => {
  const queries = await ledgerOf(
    many(129, (n) =>
      challenge('corporate-peer-challenge', in1920, some(n), [
        ...many(n < 71 ? 5 : 4, (m) => ({
          person: idOf('peer', n * 10 + m),
          role: m === 0 ? ('lead' as const) : ('member' as const),
        })),
        { person: idOf('manager', n), role: 'manager' },
      ]),
    ),
  );
  const explained = await queries.explain({
    viewer: seesEverything,
    ask: 'annual-total',
    measure: 'team-size',
    year: 201920,
  });
  expect([explained.numerator, explained.base, explained.value]).toEqual([587, 129, 4.55]);
});

test.each([
  [42, true],
  [41, false],
])('2019-20.peers.new-delivering-first-cpc: %i of 123 is more than a third: %p', async (deployed, more) => {
  const team = (date: string, persons: readonly number[]): Recorded =>
    challenge(
      'corporate-peer-challenge',
      date,
      some(0),
      persons.map((n) => ({ person: idOf('trained', n), role: 'member' })),
    );
  const queries = await ledgerOf([
    measure('new-peers', {
      label: 'New peers in a first team',
      unit: 'person',
      kind: 'flow',
      rule: 'first-deployed/1',
      parameters: { kinds: ['peer-trained', 'peer'], offers: ['peer-training', 'corporate-peer-challenge'] },
    }),
    ...many(123, (n) =>
      activity('PeerTrained', {
        offer: 'peer-training',
        person: idOf('trained', n),
        occurred: day('2019-06-01'),
      }),
    ),
    team(
      '2019-10-01',
      many(deployed, (n) => n),
    ),
    // One was in a team a year before, so is not new, though trained again.
    team('2018-10-01', [100]),
    team('2019-11-01', [100]),
  ]);
  const { numerator = 0, base = 0 } = await queries.explain({
    viewer: seesEverything,
    ask: 'annual-total',
    measure: 'new-peers',
    year: 201920,
  });
  expect([numerator, base]).toEqual([deployed, 123]);
  expect(numerator * 3 > base).toBe(more);
});

test('2019-20.h1.leadership: 953 booked and 202 taken part by 30 September, 958 taken part by 31 March', async () => {
  const place = (type: 'PlaceBooked' | 'CouncillorTrained', person: number, date: string): Recorded =>
    activity(type, {
      offer: 'leadership-essentials',
      person: idOf('councillor', person),
      body: some(person),
      course: 'Course',
      occurred: day(date),
      party: 'not stated',
    });
  const queries = await ledgerOf([
    ...many(953, (n) => place('PlaceBooked', n, '2019-05-01')),
    ...many(202, (n) => place('CouncillorTrained', n, '2019-09-30')),
    ...many(756, (n) => place('CouncillorTrained', 202 + n, '2019-12-01')),
  ]);
  expect(await total(queries, 'councillors-booked', 201920, { asAt: '2019-09-30' })).toBe(953);
  expect(await total(queries, 'councillors-trained', 201920, { asAt: '2019-09-30' })).toBe(202);
  expect(await total(queries, 'councillors-trained', 201920)).toBe(958);
});

test('2019-20.change-of-control.take-up: 90 % of 75 cannot be had; 68 prints 91 and 67 prints 89', () => {
  expect(attainability('90', 75)).toEqual({
    attainable: false,
    nearest: [
      { numerator: 67, percentage: '89' },
      { numerator: 68, percentage: '91' },
    ],
  });
  expect(shareOf(68, 75).percentage).toBe(91);
});

test('2019-20.disability-confident.take-up: 90.88 % cannot be had on 343, but on 340 and on 351', () => {
  expect(attainability('90.88', 343).attainable).toBe(false);
  expect(attainability('90.88', 340)).toEqual({ attainable: true, numerators: [309] });
  expect(attainability('90.88', 351)).toEqual({ attainable: true, numerators: [319] });
});

test('2019-20.ngdp.graduates-placed: 149 in calendar 2019 and 123 in 2018/19, each graduate once in each', () => {
  const placed = (count: number, date: string): StandingLine[] =>
    many(count, (n) => {
      const event: LedgerEvent = {
        type: 'GraduatePlaced',
        data: { offer: 'national-graduate-development-programme', body: some(n), occurred: day(date) },
      };
      expect(eventDefinitions.GraduatePlaced.data.safeParse(event.data).success).toBe(true);
      const thing = evolveThing(newThing('activity', idOf('graduate', n)), {
        eventId: idOf('e', n),
        position: 1n,
        revision: 0n,
        illustrative: false,
        actor: 'somebody',
        event,
      });
      return linesOf(thing).map((line) => ({ line, thing: BigInt(n + 1), position: 1n, count: 1 }));
    }).flat();
  const lines = [...placed(100, '2018-10-01'), ...placed(23, '2019-02-01'), ...placed(126, '2019-10-01')];
  const counted = (from: string, to: string): number | undefined =>
    countingRule('sum/1')?.evaluate({ lines, span: { from, to }, kind: 'flow', parameters: {} }).value;
  expect(counted('2019-01-01', '2019-12-31')).toBe(149);
  expect(counted('2018-04-01', '2019-03-31')).toBe(123);
});

test('2020-21.remote-peer-support: 300 over 250 councils is 74 % of 339, one of them abolished the day after the year', async () => {
  const then = councilsOn('2021-03-31');
  const corby = bodyIdOf('corby-borough-council');
  const recipients = [corby, ...then.filter((body) => body !== corby).slice(0, 249)];
  const queries = await ledgerOf(
    many(300, (n) => challenge('remote-peer-support', '2020-10-01', recipients[n % 250] ?? '')),
  );
  expect(await total(queries, 'peer-challenges', 202021)).toBe(300);
  const { total: all, excluded } = await queries.takeUp({
    viewer: seesEverything,
    of: { measure: 'peer-challenges' },
    year: 202021,
    by: 'type',
  });
  expect(all).toMatchObject({ numerator: 250, base: 339, percentage: 74 });
  expect(excluded[0]).toMatchObject({ count: 0 });
});

test('2020-21.programme.parts-accessed: all 339 councils used six parts in three years, Buckinghamshire in one', async () => {
  const offers = [
    'corporate-peer-challenge',
    'finance-peer-challenge',
    'tailored-peer-support',
    'one-public-estate',
    'local-partnerships',
    'workforce-support',
  ];
  const then = councilsOn('2021-03-31');
  const old = new Set(councilsOn('2018-09-01'));
  const queries = await ledgerOf(
    then.flatMap((body) =>
      offers.map((offer, at) => {
        const date = old.has(body)
          ? (['2018-09-01', '2019-09-01', '2020-09-01'][at % 3] ?? '')
          : '2020-09-01';
        return at < 2 ? challenge(offer, date, body) : support(offer, date, [[body, 'recipient']]);
      }),
    ),
  );
  expect(then.length).toBe(339);
  expect(await total(queries, 'parts-accessed', 202021)).toBe(339);
  const buckinghamshire = await queries.takeUp({
    viewer: seesEverything,
    of: { measure: 'parts-accessed' },
    year: 202021,
    by: 'type',
  });
  expect(buckinghamshire.total).toMatchObject({ numerator: 339, base: 339, percentage: 100 });
});

test('2020-21.climate-programme.take-up: 90 % is 304 to 306 of 339; England and Wales together are not in this register', async () => {
  expect(attainability('90', 339)).toEqual({ attainable: true, numerators: [304, 305, 306] });
  expect(attainability('90', 361)).toEqual({ attainable: true, numerators: [324, 325, 326] });
  const queries = await ledgerOf(
    councilsOn('2021-03-31')
      .slice(0, 305)
      .map((body) => support('climate-programme', '2020-10-01', [[body, 'recipient']])),
  );
  const { total: all } = await queries.takeUp({
    viewer: seesEverything,
    of: { offer: 'climate-programme' },
    year: 202021,
    by: 'region',
  });
  expect(all).toMatchObject({ numerator: 305, base: 339, percentage: 90 });
  const { rows } = await queries.takeUp({
    viewer: seesEverything,
    of: { offer: 'climate-programme' },
    year: 202021,
    by: 'region',
  });
  expect(rows.map(({ group }) => group)).not.toContain('Wales');
});
