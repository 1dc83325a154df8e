import { ageingOf } from './ageing';

test('open questions are counted by how long they are overdue, each once, on the edges too', () => {
  const overdue = [0, 0, 1, 30, 31, 60, 61, 90, 91, 4000].map((daysOverdue) => ({ daysOverdue }));
  expect(ageingOf(overdue)).toEqual([
    { age: 'in time', queries: 2 },
    { age: '1 to 30 days overdue', queries: 2 },
    { age: '31 to 60 days overdue', queries: 2 },
    { age: '61 to 90 days overdue', queries: 2 },
    { age: 'more than 90 days overdue', queries: 2 },
  ]);
  expect(ageingOf([]).map(({ queries }) => queries)).toEqual([0, 0, 0, 0, 0]);
});
