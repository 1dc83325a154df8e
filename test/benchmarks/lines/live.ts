import type { LiveTask } from '../tasks/live.process';
import type { BenchContext } from './context';
import type { Measurement } from './line';

export function liveMeasurement(context: BenchContext): Measurement {
  const { quick } = context.settings;
  return {
    name: 'live',
    rounds: 3,
    lines: [
      {
        id: 'live-one',
        what: 'apply one event to all read models, with checkpoint, median',
        unit: 'ms',
        better: 'less',
        ours: { run: 'live', value: 'one' },
        bars: [{ atMost: 1 }],
      },
      {
        id: 'live-100',
        what: 'apply 100 events to all read models, with checkpoint, median',
        unit: 'ms',
        better: 'less',
        ours: { run: 'live', value: 'hundred' },
        bars: [{ atMost: 10 }],
      },
    ],
    runs: async () => {
      const folder = await context.ledger();
      const input = (): LiveTask => ({
        folder,
        seed: context.nextSeed(),
        singles: quick ? 300 : 1000,
        hundreds: quick ? 20 : 60,
      });
      return [{ name: 'live', run: () => context.task('live', input()) }];
    },
  };
}
