import { eventDefinitions } from '@ledger/events';
import { offersOf201920 } from '../../catalogue/catalogue-events';
import { scheduledRegister } from '../../schedule/schedule';
import { halfYearEnd, yearEnd, yearStart } from './dates';
import { illustrative201920 } from './illustrative-2019-20';
import type { Record201920 } from './record';

const register = scheduledRegister();
const offers = offersOf201920();
const challengedBefore = new Set(
  register
    .councilsOn(yearEnd)
    .slice(0, 60)
    .map(({ bodyId }) => bodyId),
);
const seeds = [1, 2, 17, 2019, 987_654_321];
const everyYear = seeds.map((seed) => ({
  seed,
  records: illustrative201920({ register, seed, challengedBefore, offers }),
}));

type Dated = Extract<Record201920, { data: { occurred: unknown } }>;

/** Records of a type that are known to have ended by a day of the year. */
function by<T extends Dated['type']>(
  records: readonly Record201920[],
  type: T,
  day: string,
): Extract<Record201920, { type: T }>[] {
  return records.filter(
    (record): record is Extract<Record201920, { type: T }> =>
      record.type === type &&
      'occurred' in record.data &&
      record.data.occurred.from >= yearStart &&
      record.data.occurred.to <= day,
  );
}

const persons = (records: readonly { readonly data: { readonly person: string } }[]): number =>
  new Set(records.map(({ data }) => data.person)).size;

describe.each(everyYear)('the illustrative 2019/20 of seed $seed', ({ records }) => {
  test('has 56 peer challenges by the half-year, 22 corporate or finance, and 129 in the year, 60 corporate', () => {
    const offersBy = (day: string): string[] =>
      by(records, 'PeerChallengeDelivered', day).map(({ data }) => data.offer);
    const half = offersBy(halfYearEnd);
    expect(half).toHaveLength(56);
    expect(half.filter((offer) => /^(corporate|finance)-/.test(offer))).toHaveLength(22);
    const year = offersBy(yearEnd);
    expect(year).toHaveLength(129);
    expect(year.filter((offer) => offer === 'corporate-peer-challenge')).toHaveLength(60);
  });

  test('has 60 councils with a corporate challenge, for 22 of which it can have been the first', () => {
    const councils = by(records, 'PeerChallengeDelivered', yearEnd).flatMap(({ data }) =>
      data.offer === 'corporate-peer-challenge' ? data.bodies.map(({ body }) => body) : [],
    );
    expect(new Set(councils).size).toBe(60);
    const none = records.flatMap((record) =>
      record.type === 'EarlierSupportDeclared' && !record.data.had ? (record.data.body ?? []) : [],
    );
    expect(none).toHaveLength(22);
    expect(none.filter((body) => challengedBefore.has(body) || !councils.includes(body))).toEqual([]);
  });

  test('has 953 booked and 202 who took part by the half-year, and 958 who took part in the year', () => {
    expect(persons(by(records, 'PlaceBooked', halfYearEnd))).toBe(953);
    expect(persons(by(records, 'CouncillorTrained', halfYearEnd))).toBe(202);
    const year = by(records, 'CouncillorTrained', yearEnd);
    expect(persons(year)).toBe(958);
    expect(persons(year.filter(({ data }) => data.offer === 'next-generation'))).toBe(70);
  });

  test('books every place before anything comes of it', () => {
    const booked = new Map<string, string>();
    const early: string[] = [];
    for (const record of records) {
      if (record.type === 'PlaceBooked') booked.set(record.activity, record.data.occurred.to);
      if (record.type !== 'CouncillorTrained' && record.type !== 'PlaceGivenUp') continue;
      const { from, basis } = record.data.occurred;
      const day = booked.get(record.activity);
      if (day === undefined || (basis === 'stated' && day > from)) early.push(record.activity);
    }
    expect(early).toEqual([]);
  });

  test('supports 64 of the councils that changed control by the half-year and 68 in the year, and 104 and 134 others', () => {
    const councils = (offer: string, day: string): number =>
      new Set(
        by(records, 'SupportProvided', day).flatMap(({ data }) =>
          data.offer === offer ? data.bodies.map(({ body }) => body) : [],
        ),
      ).size;
    expect(councils('change-of-control-support', halfYearEnd)).toBe(64);
    expect(councils('change-of-control-support', yearEnd)).toBe(68);
    expect(councils('tailored-peer-support', halfYearEnd)).toBe(104);
    expect(councils('tailored-peer-support', yearEnd)).toBe(134);
  });

  test('has 55 deliverables, 12 green and 43 amber at the half-year, with the number of one counted by its records', () => {
    const ratings = records.flatMap((record) =>
      record.type === 'DeliverableRated' && record.data.asAt === halfYearEnd ? [record.data] : [],
    );
    expect(records.filter(({ type }) => type === 'DeliverableAgreed')).toHaveLength(55);
    expect(ratings.filter(({ rag }) => rag === 'green')).toHaveLength(12);
    expect(ratings.filter(({ rag }) => rag === 'amber')).toHaveLength(43);
    const achieved = records.flatMap((record) =>
      record.type === 'DeliverableRated' ? (record.data.achieved ?? []) : [],
    );
    expect([achieved[1], achieved[3]]).toEqual([64, 68]);
  });

  test('holds records that the events accept, each in the import of the quarter in which it ended', () => {
    const wrong = records.filter(({ type, data, quarter }) => {
      const { success } = eventDefinitions[type].data.safeParse(data);
      const to = 'occurred' in data ? data.occurred.to : 'asAt' in data ? data.asAt : yearStart;
      const expected = to <= '2019-06-30' ? 1 : to <= '2019-09-30' ? 2 : to <= '2019-12-31' ? 3 : 4;
      return !success || quarter !== expected;
    });
    expect(wrong).toEqual([]);
  });
});

test('the same input gives the same records', () => {
  const again = illustrative201920({ register, seed: 1, challengedBefore, offers });
  expect(again).toEqual(everyYear[0]?.records);
});
