import fc from 'fast-check';
import type { Result } from '../lines/result';
import { chartSvg, headroom } from './chart';
import { jsonLine, resultOfJson } from './json';
import { withResults } from './markdown';
import { numberText } from './number-text';
import { tableText } from './table';

const append: Result = {
  id: 'append-one',
  what: 'durable, one event after another',
  unit: 'events/s',
  better: 'more',
  ours: { median: 3000, least: 2700, most: 3300, rounds: 3 },
  limit: { median: 4000, least: 4000, most: 4400, rounds: 3 },
  emmett: { median: 550, least: 500, most: 600, rounds: 3 },
  verdicts: [
    { bar: '≥ 0.6 of limit', ratio: 0.75, met: true },
    { bar: '≥ 5 × Emmett', ratio: 5.45, met: true },
  ],
  wallSeconds: 1.25,
  cpuSeconds: 0.5,
  othersCpuShare: 0.01,
  disturbed: false,
};
const start: Result = {
  id: 'start',
  what: 'from its start to <ready>',
  unit: 's',
  better: 'less',
  ours: { median: 2.5, least: 2.5, most: 2.5, rounds: 1 },
  verdicts: [{ bar: '≤ 2 s', met: false }],
  wallSeconds: 2.5,
  cpuSeconds: 2,
  othersCpuShare: 1.4,
  disturbed: true,
};
const run = { machine: 'a machine, 2 cores', date: '2026-11-26', events: 100_000 };

test('numbers are shown to three digits, with thousands parted', () => {
  const shown = [0, 12_345.6, 999.6, 45.67, 4.567, 0.5, 0.01234, -3.5].map(numberText);
  expect(shown).toEqual(['0', '12,346', '1000', '45.7', '4.57', '0.500', '0.0123', '-3.50']);
});

test('the table has a line for every bar, and says when the machine was not its own', () => {
  expect(tableText([append, start])).toBe(
    [
      'id           ours  limit  Emmett  unit      bar             ratio  met  spread           wall s  CPU s',
      '──────────  ─────  ─────  ──────  ────────  ──────────────  ─────  ───  ───────────────  ──────  ─────',
      'append-one  3,000  4,000     550  events/s  ≥ 0.6 of limit  0.750  yes  ±10 % ±5 % ±9 %    1.25  0.500',
      '                                            ≥ 5 × Emmett     5.45  yes',
      'start*       2.50                 s         ≤ 2 s                  NO                      2.50   2.00',
      '',
      '* The machine was not its own: meanwhile other programs kept up to 1.4 processors busy. Ratios are to be relied on more than figures, and neither much.',
    ].join('\n'),
  );
});

test('a line as JSON has id, unit, ours, limit and emmett where measured, and the spread of each', () => {
  expect(jsonLine(append, run)).toMatchObject({
    id: 'append-one',
    unit: 'events/s',
    ours: 3000,
    limit: 4000,
    emmett: 550,
    spread: { ours: [2700, 3300], limit: [4000, 4400], emmett: [500, 600] },
    rounds: 3,
    ...run,
  });
  const alone = jsonLine(start, run);
  expect([Object.hasOwn(alone, 'limit'), Object.hasOwn(alone, 'emmett')]).toEqual([false, false]);
});

test('a report made later from the JSON is the report made at once', () => {
  const later = [append, start].map((result) =>
    resultOfJson(JSON.parse(JSON.stringify(jsonLine(result, run))) as ReturnType<typeof jsonLine>),
  );
  expect(later).toEqual([append, start]);
});

test('results are put between their marks, again and again, and nothing else of the page changes', () => {
  const page =
    '# Benchmarks\n\nBefore.\n\n<!-- results: made by `npm run bench`, not by hand -->\nold\n<!-- end of results -->\n\nAfter.\n';
  const once = withResults(page, [append, start], run, 'benchmarks.svg');
  expect(once.startsWith('# Benchmarks\n\nBefore.\n')).toBe(true);
  expect(once.endsWith('<!-- end of results -->\n\nAfter.\n')).toBe(true);
  expect(once).not.toContain('old');
  expect(once).toContain('Of 3 bars 2 were met.');
  expect(once).toContain(
    '| append-one | 3,000 | 4,000 | 550    | events/s | ≥ 0.6 of limit | 0.750 | yes | ±10 % ±5 % ±9 % | 1.25   | 0.500 |',
  );
  expect(once).toContain('(benchmarks.svg)');
  expect(withResults(once, [append, start], run, 'benchmarks.svg')).toBe(once);
});

test('a page without a place for results is refused, and told what to put', () => {
  expect(() => withResults('# Benchmarks\n', [append], run, 'x.svg')).toThrow('<!-- end of results -->');
});

test('how far a line is from its bar is told of the bar it is nearest to missing', () => {
  expect(headroom(append)).toBeCloseTo(1.09);
  expect(headroom(start)).toBeCloseTo(0.8);
  expect(headroom({ ...append, verdicts: [] })).toBeUndefined();
});

test('the chart shows every line, escapes what it shows, and stays within its width', () => {
  const svg = chartSvg([append, start], 'a "machine" & <others>');
  for (const id of ['append-one', 'start']) expect(svg).toContain(`>${id}</text>`);
  expect(svg).toContain('a &quot;machine&quot; &amp; &lt;others&gt;');
  const opened = [...svg.matchAll(/<([a-z]+)[^>]*?(\/?)>/g)].filter(([, , closed]) => closed === '');
  expect([...svg.matchAll(/<\/[a-z]+>/g)]).toHaveLength(opened.length);
});

test('whatever was measured, the chart has only numbers that can be drawn', () => {
  const times = fc.double({ min: 0.0001, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(times, times), { minLength: 1, maxLength: 10 }), (measured) => {
      const results = measured.flatMap(([ours, limit], at): Result[] => [
        {
          ...append,
          id: `rate-${at}`,
          ours: { median: ours, least: ours, most: ours, rounds: 3 },
          limit: { median: limit, least: limit, most: limit, rounds: 3 },
          verdicts: [{ bar: '≥ 0.6 of limit', ratio: ours / limit, met: ours / limit >= 0.6 }],
        },
        { ...start, id: `time-${at}`, ours: { median: -limit, least: 0, most: 0, rounds: 1 } },
      ]);
      const svg = chartSvg(results, 'any');
      expect(svg).not.toMatch(/NaN|Infinity/);
      for (const [, size] of svg.matchAll(/width="([^"]+)"/g)) expect(Number(size)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 50 },
  );
});
