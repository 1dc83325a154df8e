import { runTask } from '../measuring/task-process';
import type { Run } from '../measuring/sample';
import type { RebuildTask } from '../tasks/rebuild.process';
import type { BenchContext } from './context';
import type { Line, Measurement } from './line';

const value = 'eventsPerSecond';
const common = {
  unit: 'events/s',
  better: 'more',
  limit: { run: 'floor', value },
} as const;

const lines: readonly Line[] = [
  {
    ...common,
    id: 'rebuild-figures',
    what: 'all figures projections, two threads',
    ours: { run: 'figures, two threads', value },
    bars: [{ against: 'limit', times: 0.6 }],
  },
  {
    ...common,
    id: 'rebuild-figures-one-thread',
    what: 'the same, one thread',
    ours: { run: 'figures, one thread', value },
    bars: [{ against: 'limit', times: 0.35 }],
  },
  {
    ...common,
    id: 'rebuild-all',
    what: 'figures and documents, validated on read; Emmett: one projection, tuned',
    ours: { run: 'everything', value },
    emmett: { run: 'emmett', value },
    bars: [
      { against: 'limit', times: 0.25 },
      { against: 'emmett', times: 10 },
    ],
  },
];

export function rebuildMeasurement(context: BenchContext): Measurement {
  const { events, emmett } = context.settings;
  return {
    name: 'rebuild',
    lines,
    rounds: 3,
    runs: async (): Promise<Run[]> => {
      const logFile = await context.logFile();
      const run = (name: string, what: RebuildTask['what'], threads: RebuildTask['threads']): Run => {
        const input: RebuildTask = { logFile, events, folder: context.scratch, what, threads };
        return { name, run: () => context.task('rebuild', input) };
      };
      return [
        { name: 'floor', run: () => context.task('floor', { logFile, events }) },
        run('figures, two threads', 'figures', 2),
        run('figures, one thread', 'figures', 1),
        run('everything', 'all', 2),
        ...(emmett === undefined
          ? []
          : [
              {
                name: 'emmett',
                run: () => runTask(emmett, { do: 'rebuild', file: context.emmettFile(), events }),
              },
            ]),
      ];
    },
  };
}
