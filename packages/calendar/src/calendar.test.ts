import fc from 'fast-check';
import {
  sameDayOf,
  addDays,
  dateInWords,
  daysBetween,
  financialYearLabel,
  financialYearOf,
  financialYearSpan,
  isLondonDate,
  londonDateOf,
  londonMidnightAfter,
  nextFinancialYear,
  parseFinancialYear,
  previousFinancialYear,
  quarterOfSpan,
  quarterSpan,
  yearOfSpan,
  yearsTouched,
} from '.';

const date = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1950-01-01', days));

describe('London dates', () => {
  test.each(['2019-02-29', '2019-04-31', '2019-13-01', '2019-00-10', '2019-1-1', '01/04/2019', '2019-04-00'])(
    '%s is no date',
    (text) => expect(isLondonDate(text)).toBe(false),
  );
  test.each(['2020-02-29', '2000-02-29', '2019-12-31'])('%s is a date', (text) =>
    expect(isLondonDate(text)).toBe(true),
  );

  test.each([
    ['2019-03-31T22:59:59Z', '2019-03-31'],
    ['2019-03-31T23:30:00Z', '2019-04-01'],
    ['2024-03-31T23:00:00Z', '2024-04-01'],
    ['2024-03-31T00:30:00Z', '2024-03-31'],
    ['2020-12-31T23:59:59Z', '2020-12-31'],
  ])('%s is the London date %s', (instant, expected) =>
    expect(londonDateOf(Date.parse(instant))).toBe(expected),
  );

  test('the midnight after a date is an hour earlier in UTC in summer', () => {
    expect(londonMidnightAfter('2017-06-30')).toBe('2017-06-30T23:00:00.000Z');
    expect(londonMidnightAfter('2017-12-31')).toBe('2018-01-01T00:00:00.000Z');
    expect(londonMidnightAfter('2019-03-31')).toBe('2019-03-31T23:00:00.000Z');
  });

  test('an instant before the midnight after a date is of that date or earlier, and no other is', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -1e12, max: 2e12 }), (day, instant) => {
        expect(instant < Date.parse(londonMidnightAfter(day))).toBe(londonDateOf(instant) <= day);
      }),
    );
  });

  test('adding days and counting them are each other’s opposite', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -5000, max: 5000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
        expect(isLondonDate(addDays(from, days))).toBe(true);
      }),
    );
  });

  test('a date is written in words', () => expect(dateInWords('2021-04-01')).toBe('1 April 2021'));
});

describe('financial years', () => {
  test('31 March belongs to one year and 1 April to the next', () => {
    expect(financialYearOf('2017-03-31')).toBe(201617);
    expect(financialYearOf('2017-04-01')).toBe(201718);
    expect(financialYearOf('2000-03-31')).toBe(199900);
  });

  test('every date lies in the span of its own year, and years follow one another', () => {
    fc.assert(
      fc.property(date, (day) => {
        const year = financialYearOf(day);
        const { from, to } = financialYearSpan(year);
        expect(from <= day && day <= to).toBe(true);
        expect(previousFinancialYear(nextFinancialYear(year))).toBe(year);
        expect(addDays(to, 1)).toBe(financialYearSpan(nextFinancialYear(year)).from);
        expect(parseFinancialYear(financialYearLabel(year))).toBe(year);
      }),
    );
  });

  test.each([
    ['2016/17', 201617],
    ['2016-17', 201617],
    ['201617', 201617],
    ['1999/00', 199900],
    ['2016/18', undefined],
    ['2016', undefined],
    ['next year', undefined],
  ])('%s reads as %p', (text, expected) => expect(parseFinancialYear(text)).toBe(expected));

  test('a year is known only where both ends of a span lie in it', () => {
    expect(yearOfSpan({ from: '2016-04-01', to: '2017-03-31' })).toBe(201617);
    expect(yearOfSpan({ from: '2017-03-31', to: '2017-04-01' })).toBeNull();
    expect(yearsTouched({ from: '2017-03-31', to: '2018-04-01' })).toEqual([201617, 201718, 201819]);
  });

  test('a quarter is known only where both ends lie in it, and the fourth is of the next calendar year', () => {
    expect(quarterOfSpan({ from: '2017-01-01', to: '2017-03-31' })).toBe(4);
    expect(quarterOfSpan({ from: '2016-06-30', to: '2016-07-01' })).toBeNull();
    expect(quarterSpan(201617, 2)).toEqual({ from: '2016-07-01', to: '2016-09-30' });
    expect(() => quarterSpan(201617, 5)).toThrow('5 is no quarter');
  });
});

test.each([
  [201819, '2019-09-30', '2018-09-30'],
  [201819, '2020-03-31', '2019-03-31'],
  [201819, '2020-02-29', '2019-02-28'],
  [201920, '2019-04-01', '2019-04-01'],
])('in %i the day that stands where %s does is %s', (year, date, day) => {
  expect(sameDayOf(year, date)).toBe(day);
});
