import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Run, Sample } from '../measuring/sample';
import type { SealsTask } from '../tasks/seals.process';
import type { BenchContext } from './context';
import type { Line, Measurement } from './line';

const value = 'eventsPerSecond';

const lines: readonly Line[] = [
  {
    id: 'seal',
    what: 'a log sealed for the first time; limit: SHA-256 alone over what is read',
    unit: 'events/s',
    better: 'more',
    ours: { run: 'seal', value },
    limit: { run: 'SHA-256 of the log', value },
    bars: [{ against: 'limit', times: 0.4 }],
  },
  {
    id: 'proof-size',
    what: 'the proof that one event is in the log, with its checkpoint',
    unit: 'bytes',
    better: 'less',
    ours: { run: 'seal', value: 'proofBytes' },
    bars: [{ atMost: 1500 }],
  },
  {
    id: 'verify',
    what: 'a bundle verified offline; limit: SHA-256 alone over the file',
    unit: 'events/s',
    better: 'more',
    ours: { run: 'verify', value },
    limit: { run: 'SHA-256 of the bundle', value },
    bars: [{ against: 'limit', times: 0.1 }],
  },
  {
    id: 'memory-verify',
    what: 'the most that verifying had resident',
    unit: 'MB',
    better: 'less',
    ours: { run: 'verify', value: 'megabytes' },
    bars: [{ atMost: 300 }],
  },
];

/** Sealing and verifying, each beside SHA-256 alone over the same bytes in the same run. */
export function sealsMeasurement(context: BenchContext): Measurement {
  const { events } = context.settings;
  return {
    name: 'seals',
    lines,
    rounds: 3,
    runs: async (): Promise<Run[]> => {
      const logFile = await context.logFile();
      const folderOf = (name: string): string => mkdtempSync(join(context.scratch, `${name}-`));
      const task = (what: SealsTask['what'], folder: string): Promise<Sample> =>
        context.task('seals', { what, logFile, events, folder } satisfies SealsTask);
      const handedOver = folderOf('handed-over');
      await task('seal', handedOver);
      await task('hand-over', handedOver);
      return [
        { name: 'SHA-256 of the log', run: () => task('hash-log', handedOver) },
        { name: 'seal', run: () => task('seal', folderOf('seals')) },
        { name: 'SHA-256 of the bundle', run: () => task('hash-file', handedOver) },
        { name: 'verify', run: () => task('verify', handedOver) },
      ];
    },
  };
}
