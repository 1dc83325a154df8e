import fc from 'fast-check';
import { derivedId } from '@ledger/events';
import { line, type Line } from '../lines/line';
import { mayBeAdded } from './adding';
import { initialMeasures } from './declared';
import { countingRule, countingRuleIds } from './rules';
import { attainability, shareOf } from './share';
import type { StandingLine } from './standing-line';

const span = { from: '2019-04-01', to: '2020-03-31' };
const a = derivedId('body', 'a');

let things = 0;
const standing = (more: Partial<Line>): StandingLine => ({
  line: line({
    kind: 'support',
    event: 'SupportProvided',
    from: '2019-06-01',
    to: '2019-06-01',
    basis: 'stated',
    illustrative: false,
    offer: 'o',
    body: a,
    ...more,
  }),
  thing: BigInt(++things),
  position: BigInt(things),
  count: 1,
});
const evaluate = (rule: string, lines: readonly StandingLine[], more = {}) => {
  const found = countingRule(rule);
  if (found === undefined) throw new Error(`There is no rule ${rule}`);
  return found.evaluate({ lines, span, kind: 'flow', parameters: {}, ...more });
};

describe('shares (D4)', () => {
  test.each([
    [68, 75, '91%'],
    [1, 200, '1%'],
    [1, 201, '0%'],
    [3, 7, '3 of 7'],
    [0, 0, 'none'],
    [353, 353, '100%'],
  ])('%i of %i is shown as %s', (numerator, base, shown) =>
    expect(shareOf(numerator, base).shown).toBe(shown),
  );

  test('a share above its base is a defect, not a percentage', () =>
    expect(() => shareOf(8, 7)).toThrow('8 of 7 is no share'));

  test('percentages are the exact ratio rounded half up, and never above 100', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (base, some) => {
        const numerator = Math.min(some, base);
        const { percentage } = shareOf(numerator, base);
        const twice = (percentage ?? 0) * 2 * base;
        expect(twice - base <= 200 * numerator && 200 * numerator < twice + base).toBe(true);
        expect(percentage).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('what a number of the base prints can be had, by exactly those numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), (base, some) => {
        const numerator = Math.min(some, base);
        const printed = String(shareOf(numerator, base).percentage);
        const all = Array.from({ length: base + 1 }, (_, n) => n).filter(
          (n) => String(shareOf(n, base).percentage) === printed,
        );
        expect(attainability(printed, base)).toEqual({ attainable: true, numerators: all });
      }),
    );
  });

  test('48 % of 36 cannot be had: 17 gives 47 and 18 gives 50', () => {
    expect(attainability('48', 36)).toEqual({
      attainable: false,
      nearest: [
        { numerator: 17, percentage: '47' },
        { numerator: 18, percentage: '50' },
      ],
    });
  });
});

describe('adding measures (S3)', () => {
  const of = (id: string) => initialMeasures.filter((measure) => measure.id === id);
  test('of one family is allowed', () =>
    expect(() => mayBeAdded([...of('peer-challenges'), ...of('events-held')])).not.toThrow());
  test.each([
    ['activities and pounds', 'peer-challenges', 'grants', 'are unlike'],
    ['a level and anything', 'members', 'peer-challenges', 'it is a level'],
    ['distinct persons and activities', 'councillors-trained', 'peer-challenges', 'declares no family'],
  ])('%s is refused', (_what, one, other, says) =>
    expect(() => mayBeAdded([...of(one), ...of(other)])).toThrow(says),
  );
});

describe('counting rules', () => {
  test('every declared measure names a rule there is', () => {
    expect(initialMeasures.filter(({ rule }) => !countingRuleIds.includes(rule))).toEqual([]);
  });
  test('things, bodies, persons and quantities are four counts of the same lines', () => {
    const first = standing({ person: 'p', quantity: 2 });
    const lines = [
      first,
      { ...first, line: { ...first.line, body: 'b' } },
      standing({ person: 'p', quantity: 3 }),
      standing({ from: '2018-01-01', to: '2018-01-01' }),
    ];
    expect(
      ['count-things/1', 'distinct-bodies/1', 'distinct-persons/1', 'sum/1'].map(
        (rule) => evaluate(rule, lines).value,
      ),
    ).toEqual([2, 2, 1, 7]);
  });
  test('a record that only overlaps the year is left out and counted apart', () => {
    expect(evaluate('count-things/1', [standing({ to: '2020-05-01' })])).toMatchObject({
      value: 0,
      remainders: [{ count: 1 }],
    });
  });
  test('a stock counts what holds on the last day', () => {
    const member = (from: string, to: string) => standing({ kind: 'membership', from, to });
    const lines = [
      member('2011-01-01', '9999-12-31'),
      member('2011-01-01', '2020-03-30'),
      member('2020-04-01', '9999-12-31'),
    ];
    expect(evaluate('count-things/1', lines, { kind: 'stock' }).value).toBe(1);
  });

  const earlier = (subject: string): StandingLine =>
    standing({ kind: 'earlier', from: '0001-01-01', to: '2018-03-31', subject });
  test.each([
    ['yes', [standing({}), earlier('none')], 1, []],
    ['no, it had one before the ledger', [standing({}), earlier('had')], 0, ['no']],
    [
      'no, it had one in an earlier year',
      [standing({}), standing({ from: '2018-06-01', to: '2018-06-01' }), earlier('none')],
      0,
      ['no'],
    ],
    ['not known, since nothing is declared', [standing({})], 0, ['not known']],
    [
      'cannot tell, since another may have come first',
      [standing({}), standing({ from: '2019-03-01', to: '2019-07-01' }), earlier('none')],
      0,
      ['cannot tell'],
    ],
    [
      'a later one changes nothing',
      [standing({}), standing({ from: '2020-06-01', to: '2020-06-01' }), earlier('none')],
      1,
      [],
    ],
    [
      'two in the year are one first time',
      [standing({}), standing({ from: '2019-09-01', to: '2019-09-01' }), earlier('none')],
      1,
      [],
    ],
  ])('first time: %s', (_what, lines, value, others) => {
    const answer = evaluate('first-time/1', lines);
    expect([answer.value, answer.remainders.map(({ label }) => label)]).toEqual([value, others]);
  });

  test('at least k offers in n years counts different offers in the window only', () => {
    const lines = [
      standing({ offer: 'x' }),
      standing({ offer: 'x' }),
      standing({ offer: 'y', from: '2017-04-01', to: '2017-04-01' }),
      standing({ offer: 'z', from: '2017-03-31', to: '2017-03-31' }),
    ];
    const asked = (atLeast: number): number =>
      evaluate('parts-accessed/1', lines, { parameters: { atLeast, years: 3 } }).value;
    expect([asked(2), asked(3)]).toEqual([1, 0]);
  });
});
