import type { Sample } from '../measuring/sample';
import type { Bar, Line } from './line';
import { resultOf } from './result';

const sample = (value: number, more: Partial<Sample> = {}): Sample => ({
  values: { rate: value },
  wallSeconds: 2,
  cpuSeconds: 3,
  ...more,
});

function line(better: Line['better'], ...bars: readonly Bar[]): Line {
  return {
    id: 'x',
    what: 'something',
    unit: 'events/s',
    better,
    ours: { run: 'ours', value: 'rate' },
    limit: { run: 'raw', value: 'rate' },
    emmett: { run: 'emmett', value: 'rate' },
    bars,
  };
}

const rates = new Map([
  ['ours', [sample(60), sample(50), sample(70)]],
  ['raw', [sample(100), sample(90), sample(130)]],
  ['emmett', [sample(10), sample(11), sample(9)]],
]);

test('ratios are of medians, and a bar is met from its ratio on', () => {
  const bars = [
    { against: 'limit', times: 0.6 },
    { against: 'limit', times: 0.61 },
    { against: 'emmett', times: 5 },
  ] as const;
  expect(resultOf(line('more', ...bars), rates, 2)?.verdicts).toEqual([
    { bar: '≥ 0.6 of limit', ratio: 0.6, met: true },
    { bar: '≥ 0.61 of limit', ratio: 0.6, met: false },
    { bar: '≥ 5 × Emmett', ratio: 6, met: true },
  ]);
});

test('where less is better, the ratio is how many times less', () => {
  const result = resultOf(line('less', { against: 'emmett', times: 0.2 }), rates, 2);
  expect(result?.verdicts).toEqual([{ bar: '≥ 0.2 × Emmett', ratio: 10 / 60, met: false }]);
  const sizes = resultOf(line('less', { timesLimitAtMost: 0.7 }), rates, 2);
  expect(sizes?.verdicts).toEqual([{ bar: '≤ 0.7 × limit', ratio: 0.6, met: true }]);
});

test('a bar in the unit of the line is met up to it', () => {
  const verdicts = [59, 60, 61].map(
    (atMost) => resultOf(line('less', { atMost }), rates, 2)?.verdicts[0]?.met,
  );
  expect(verdicts).toEqual([false, true, true]);
});

test('a contender that was left out has no figure, and nothing is said of the bars against it', () => {
  const withoutEmmett = new Map([...rates].filter(([name]) => name !== 'emmett'));
  const result = resultOf(line('more', { against: 'emmett', times: 5 }), withoutEmmett, 2);
  expect([result?.emmett, result?.verdicts]).toEqual([undefined, []]);
});

test('a line whose own run gave nothing has no result', () => {
  expect(resultOf(line('more'), new Map(), 2)).toBeUndefined();
});

test('what others used of the machine is told, and from a tenth of all processors on it is called disturbed', () => {
  const beside = (othersCpuSeconds: number | undefined): ReturnType<typeof resultOf> =>
    resultOf(line('more'), new Map([['ours', [sample(60, { othersCpuSeconds })]]]), 2);
  expect(beside(0.38)).toMatchObject({ othersCpuShare: 0.19, disturbed: false });
  expect(beside(0.44)).toMatchObject({ othersCpuShare: 0.22, disturbed: true });
  // Where the system does not say, nobody is accused.
  expect(beside(undefined)).toMatchObject({ disturbed: false });
  expect(beside(undefined)).not.toHaveProperty('othersCpuShare');
});
