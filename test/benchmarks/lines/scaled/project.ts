import type { ProjectTask } from '../../tasks/scaled/project.process';
import type { BenchContext } from '../context';
import type { Measurement } from '../line';
import { eventsPerSecond, perEvent, runsOf } from './beside-limit';
import { streamedEvents } from './sizes';

const runs = { ours: 'projector', limit: 'floor' } as const;

/** The projector beside a floor that reads the same pages, parses each event and copies its lines into a plain table. */
export function projectMeasurement(context: BenchContext): Measurement {
  return {
    name: 'project',
    rounds: context.settings.quick ? 1 : 3,
    lines: [
      eventsPerSecond(
        runs,
        {
          id: 'project',
          what: 'a log applied to all read models in PostgreSQL, page by page; limit: the same pages parsed, and their lines COPYed as plain rows',
        },
        0.5,
      ),
      perEvent(
        runs,
        { id: 'project-cpu', what: 'processor time of the projector for each event' },
        'µs',
        'ownMicroseconds',
      ),
      perEvent(
        runs,
        { id: 'postgres-cpu', what: 'processor time of PostgreSQL for each event that is applied' },
        'µs',
        'engineMicroseconds',
      ),
    ],
    runs: async () => {
      const events = streamedEvents(context.settings);
      const logFile = await context.logFile(events);
      const { server } = context.engines;
      return runsOf(
        runs,
        (who) => async () =>
          context.task('scaled/project', { logFile, events, who, server } satisfies ProjectTask),
      );
    },
  };
}
