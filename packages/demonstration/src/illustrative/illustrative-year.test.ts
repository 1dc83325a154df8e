import { financialYearSpan, isLondonDate } from '@ledger/calendar';
import { Register, shippedRegister } from '@ledger/councils';
import { eventDefinitions, type LedgerEvent } from '@ledger/events';
import { catalogueEntries } from '../catalogue/catalogue-events';
import { illustrativeConstraints } from './constraints';
import { besideExpected, bodiesOf, bodiesReached, countBy, isSelected, percentOf } from './counting.testing';
import { chooseCouncils, exactly, NoSuchChoiceError } from './choose-councils';
import { illustrativeYear } from './illustrative-year';
import { SeededRandom } from './random';
import type { SampleRecord } from './sample-record';
import { illustrativeInput } from './setting';

const register = Register.fromFacts(
  shippedRegister().map(({ bodyId, eventId, type, data }, at) => ({
    position: BigInt(at + 1),
    eventId,
    bodyId,
    // Validated against the type's schema when the file was read.
    event: { type, data } as unknown as LedgerEvent,
  })),
);
const endOfYear = '2017-03-31';
const councils = register.councilsOn(endOfYear);
const year = financialYearSpan(201617);
const seeds = [1, 2, 17, 2016, 987_654_321];
const years = new Map(seeds.map((seed) => [seed, illustrativeYear(illustrativeInput(register, seed))]));
const everyYear = [...years].map(([seed, records]) => ({ seed, records }));

function occurredOf(record: SampleRecord) {
  return 'occurred' in record.data ? record.data.occurred : undefined;
}

describe.each(everyYear)('the illustrative year of seed $seed', ({ records }) => {
  test.each(illustrativeConstraints)('has what is published: $name', ({ rule, expected }) => {
    const beside = besideExpected(countBy(rule, records, councils), expected);

    expect(beside.counted).toEqual(beside.expected);
  });

  it('holds records that the events accept, as they are', () => {
    const refused = records.filter(({ type, data }) => {
      const result = eventDefinitions[type].data.safeParse(data);
      return !result.success || JSON.stringify(result.data) !== JSON.stringify(data);
    });

    expect(refused).toEqual([]);
  });

  it('names only councils of the register on the last day of the year', () => {
    const known = new Set(councils.map(({ bodyId }) => bodyId));
    const homes = records.flatMap((record) =>
      record.type === 'PeerChallengeDelivered'
        ? (record.data.team ?? []).flatMap(({ home }) => home ?? [])
        : [],
    );
    const named = [...records.flatMap(bodiesOf).map(({ body }) => body), ...homes];

    expect(named.filter((body) => !known.has(body) || !register.exists(body, year.from))).toEqual([]);
  });

  it('names each body once in a role of an activity', () => {
    const doubled = records.filter((record) => {
      const bodies = bodiesOf(record).map(({ body, role }) => `${body} ${role}`);
      return new Set(bodies).size !== bodies.length;
    });

    expect(doubled).toEqual([]);
  });

  it('has about as many records as a year of the programme', () => {
    expect(records.length).toBeGreaterThan(3000);
    expect(records.length).toBeLessThan(3600);
  });

  it('dates everything within the year, mostly to the day, some to the month, a few to the year', () => {
    const spans = records.flatMap((record) => occurredOf(record) ?? []);
    const wrong = spans.filter(
      ({ from, to }) =>
        !isLondonDate(from) || !isLondonDate(to) || from > to || from < year.from || to > year.to,
    );
    const wholeYears = spans.filter(({ from, to }) => from === year.from && to === year.to);
    const months = spans.filter(
      ({ from, to }) =>
        from.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7) && to > `${from.slice(0, 7)}-27`,
    );

    expect(wrong).toEqual([]);
    expect(spans.every((span) => (span.basis === 'report-year') === wholeYears.includes(span))).toBe(true);
    expect(wholeYears.length).toBeGreaterThan(10);
    expect(months.length).toBeGreaterThan(wholeYears.length);
    expect(spans.length - months.length - wholeYears.length).toBeGreaterThan(spans.length / 2);
  });

  it('has no delivery on the days around Christmas', () => {
    const delivered = records.filter(
      ({ type }) => type === 'PeerChallengeDelivered' || type === 'SupportProvided',
    );
    const atChristmas = delivered
      .flatMap((record) => occurredOf(record) ?? [])
      .filter(({ from, to }) => to < '2017-01-03' && from > '2016-12-20');

    expect(atChristmas).toEqual([]);
  });

  it('gives each record to the import of the quarter in which it ended, in order', () => {
    const ends = { 1: '2016-06-30', 2: '2016-09-30', 3: '2016-12-31', 4: '2017-03-31' };
    const misplaced = records.filter((record) => {
      const to = occurredOf(record)?.to;
      if (to === undefined) return false;
      const expected = to <= ends[1] ? 1 : to <= ends[2] ? 2 : to <= ends[3] ? 3 : 4;
      return record.quarter !== expected;
    });

    expect(misplaced).toEqual([]);
    const quarters = records.map(({ quarter }) => quarter);
    expect(quarters).toEqual([...quarters].sort((a, b) => a - b));
  });

  it('books every place before it says what became of it, and gives other records a thing each', () => {
    const placeTypes: readonly string[] = [
      'PlaceBooked',
      'CouncillorTrained',
      'CourseCompleted',
      'PlaceGivenUp',
    ];
    const lives = new Map<string, string[]>();
    for (const { activity, type } of records) lives.set(activity, [...(lives.get(activity) ?? []), type]);
    const kinds = new Set(
      [...lives.values()].map((life) =>
        placeTypes.includes(life[0] ?? '') ? life.join(' ') : String(life.length),
      ),
    );

    expect([...kinds].sort()).toEqual([
      '1',
      'PlaceBooked',
      'PlaceBooked CouncillorTrained',
      'PlaceBooked CouncillorTrained CourseCompleted',
      'PlaceBooked PlaceGivenUp',
    ]);
  });

  it('keeps person, body, course and party of a place through its records', () => {
    const places = new Map<string, Set<string>>();
    for (const { activity, data } of records)
      if ('course' in data) {
        const { occurred: _, ...rest } = data;
        places.set(activity, (places.get(activity) ?? new Set()).add(JSON.stringify(rest)));
      }

    expect([...places.values()].filter((said) => said.size > 1)).toEqual([]);
  });

  it('has a few councillors who attended for a district and for its county', () => {
    const councilsOf = new Map<string, Set<string>>();
    for (const { type, data } of records)
      if (type === 'CouncillorTrained')
        councilsOf.set(data.person, (councilsOf.get(data.person) ?? new Set()).add(data.body));
    const twice = [...councilsOf.values()].filter(({ size }) => size > 1).map((bodies) => [...bodies]);

    expect(twice.length).toBeGreaterThan(2);
    expect(twice.length).toBeLessThan(20);
    const countyOf = (body = ''): string | null | undefined => register.body(body)?.county;
    const strangers = twice.filter(([one, other]) => countyOf(one) !== other && countyOf(other) !== one);
    expect(strangers).toEqual([]);
  });

  it('has councils that only booked, so that counting bookings gives another number', () => {
    const booked = { types: ['PlaceBooked'] } as const;
    const attended = { types: ['CouncillorTrained'] } as const;
    expect(bodiesReached(records, booked).size).toBeGreaterThan(bodiesReached(records, attended).size);
  });

  it('has no more than one challenge of a kind at a council, and no peer at home', () => {
    const challenges = records.filter((record) => record.type === 'PeerChallengeDelivered');
    const kinds = challenges.map(({ data }) => `${data.offer} ${data.bodies[0]?.body ?? ''}`);
    const atHome = challenges.filter(({ data }) =>
      (data.team ?? []).some(({ home }) => home === data.bodies[0]?.body),
    );
    const twiceOnATeam = challenges.filter(({ data }) => {
      const people = (data.team ?? []).map(({ person }) => person);
      return new Set(people).size !== people.length;
    });

    expect(new Set(kinds).size).toBe(119);
    expect(atHome).toEqual([]);
    expect(twiceOnATeam).toEqual([]);
  });

  it('declares for seven in ten corporate peer challenges that they were the first', () => {
    const corporate = { types: ['PeerChallengeDelivered'], offers: ['corporate-peer-challenge'] } as const;
    const challenged = bodiesReached(records, corporate);
    const declared = records.filter((record) => record.type === 'EarlierSupportDeclared');
    const first = declared.filter(({ data }) => !data.had);

    expect(new Set(declared.map(({ data }) => data.body))).toEqual(challenged);
    expect(percentOf(first.length, declared.length)).toBe(70);
  });

  it('links claims to activities that it holds, of the same offer and bodies', () => {
    const activities = new Map(records.map((record) => [record.activity, record]));
    const claims = records.filter((record) => record.type === 'SavingsRecorded');
    const linked = claims.filter(({ data }) => data.linkedActivities !== undefined);

    expect(linked.length).toBeGreaterThan(20);
    for (const { data } of linked) {
      const activity = activities.get(data.linkedActivities?.[0] ?? '');
      expect(activity?.data.offer).toBe(data.offer);
      const bodies = activity === undefined ? [] : bodiesOf(activity).map(({ body }) => body);
      expect(bodies).toEqual(expect.arrayContaining(data.bodies.map(({ body }) => body)));
    }
  });

  it('gives no shares of claims, since the report divides none', () => {
    const claims = records.filter((record) => record.type === 'SavingsRecorded');
    expect(claims.flatMap(({ data }) => data.bodies).filter((body) => 'sharePence' in body)).toEqual([]);
  });

  it('uses offers and savings areas of the catalogue only', () => {
    const declared = new Set(catalogueEntries().map(({ stream }) => stream));
    const used = new Set(
      records.flatMap(({ data }) => [
        ...(data.offer === undefined ? [] : [`offer-${data.offer}`]),
        ...('savingsArea' in data && data.savingsArea !== undefined
          ? [`savings-area-${data.savingsArea}`]
          : []),
      ]),
    );

    expect([...used].filter((stream) => !declared.has(stream))).toEqual([]);
  });
});

describe.each(everyYear)('a wrong rule on the year of seed $seed', ({ records }) => {
  /** Councils by the control they had when the activity began, over the right base. */
  function byControlAtActivity(
    types: readonly SampleRecord['type'][],
    offers: readonly string[],
    control: string,
  ) {
    const reached = new Set<string>();
    for (const record of records) {
      const occurred = occurredOf(record);
      if (occurred === undefined || !isSelected(record, { types, offers })) continue;
      for (const { body, role } of bodiesOf(record))
        if (role === 'recipient' && register.controlOn(body, occurred.from) === control) reached.add(body);
    }
    const base = councils.filter((council) => council.control === control).length;
    return { number: reached.size, percent: percentOf(reached.size, base) };
  }
  const challengeOffers = [
    ...new Set(records.flatMap(({ type, data }) => (type === 'PeerChallengeDelivered' ? [data.offer] : []))),
  ];

  it.each([
    ['Liberal Democrat', 43],
    ['Conservative', 27],
  ])('gives another share of %s councils with a peer challenge', (control, published) => {
    const { percent } = byControlAtActivity(['PeerChallengeDelivered'], challengeOffers, control);
    expect(percent).not.toBe(published);
  });

  it('gives another share of councils under no overall control with peer support', () => {
    const { percent } = byControlAtActivity(
      ['SupportProvided'],
      ['tailored-peer-support'],
      'No overall control',
    );
    expect(percent).not.toBe(81);
  });

  it('counts providers of peer support as supported', () => {
    const anyRole = bodiesReached(records, { types: ['SupportProvided'], offers: ['tailored-peer-support'] });
    expect(anyRole.size).toBeGreaterThan(193);
  });
});

describe('one seed', () => {
  it('gives the same records byte for byte, whatever the order of the councils', () => {
    const input = illustrativeInput(register, 17);
    const again = illustrativeYear({ ...input, councils: [...input.councils].reverse() });

    expect(JSON.stringify(again)).toBe(JSON.stringify(years.get(17)));
  });

  it('gives other records and other ids than another', () => {
    const ids = (seed: number): Set<string> => new Set(years.get(seed)?.map(({ activity }) => activity));
    const [one, other] = [ids(1), ids(2)];

    expect([...one].filter((id) => other.has(id))).toEqual([]);
    const challenged = (seed: number): string[] =>
      [...bodiesReached(years.get(seed) ?? [], { types: ['PeerChallengeDelivered'] })].sort();
    expect(challenged(1)).not.toEqual(challenged(2));
  });
});

describe('councils chosen by quotas', () => {
  it('are refused by name where the quotas cannot be met', () => {
    const choose = (): unknown =>
      chooseCouncils(new SeededRandom('any'), councils, 'an offer', {
        size: 40,
        quotas: exactly('type', { county: 28 }),
      });

    expect(choose).toThrow(NoSuchChoiceError);
    expect(choose).toThrow('No set of councils was found for an offer');
  });

  it('are refused where more are asked for than there are', () => {
    const choose = (): unknown =>
      chooseCouncils(new SeededRandom('any'), councils, 'an offer', { size: 354 });

    expect(choose).toThrow('354 of 353');
  });
});
