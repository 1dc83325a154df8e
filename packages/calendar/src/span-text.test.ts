import fc from 'fast-check';
import { addDays, financialYearSpan, parseSpanText, spanInWords } from '.';

test.each([
  ['4 September 2018', '2018-09-04', '2018-09-04'],
  ['4th Sept 18', '2018-09-04', '2018-09-04'],
  ['Tuesday 4 September 2018', '2018-09-04', '2018-09-04'],
  ['4 to 7 September 2018', '2018-09-04', '2018-09-07'],
  ['4-7 Sept 18', '2018-09-04', '2018-09-07'],
  ['4 – 7 September 2018', '2018-09-04', '2018-09-07'],
  ['30 June to 2 July 2018', '2018-06-30', '2018-07-02'],
  ['30 December 2018 to 2 January 2019', '2018-12-30', '2019-01-02'],
  ['June 2018', '2018-06-01', '2018-06-30'],
  ['Feb 2020', '2020-02-01', '2020-02-29'],
  ['June to August 2018', '2018-06-01', '2018-08-31'],
  ['3/4/2019', '2019-04-03', '2019-04-03'],
  ['03.04.19', '2019-04-03', '2019-04-03'],
  ['2019-04-03', '2019-04-03', '2019-04-03'],
  ['2019-04-03 to 2019-04-05', '2019-04-03', '2019-04-05'],
  ['3/4/2019 - 5/4/2019', '2019-04-03', '2019-04-05'],
  ['w/c 4 June 2018', '2018-06-04', '2018-06-10'],
  ['Q2 2018/19', '2018-07-01', '2018-09-30'],
  ['quarter 4 2018/19', '2019-01-01', '2019-03-31'],
  // What is not in the calendar is kept as written: a rule says so, by every route alike.
  ['29 February 2019', '2019-02-29', '2019-02-29'],
  ['3 June 2019 to 1 June 2019', '2019-06-03', '2019-06-01'],
])('“%s” is %s to %s', (text, from, to) =>
  expect(parseSpanText(text)).toEqual({ from, to, basis: 'stated' }),
);

test.each(['2018/19', '2018-19', '201819'])('“%s” is a year in which it happened, and no more', (text) =>
  expect(parseSpanText(text)).toEqual({ ...financialYearSpan(201819), basis: 'report-year' }),
);

test.each([
  ['', 'is empty'],
  ['soon', 'is no date'],
  ['4 September', 'says no year'],
  ['4 to 7', 'says no month'],
  ['13/13/2018', 'has 13 for a month'],
  ['45 June 2018', 'has 45 for a day'],
  ['2018/20', 'is no date'],
  ['2018', 'is no date'],
])('“%s” %s', (text, says) =>
  expect(parseSpanText(text)).toEqual({ problem: expect.stringContaining(says) }),
);

test('a span in words reads as the same span again', () => {
  const date = fc.integer({ min: 0, max: 30_000 }).map((days) => addDays('1969-01-01', days));
  fc.assert(
    fc.property(
      date,
      fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 800 })),
      fc.constantFrom('stated' as const, 'report-year' as const),
      (from, days, basis) => {
        const span = { from, to: addDays(from, days), basis };
        expect(parseSpanText(spanInWords(span))).toEqual(span);
      },
    ),
  );
  for (const basis of ['stated', 'report-year'] as const) {
    const span = { ...financialYearSpan(201819), basis };
    expect(parseSpanText(spanInWords(span))).toEqual(span);
  }
});
