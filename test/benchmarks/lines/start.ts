import type { StartTask } from '../tasks/start.process';
import type { BenchContext } from './context';
import type { Line, Measurement } from './line';

function serverMeasurement(
  context: BenchContext,
  { rounds, line, afterwards }: { rounds: number; line: Line; afterwards: StartTask['afterwards'] },
): Measurement {
  return {
    name: line.id,
    rounds,
    lines: [line],
    runs: async () => {
      const input: StartTask = { folder: await context.ledger(), afterwards };
      return [{ name: 'server', run: () => context.task('start', input) }];
    },
  };
}

/** The server in a process of its own: how soon it is ready, and how much memory it takes. */
export function serverMeasurements(context: BenchContext): Measurement[] {
  return [
    serverMeasurement(context, {
      // The most that is resident varies little, and a rebuild of everything takes a while.
      rounds: context.settings.quick ? 1 : 3,
      afterwards: 'rebuild',
      line: {
        id: 'memory-rebuild',
        what: 'standalone process, most resident while it rebuilds everything and answers',
        unit: 'MB',
        better: 'less',
        ours: { run: 'server', value: 'megabytes' },
        bars: [{ atMost: 400 }],
      },
    }),
    serverMeasurement(context, {
      rounds: 3,
      afterwards: 'stop',
      line: {
        id: 'start',
        what: 'standalone process, from its start to ready',
        unit: 's',
        better: 'less',
        ours: { run: 'server', value: 'seconds' },
        bars: [{ atMost: 2 }],
      },
    }),
  ];
}
