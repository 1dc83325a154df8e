import type { JsonLine } from './json';
import { needsTable, withNeeds } from './needs';

function line(id: string, ours: number, unit: string): JsonLine {
  return {
    id,
    ours,
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
    date: '2026-11-26',
    events: 100_000,
  };
}

test('sizes become gigabytes, speeds hours, and processor time processors at a load that lasts', () => {
  const table = needsTable([
    line('topic-size', 1300, 'bytes/event'),
    line('publish', 27_778, 'events/s'),
    line('postgres-cpu', 250, 'µs/event'),
  ]);
  const cells = table.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
  expect(cells.slice(2).map((row) => row[3])).toEqual([
    '130 GB',
    '1.000 hours',
    '0.250 processors at 1,000 events/s',
  ]);
});

test('it is put in its place in a page, and what was not measured is left out', () => {
  const page = '# Page\n\n<!-- needs: made by a test, not by hand -->\n<!-- end of needs -->\n\nAfter.\n';
  const made = withNeeds(page, [line('log-size', 1200, 'bytes/event')]);
  expect(made).toContain('the log, in SQLite');
  expect(made).not.toContain('the broker');
  expect(made.endsWith('<!-- end of needs -->\n\nAfter.\n')).toBe(true);
  expect(() => withNeeds('# Page\n', [])).toThrow('no place for needs');
});
