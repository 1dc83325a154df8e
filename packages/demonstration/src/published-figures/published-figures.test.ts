import { publishedFigures } from './published-figures';

const figures = publishedFigures();

test('609 figures are brought forward, each once', () => {
  expect(figures.length).toBe(609);
  expect(new Set(figures.map(({ figure }) => figure)).size).toBe(609);
});

test.each([
  [201617, 'GBP', 1494500000],
  [201617, 'count', 418409],
  [201617, 'percent', 1551.3],
  [201819, 'count', 392425],
  [201819, 'GBP', 3665502000],
  [201819, 'percent', 2798],
  [201920, 'count', 3581560],
  [201920, 'GBP', 4641708780],
  [201920, 'percent', 4078.68],
  [202021, 'count', 12745298],
  [202021, 'percent', 4510],
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
