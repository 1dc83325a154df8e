import { namedRecords } from './named-records';
import { notCounted } from './not-counted';
import { namedThings } from './table';

test('every one of the 77 rows is accounted for, once', () => {
  const rows = [...namedThings, ...notCounted].flatMap((entry) => entry.rows);
  expect(rows.length).toBe(77);
  expect(new Set(rows).size).toBe(77);
});

test('the rows make 62 things, by type', () => {
  const byType = new Map<string, number>();
  for (const { event } of namedRecords()) byType.set(event.type, (byType.get(event.type) ?? 0) + 1);
  expect(Object.fromEntries(byType)).toEqual({
    EventHeld: 17,
    SupportProvided: 24,
    SavingsRecorded: 10,
    GrantAwarded: 2,
    PeerChallengeDelivered: 9,
  });
});

test('six rows of one event are one event with six presenters', () => {
  const event = namedRecords().find(
    ({ event: { data } }) => 'title' in data && data.title === 'Profit with a purpose',
  )?.event;
  expect(event?.type === 'EventHeld' && event.data.bodies?.map(({ role }) => role)).toEqual(
    Array(6).fill('presenter'),
  );
});

test('shares that are not printed are not given, and a sum over two years has no yearly slices', () => {
  const claims = namedRecords().flatMap(({ event }) =>
    event.type === 'SavingsRecorded' ? [event.data] : [],
  );
  expect(
    claims
      .flatMap(({ bodies }) => bodies.map(({ sharePence }) => sharePence))
      .every((share) => share === undefined),
  ).toBe(true);
  expect(
    claims.flatMap(({ amounts }) => amounts.filter(({ fromYear, toYear }) => fromYear !== toYear)),
  ).toEqual([
    { fromYear: 201819, toYear: 201920, basis: 'forecast', grossPence: 38_000_000, qualifier: 'exact' },
  ]);
});
