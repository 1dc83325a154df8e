import { publishedFigures } from './published-figures';

const figures = publishedFigures();

test('609 figures are brought forward, each once', () => {
  expect(figures.length).toBe(609);
  expect(new Set(figures.map(({ figure }) => figure)).size).toBe(609);
});

/** How many figures there are with each value of a property. */
function counted(property: 'financialYear' | 'unit' | 'kind' | 'qualifier'): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const figure of figures) counts[figure[property]] = (counts[figure[property]] ?? 0) + 1;
  return counts;
}

test('there are as many of each year, unit, kind and qualifier as the reports print', () => {
  expect(counted('financialYear')).toEqual({
    201617: 98,
    201718: 3,
    201819: 130,
    201920: 188,
    202021: 190,
  });
  expect(counted('unit')).toEqual({
    percent: 164,
    count: 364,
    GBP: 69,
    days: 5,
    ratio: 3,
    hours: 2,
    score: 2,
  });
  expect(counted('kind')).toEqual({ rate: 177, flow: 342, stock: 37, cumulative: 53 });
  expect(counted('qualifier')).toEqual({
    exact: 468,
    'more than': 88,
    near: 21,
    'at least': 13,
    estimated: 13,
    about: 6,
  });
});

test('no figure carries words of a report', () => {
  const withWords = figures.filter((figure) => 'quote' in figure || 'note' in figure);
  expect(withWords).toEqual([]);
});

test.each([
  [201617, 'GBP', 1494500000],
  [201617, 'count', 418409],
  [201617, 'days', 2500],
  [201617, 'percent', 1551.3],
  [201718, 'GBP', 657000000],
  [201718, 'count', 486],
  [201718, 'percent', 37],
  [201819, 'count', 392425],
  [201819, 'GBP', 3665502000],
  [201819, 'days', 2500],
  [201819, 'percent', 2798],
  [201920, 'count', 3581560],
  [201920, 'GBP', 4641708780],
  [201920, 'days', 3403],
  [201920, 'hours', 23457],
  [201920, 'percent', 4078.68],
  [201920, 'ratio', 4.55],
  [202021, 'GBP', 39200000],
  [202021, 'count', 12745298],
  [202021, 'hours', 577],
  [202021, 'percent', 4510],
  [202021, 'ratio', 7],
  [202021, 'score', 8.7],
])('the values of %i in %s add up to what the reports print', (year, unit, sum) => {
  const values = figures.filter((figure) => figure.financialYear === year && figure.unit === unit);
  expect(values.reduce((total, { value }) => total + Number(value), 0)).toBeCloseTo(sum, 4);
});

test('dimensions use the register’s spellings', () => {
  const named = (name: string): string[] => figures.flatMap(({ dimension }) => dimension?.[name] ?? []);
  expect(named('type')).toEqual(
    expect.arrayContaining(['unitary', 'metropolitan', 'county', 'district', 'London borough']),
  );
  expect(named('control')).toEqual(
    expect.arrayContaining(['Liberal Democrat', 'Conservative', 'No overall control']),
  );
  expect(named('region')).toContain('Yorkshire and The Humber');
});
