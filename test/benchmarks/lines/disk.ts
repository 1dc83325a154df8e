import type { BenchContext } from './context';
import type { Measurement } from './line';

/** Sizes are the same every time: they are measured once. */
export function diskMeasurement(context: BenchContext): Measurement {
  return {
    name: 'disk',
    rounds: 1,
    lines: [
      {
        id: 'disk-log',
        what: 'the log on disk; limit: the stored bodies alone',
        unit: 'bytes/event',
        better: 'less',
        ours: { run: 'disk', value: 'log' },
        limit: { run: 'disk', value: 'stored' },
        // At most 1.6 times the bytes is at least 1 / 1.6 of the limit.
        bars: [{ timesLimitAtMost: 1.6 }],
      },
      {
        id: 'disk-read-models',
        what: 'the read models on disk',
        unit: 'bytes/event',
        better: 'less',
        ours: { run: 'disk', value: 'readModels' },
        bars: [{ atMost: 120 }],
      },
    ],
    runs: async () => {
      const folder = await context.ledger();
      return [{ name: 'disk', run: () => context.task('disk', { folder }) }];
    },
  };
}
