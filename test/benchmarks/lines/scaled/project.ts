import { randomUUID } from 'node:crypto';
import type { FillTopicTask } from '../../tasks/scaled/fill-topic.process';
import type { ProjectTask } from '../../tasks/scaled/project.process';
import type { ProjectLogTask } from '../../tasks/scaled/project-log.process';
import type { BenchContext } from '../context';
import type { Measurement } from '../line';
import { eventsPerSecond, perEvent, runsOf } from './beside-limit';
import { streamedEvents } from './sizes';

const runs = { ours: 'projector', limit: 'floor' } as const;
const shared = { ours: 'two projectors', limit: 'floor' } as const;
const ofLog = { ours: 'follower', limit: 'floor' } as const;
/** As a topic is made with unless it is said otherwise. */
const partitions = 6;

/** The projector of a topic beside a floor that takes the same records, parses each event and copies its lines into a plain table. */
export function projectMeasurement(context: BenchContext): Measurement {
  return {
    name: 'project',
    rounds: context.settings.quick ? 1 : 3,
    lines: [
      eventsPerSecond(
        runs,
        {
          id: 'project',
          what: 'a topic applied to all read models in PostgreSQL, from the start of the projector; limit: the same records parsed, and their lines COPYed as plain rows',
        },
        0.5,
      ),
      eventsPerSecond(shared, {
        id: 'project-shared',
        what: 'the same by two projectors, who share the partitions',
      }),
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
      const { engines } = context;
      const topic = `bench-${randomUUID()}`;
      const fill: FillTopicTask = { logFile, topic, partitions, broker: engines.broker };
      await context.task('scaled/fill-topic', fill);
      const run = (who: ProjectTask['who']) => async () =>
        context.task('scaled/project', { logFile, topic, events, who, engines } satisfies ProjectTask);
      return [...runsOf(runs, run), { name: shared.ours, run: run(shared.ours) }];
    },
  };
}

/** The same without a topic: the projector that follows the log itself. */
export function projectLogMeasurement(context: BenchContext): Measurement {
  return {
    name: 'project-log',
    rounds: context.settings.quick ? 1 : 3,
    lines: [
      eventsPerSecond(
        ofLog,
        {
          id: 'project-log',
          what: 'a log applied in the same way, page by page; limit: the same pages parsed, and their lines COPYed as plain rows',
        },
        0.5,
      ),
    ],
    runs: async () => {
      const events = streamedEvents(context.settings);
      const logFile = await context.logFile(events);
      const { server } = context.engines;
      return runsOf(
        ofLog,
        (who) => async () =>
          context.task('scaled/project-log', { logFile, events, who, server } satisfies ProjectLogTask),
      );
    },
  };
}
