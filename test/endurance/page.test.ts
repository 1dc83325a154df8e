import { pageOf } from './page';
import { readPage } from './earlier-page';
import { nothingFound as nothing, type PartRun } from './report';

const soak: PartRun = {
  part: 'soak',
  date: '1 May 2026',
  machine: 'A machine.',
  commit: 'abc1234',
  minutes: 55,
  passed: 20,
  failed: 1,
  note: 'alone',
};
const kills = { ...soak, part: 'kills', commit: 'def5678', passed: 9, failed: 0, note: '' };

test('the page sums kills by what they fell on, with their seeds', () => {
  const rounds = [
    { during: 'appends', seed: 1, kills: 2, findings: 0 },
    { during: 'appends', seed: 2, kills: 3, findings: 1 },
    { during: 'imports', seed: 1, kills: 1, findings: 0 },
  ];
  const page = pageOf({ ...nothing, kills: rounds }, [kills]);
  expect(page).toContain('6 kills in all');
  expect(page).toContain('| appends | 1 to 2 | 2 | 5 | 1 |');
});

test('the page sums kills of processes by the process, with their seeds', () => {
  const rounds = [
    { process: 'publisher', seed: 1, kills: 10, findings: 0 },
    { process: 'publisher', seed: 2, kills: 10, findings: 0 },
    { process: 'projector', seed: 1, kills: 10, findings: 2 },
  ];
  const page = pageOf({ ...nothing, 'process-kills': rounds }, [{ ...soak, part: 'faults' }]);
  expect(page).toContain('| publisher | 1 to 2 | 2 | 20 | 0 |');
  expect(page).toContain('| projector | 1 to 1 | 1 | 10 | 2 |');
});

test('the page compares both loads, and says what a further million events costs', () => {
  const load = (events: number, p99: number) => ({
    events,
    operation: 'record',
    times: 10,
    'median ms': 1,
    'p99 ms': p99,
  });
  const size = (events: number, megabytes: number) => ({ events, 'log MB': megabytes, 'start s': 1 });
  const page = pageOf(
    {
      ...nothing,
      soak: [load(100_000, 4), load(5_000_000, 5)],
      growth: [size(100_000, 120), size(1_100_000, 1320), size(2_100_000, 2520)],
    },
    [soak],
  );
  expect(page).toContain('| record | 10 | 1 | 1 | 4 | 5 | 25 % |');
  expect(page).toMatch(/Each further million events costs:\s+\| log MB .*\n.*\n\| 1,200 \|/);
});

test('a part that did not come to its end is said to be missing', () => {
  expect(pageOf(nothing, [soak])).toContain('_This part did not come to its end._');
});

test('each part says when and at which commit it was run, and how it ended', () => {
  const page = pageOf(nothing, [kills, soak]);
  expect(page).toContain('| kills | 1 May 2026 | def5678 | 55 | 9 | 0 |  |');
  expect(page).toContain('| soak | 1 May 2026 | abc1234 | 55 | 20 | 1 | alone |');
  expect(page.match(/A machine\./g)).toHaveLength(1);
});

test('of parts that are not run again, the page goes on saying what it said', () => {
  const rounds = [{ during: 'appends', seed: 1, kills: 2, findings: 0 }];
  const load = { events: 5, operation: 'record', times: 10, 'median ms': 1, 'p99 ms': 2 };
  const before = pageOf({ ...nothing, kills: rounds, soak: [load] }, [kills, soak]);
  const again = { ...soak, date: '2 June 2026', machine: 'Another machine.', failed: 0, note: '' };
  const page = pageOf({ ...nothing, soak: [{ ...load, times: 77 }] }, [again], readPage(before));
  expect(page).toContain('| kills | 1 May 2026 | def5678 | 55 | 9 | 0 |  |');
  expect(page).toContain('2 kills in all');
  expect(page).toContain('| appends | 1 to 1 | 1 | 2 | 0 |');
  expect(page).toContain('| soak | 2 June 2026 | abc1234 | 55 | 20 | 0 |  |');
  expect(page).toContain('| record | 77 |');
  expect(page).not.toContain('| record | 10 |');
  expect(page).toContain('A machine.');
  expect(page).toContain('Another machine.');
});

test('a page that is read and written again is the same', () => {
  const rounds = [{ during: 'appends', seed: 1, kills: 2, findings: 0 }];
  const page = pageOf({ ...nothing, kills: rounds }, [kills, soak]);
  expect(pageOf(nothing, [], readPage(page))).toBe(page);
});
