import { bodiesTable, withBodies } from './bodies';
import type { JsonLine } from './json';

function line(id: string, unit: string, ours: number, limit?: number): JsonLine {
  return {
    id,
    ours,
    ...(limit !== undefined && { limit }),
    unit,
    what: id,
    better: 'less',
    spread: { ours: [ours, ours] },
    rounds: 1,
    bars: [],
    wallSeconds: 1,
    cpuSeconds: 1,
    disturbed: false,
    machine: 'a machine',
    date: '2026-11-27',
    events: 100_000,
  };
}

function cellsOf(table: string): string[][] {
  return table.split('\n').map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('few and many bodies stand side by side, of a question the median and the p99, with how many times it grows', () => {
  const table = bodiesTable([
    line('bodies-take-up-median', 'ms', 6, 1.5),
    line('bodies-take-up', 'ms', 9, 3),
    line('bodies-log-size', 'MB', 150, 120),
    line('bodies-load', 's', 12),
  ]);
  expect(cellsOf(table).filter((_, at) => at !== 1)).toEqual([
    ['what', '400 bodies', '10,000 bodies', 'grows', 'line'],
    ['take-up by type, region or control', '1.50 / 3.00 ms', '6.00 / 9.00 ms', '4.00 ×', '`bodies-take-up`'],
    ['the log on disk', '120 MB', '150 MB', '1.25 ×', '`bodies-log-size`'],
    ['the invented councils loaded into a new ledger', '', '12.0 s', '', '`bodies-load`'],
  ]);
});

test('it is put in its place in a page, and what was not measured is left out', () => {
  const page = '# Page\n\n<!-- bodies: made by a test, not by hand -->\n<!-- end of bodies -->\n\nAfter.\n';
  const made = withBodies(page, [line('bodies-memory', 'MB', 300, 160), line('publish', 'events/s', 1, 1)]);
  expect(made).toContain('the most that it has resident by then');
  expect(made).not.toContain('publish');
  expect(made).not.toContain('annual totals');
  expect(made.endsWith('<!-- end of bodies -->\n\nAfter.\n')).toBe(true);
  expect(() => withBodies('# Page\n', [])).toThrow('no place for bodies');
});
