import type { DelayTask } from '../../tasks/scaled/delay.process';
import type { BenchContext } from '../context';
import type { Measurement } from '../line';

/** How long it takes from an append until a question can be answered with it, while a thousand events a second are recorded. */
export function delayMeasurement(context: BenchContext): Measurement {
  const { events, quick } = context.settings;
  return {
    name: 'delay',
    rounds: 1,
    lines: [
      {
        id: 'delay-median',
        what: 'from the call that appends an event until answers have it, 1,000 events/s sustained, median',
        unit: 'ms',
        better: 'less',
        ours: { run: 'delay', value: 'median' },
        bars: [],
      },
      {
        id: 'delay',
        what: 'the same, p99',
        unit: 'ms',
        better: 'less',
        ours: { run: 'delay', value: 'p99' },
        bars: [{ atMost: 500 }],
      },
    ],
    runs: async () => {
      const before = Math.min(events, 100_000);
      const input: DelayTask = {
        logFile: await context.logFile(before),
        folder: context.scratch,
        seed: context.nextSeed(),
        perSecond: 1000,
        seconds: quick ? 10 : 60,
        engines: context.engines,
      };
      return [{ name: 'delay', run: async () => context.task('scaled/delay', input) }];
    },
  };
}
