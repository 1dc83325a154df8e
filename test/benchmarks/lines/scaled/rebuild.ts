import { runTask } from '../../measuring/task-process';
import type { Run } from '../../measuring/sample';
import type { RebuildPostgresTask } from '../../tasks/scaled/rebuild.process';
import type { BenchContext } from '../context';
import type { Measurement } from '../line';

/** All read models built from the whole data set into PostgreSQL, beside one projection of Emmett's. */
export function rebuildPostgresMeasurement(context: BenchContext): Measurement {
  const { events, emmett, quick } = context.settings;
  const ours = 'ledger';
  const value = 'eventsPerSecond';
  return {
    name: 'rebuild-postgres',
    rounds: quick ? 1 : 3,
    lines: [
      {
        id: 'rebuild-postgres',
        what: 'figures and documents in PostgreSQL, validated on read; Emmett: one projection, tuned, on PostgreSQL',
        unit: 'events/s',
        better: 'more',
        ours: { run: ours, value },
        emmett: { run: 'emmett', value },
        bars: [{ against: 'emmett', times: 10 }],
      },
      {
        id: 'postgres-size',
        what: 'the read models in PostgreSQL on disk, with indexes',
        unit: 'bytes/event',
        better: 'less',
        ours: { run: ours, value: 'bytesPerEvent' },
        bars: [],
      },
    ],
    runs: async (): Promise<Run[]> => {
      const { server } = context.engines;
      const input: RebuildPostgresTask = { logFile: await context.logFile(), events, server };
      return [
        { name: ours, run: async () => context.task('scaled/rebuild', input) },
        ...(emmett === undefined
          ? []
          : [{ name: 'emmett', run: async () => runTask(emmett, { address: server.address, events }) }]),
      ];
    },
  };
}
