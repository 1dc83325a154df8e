import type { ProjectTask } from '../../tasks/scaled/project.process';
import type { BenchContext } from '../context';
import type { Measurement } from '../line';
import { streamedEvents } from './sizes';

/** The projector beside a floor that reads the same pages, parses each event and copies its lines into a plain table. */
export function projectMeasurement(context: BenchContext): Measurement {
  const ours = 'projector';
  return {
    name: 'project',
    rounds: context.settings.quick ? 1 : 3,
    lines: [
      {
        id: 'project',
        what: 'a log applied to all read models in PostgreSQL, page by page; limit: the same pages parsed, and their lines COPYed as plain rows',
        unit: 'events/s',
        better: 'more',
        ours: { run: ours, value: 'eventsPerSecond' },
        limit: { run: 'floor', value: 'eventsPerSecond' },
        bars: [{ against: 'limit', times: 0.5 }],
      },
      {
        id: 'project-cpu',
        what: 'processor time of the projector for each event',
        unit: 'µs/event',
        better: 'less',
        ours: { run: ours, value: 'ownMicroseconds' },
        limit: { run: 'floor', value: 'ownMicroseconds' },
        bars: [],
      },
      {
        id: 'postgres-cpu',
        what: 'processor time of PostgreSQL for each event that is applied',
        unit: 'µs/event',
        better: 'less',
        ours: { run: ours, value: 'engineMicroseconds' },
        limit: { run: 'floor', value: 'engineMicroseconds' },
        bars: [],
      },
    ],
    runs: async () => {
      const events = streamedEvents(context.settings);
      const logFile = await context.logFile(events);
      const { server } = context.engines;
      const run = (who: ProjectTask['who']) => async () =>
        context.task('scaled/project', { logFile, events, who, server } satisfies ProjectTask);
      return [
        { name: ours, run: run('projector') },
        { name: 'floor', run: run('floor') },
      ];
    },
  };
}
