import type { PublishTask } from '../../tasks/scaled/publish.process';
import type { BenchContext } from '../context';
import type { Measurement } from '../line';
import { eventsPerSecond, perEvent, runsOf } from './beside-limit';
import { streamedEvents } from './sizes';

const runs = { ours: 'publisher', limit: 'producer' } as const;

/** The publisher beside a producer that is handed the same records, ready, in the same batches. */
export function publishMeasurement(context: BenchContext): Measurement {
  return {
    name: 'publish',
    rounds: context.settings.quick ? 1 : 3,
    lines: [
      eventsPerSecond(
        runs,
        {
          id: 'publish',
          what: 'a log published to a topic of six partitions; limit: a bare KafkaJS producer with the same batches',
        },
        0.6,
      ),
      perEvent(
        runs,
        { id: 'publish-cpu', what: 'processor time of the publisher for each event' },
        'µs',
        'ownMicroseconds',
      ),
      perEvent(
        runs,
        { id: 'broker-cpu', what: 'processor time of the broker for each event that is published' },
        'µs',
        'engineMicroseconds',
      ),
      perEvent(
        runs,
        { id: 'topic-size', what: 'the topic on disk, one replica, not compressed' },
        'bytes',
        'bytesPerEvent',
      ),
      {
        id: 'log-size',
        what: 'the log on disk, in SQLite',
        unit: 'bytes/event',
        better: 'less',
        ours: { run: runs.ours, value: 'logBytesPerEvent' },
        bars: [],
      },
    ],
    runs: async () => {
      const events = streamedEvents(context.settings);
      const logFile = await context.logFile(events);
      const { broker } = context.engines;
      return runsOf(
        runs,
        (who) => async () =>
          context.task('scaled/publish', { logFile, events, who, broker } satisfies PublishTask),
      );
    },
  };
}
