import { busySeconds, machineInWords, useOfProcess } from './machine';
import { startWatch } from './stopwatch';

const onLinux = process.platform === 'linux';

test('what processors have done is counted where the system says, and only grows', () => {
  const before = busySeconds();
  for (let at = 0; at < 2_000_000; at++) Math.sqrt(at);
  const after = busySeconds();
  expect([before === undefined, (after ?? 0) >= (before ?? 0)]).toEqual([!onLinux, true]);
});

test('what a process has used is read by its id, and nothing of one that is none', () => {
  const use = useOfProcess(process.pid);
  expect(use === undefined || (use.cpuSeconds > 0 && use.peakBytes > 1_000_000)).toBe(true);
  expect(use === undefined).toBe(!onLinux);
  expect(useOfProcess(2 ** 30)).toBeUndefined();
});

test('processor time of further processes counts as the run’s own', () => {
  let others = 5;
  const end = startWatch(() => others);
  others = 7;
  const { cpuSeconds, wallSeconds } = end();
  expect([cpuSeconds >= 2, wallSeconds >= 0]).toEqual([true, true]);
});

test('the machine is named with what decides how fast something is', () => {
  expect(machineInWords()).toMatch(/\d+ cores, \d+ GiB, .*Node v\d+.*SQLite 3\./);
});
