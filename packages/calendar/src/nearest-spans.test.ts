import fc from 'fast-check';
import { nearestDays, nearestSpans, parseSpanText } from '.';

test.each<[string, readonly string[]]>([
  ['31 June 2018', ['30 June 2018', '1 July 2018']],
  ['29/2/2019', ['28 February 2019', '1 March 2019']],
  ['31 November to 2 December 2024', ['30 November to 2 December 2024', '1 to 2 December 2024']],
  ['3 June 2025 to 1 June 2025', ['1 to 3 June 2025']],
  ['06/13/2018', ['13 June 2018']],
  ['2018-13-06', ['13 June 2018']],
  ['2018/06/13', ['13 June 2018']],
  ['20180613', ['13 June 2018']],
  ['June 13th, 2018', ['13 June 2018']],
  ['13th of June 2018', ['13 June 2018']],
  ['13/6/2018 10:30', ['13 June 2018']],
  ['13/6/2018?', ['13 June 2018']],
  ['13 Jne 2018', []],
  ['4 Septmber 2018', ['4 September 2018']],
  ['early June 2018', ['June 2018']],
  ['2018', ['2017/18', '2018/19']],
  ['FY19', ['2018/19', '2019/20']],
  ['18/19', ['2018/19']],
  ['2018/20', ['2018/19', '2019/20']],
  ['Q2 18/19', ['1 July to 30 September 2018']],
])('“%s” may have meant %p', (text, nearest) => expect(nearestSpans(text)).toEqual(nearest));

test.each([
  'tbc',
  '',
  'Sept',
  '4 September',
  '13/13/2018',
  '45 June 2018',
  '12,500',
  'Watford',
  '9999999999',
])('“%s” leaves it open what was meant, and nothing is guessed', (text) =>
  expect(nearestSpans(text)).toEqual([]),
);

test('what exists needs no answer, and every answer is a span that exists', () => {
  expect(nearestSpans('4 June 2018')).toEqual([]);
  expect(nearestDays('2018-12-31')).toEqual(['2018-12-31', '2019-01-01']);
  const part = fc.oneof(
    fc.integer({ min: 0, max: 40 }).map(String),
    fc.constantFrom('June', 'Sept', 'of', '2018', '18'),
  );
  const text = fc.tuple(fc.array(part, { maxLength: 5 }), fc.constantFrom(' ', '/', '-', '.'));
  fc.assert(
    fc.property(text, ([parts, between]) => {
      const nearest = nearestSpans(parts.join(between));
      expect(nearest.length).toBeLessThanOrEqual(2);
      for (const one of nearest) {
        expect(parseSpanText(one)).toHaveProperty('from');
        expect(nearestSpans(one)).toEqual([]);
      }
    }),
  );
});
