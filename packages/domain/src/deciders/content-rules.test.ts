import fc from 'fast-check';
import { derivedId, type LedgerEvent } from '@ledger/events';
import { checkContent, contentRuleIds } from './content-rules';
import type { DecisionContext } from './decision';

const watford = derivedId('test', 'watford');
const elmbridge = derivedId('test', 'elmbridge');
const ended = derivedId('test', 'ended');
const person = derivedId('test', 'person');

const context: DecisionContext = {
  today: '2020-03-01',
  bodies: { problemDuring: (body) => (body === ended ? 'Ended Council ended on 1 April 2019' : null) },
  offers: {
    offer: (id) =>
      id === 'challenge'
        ? { peerChallenge: true, countedLevel: null }
        : id === 'support'
          ? { peerChallenge: false, countedLevel: null }
          : id === 'in-levels'
            ? { peerChallenge: false, countedLevel: 'session' }
            : undefined,
    savingsArea: (id) => id === 'audit',
  },
};

const occurred = { from: '2019-06-01', to: '2019-06-03', basis: 'stated' } as const;
const good: LedgerEvent = {
  type: 'SupportProvided',
  data: { offer: 'support', occurred, bodies: [{ body: watford, role: 'recipient' }] },
};
const support = (more: Partial<typeof good.data>): LedgerEvent => ({
  type: 'SupportProvided',
  data: { ...good.data, ...more },
});
const challenge = (more: object): LedgerEvent => ({
  type: 'PeerChallengeDelivered',
  data: { offer: 'challenge', occurred, bodies: [{ body: watford, role: 'recipient' }], ...more },
});
type Claim = Extract<LedgerEvent, { type: 'SavingsRecorded' }>['data'];
const amount: Claim['amounts'][number] = {
  fromYear: 201920,
  toYear: 201920,
  basis: 'forecast',
  grossPence: 100,
  qualifier: 'exact',
};
const claim = (more: Partial<Claim>): LedgerEvent => ({
  type: 'SavingsRecorded',
  data: {
    title: 'Claim',
    bodies: [{ body: watford, role: 'recipient' }],
    occurred,
    gainType: 'income',
    realisation: 'identified',
    amounts: [amount],
    recurrence: 'one-off',
    source: 'test',
    method: 'not stated',
    ...more,
  },
});

type Survey = Extract<LedgerEvent, { type: 'SurveyResultRecorded' }>['data'];
const survey = ({
  base,
  ...more
}: Partial<Omit<Survey, 'base'>> & { readonly base: number | null }): LedgerEvent => ({
  type: 'SurveyResultRecorded',
  data: {
    question: 'Was it of use?',
    scale: 'yes or no',
    occurred,
    resultIn: 'percent',
    result: '48',
    ...(base !== null && { base }),
    responses: 100,
    ...more,
  },
});

type Agreed = Extract<LedgerEvent, { type: 'DeliverableAgreed' }>['data'];
const deliverable = (more: Partial<Agreed>): LedgerEvent => ({
  type: 'DeliverableAgreed',
  data: {
    title: 'Support after a change of control',
    offer: 'support',
    year: 201920,
    agreedOn: '2019-04-01',
    target: 'Every council that changed control',
    greenMeans: 'done',
    amberMeans: 'will be done',
    redMeans: 'will not be done',
    ...more,
  },
});

/** For each rule a record that breaks it and no other, and where it says so. */
const breaking: readonly [rule: string, event: LedgerEvent, path: string][] = [
  [
    'date-exists',
    support({ occurred: { from: '2019-02-29', to: '2019-03-01', basis: 'stated' } }),
    'data.occurred.from',
  ],
  [
    'from-not-after-to',
    support({ occurred: { from: '2019-06-03', to: '2019-06-01', basis: 'stated' } }),
    'data.occurred',
  ],
  [
    'not-in-the-future',
    support({ occurred: { from: '2020-03-01', to: '2020-03-02', basis: 'stated' } }),
    'data.occurred.to',
  ],
  ['body-exists', support({ bodies: [{ body: ended, role: 'recipient' }] }), 'data.bodies[0].body'],
  ['body-exists', challenge({ team: [{ person, role: 'lead', home: ended }] }), 'data.team[0].home'],
  ['offer-declared', support({ offer: 'unknown' }), 'data.offer'],
  ['savings-area-declared', claim({ savingsArea: 'unknown' }), 'data.savingsArea'],
  ['peer-challenge-offer', challenge({ offer: 'support' }), 'data.offer'],
  ['challenge-recorded-as-challenge', support({ offer: 'challenge' }), 'data.offer'],
  [
    'body-once-in-a-role',
    support({
      bodies: [
        { body: watford, role: 'recipient' },
        { body: watford, role: 'recipient' },
      ],
    }),
    'data.bodies[1]',
  ],
  [
    'person-once-in-a-team',
    challenge({
      team: [
        { person, role: 'lead' },
        { person, role: 'member' },
      ],
    }),
    'data.team[1].person',
  ],
  [
    'body-or-person',
    {
      type: 'EarlierSupportDeclared',
      data: { offer: 'support', had: true, upTo: '2015-01-01', source: 'x' },
    },
    'data.body',
  ],
  ['amount-years', claim({ amounts: [{ ...amount, toYear: 201819 }] }), 'data.amounts[0]'],
  ['amount-years', claim({ amounts: [{ ...amount, fromYear: 201921 }] }), 'data.amounts[0]'],
  ['shares-add-up', claim({ bodies: [{ body: watford, role: 'recipient', sharePence: 99 }] }), 'data.bodies'],
  [
    'shares-add-up',
    claim({
      bodies: [
        { body: watford, role: 'recipient', sharePence: 100 },
        { body: elmbridge, role: 'recipient' },
      ],
    }),
    'data.bodies',
  ],
  ['delivered-is-not-forecast', claim({ realisation: 'delivered' }), 'data.realisation'],
  ['percentage-has-base', survey({ base: null }), 'data.base'],
  ['percentage-possible', survey({ base: 25, result: '100.1' }), 'data.result'],
  ['percentage-possible', survey({ base: 25, result: '102', asPublished: true }), 'data.result'],
  ['percentage-attainable', survey({ base: 36 }), 'data.result'],
  ['base-within-responses', survey({ base: 125 }), 'data.base'],
  ['base-within-responses', survey({ base: 25, invited: 99 }), 'data.responses'],
  ['deliverable-year', deliverable({ year: 201921 }), 'data.year'],
  ['deliverable-year', deliverable({ year: 201819 }), 'data.agreedOn'],
  [
    'definition-whole',
    { type: 'DeliverableRated', data: { asAt: '2019-09-30', rag: 'green', greenMeans: 'done' } },
    'data.greenMeans',
  ],
  ['level-given', support({ offer: 'in-levels' }), 'data.level'],
  ['level-declared', support({ level: 'project', countedLevel: 'session' }), 'data.level'],
  [
    'long-ago',
    support({ occurred: { from: '2012-06-01', to: '2012-06-01', basis: 'stated' } }),
    'data.occurred.to',
  ],
  [
    'large-team',
    challenge({
      team: Array.from({ length: 21 }, (_, n) => ({ person: derivedId('peer', String(n)), role: 'member' })),
    }),
    'data.team',
  ],
];

test('every rule has a record here that breaks it', () => {
  expect(new Set(breaking.map(([rule]) => rule))).toEqual(new Set(contentRuleIds));
});

test.each(breaking)('%s fires on a record that breaks it, and no other rule does', (rule, event, path) => {
  const { errors, warnings } = checkContent(event, context);
  const [found, ...others] = [...errors, ...warnings];
  expect(found).toMatchObject({ code: rule, path });
  expect(others).toEqual([]);
  // A sentence that says what to do, not a code.
  expect(found?.message.length).toBeGreaterThan(15);
});

test('a percentage that nobody can give is refused with the nearest two that some can', () => {
  const { errors } = checkContent(survey({ base: 36 }), context);
  expect(errors.map(({ message }) => message)).toEqual([
    'no whole number of 36 people gives 48 per cent: 17 of 36 is 47, 18 of 36 is 50; correct it, or record it as published',
  ]);
});

test('every percentage that people give is taken, rounded half up to any number of decimals', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }).chain((base) => fc.tuple(fc.constant(base), fc.nat(base))),
      fc.integer({ min: 0, max: 4 }),
      ([base, numerator], decimals) => {
        const scale = 10 ** decimals;
        const printed = Math.floor((200 * scale * numerator + base) / (2 * base)) / scale;
        const result = printed.toFixed(decimals);
        const event = survey({ base, responses: base, result });
        expect(checkContent(event, context).errors).toEqual([]);
      },
    ),
  );
});

test.each([
  ['support', good],
  ['a challenge', challenge({ team: [{ person, role: 'lead', home: watford, daysHundredths: 250 }] })],
  [
    'a claim with shares',
    claim({
      bodies: [
        { body: watford, role: 'recipient', sharePence: 60 },
        { body: elmbridge, role: 'partner', sharePence: 40 },
      ],
    }),
  ],
  ['a claim of no body', claim({ bodies: [], savingsArea: 'audit' })],
  [
    'a body in two roles',
    support({
      bodies: [
        { body: watford, role: 'recipient' },
        { body: watford, role: 'host' },
      ],
    }),
  ],
  ['a survey whose percentage a number of people gives', survey({ base: 25 })],
  ['a percentage as published, though nobody can give it', survey({ base: 36, asPublished: true })],
  ['a mean score without a base', survey({ base: null, resultIn: 'score', result: '4.4' })],
  ['a deliverable', deliverable({ targetCount: 75 })],
  ['a rating', { type: 'DeliverableRated', data: { asAt: '2019-09-30', rag: 'amber', achieved: 64 } }],
  [
    'a declaration about a young body',
    {
      type: 'EarlierSupportDeclared',
      data: { offer: 'support', body: ended, had: false, upTo: '2001-01-01', source: 'x' },
    },
  ],
] as const)('no rule fires on %s', (_what, event) => {
  expect(checkContent(event, context)).toEqual({ errors: [], warnings: [] });
});
