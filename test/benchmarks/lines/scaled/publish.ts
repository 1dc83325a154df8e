import type { PublishTask } from '../../tasks/scaled/publish.process';
import type { BenchContext } from '../context';
import type { Measurement } from '../line';
import { streamedEvents } from './sizes';

/** The publisher beside a producer that is handed the same records, ready, in the same batches. */
export function publishMeasurement(context: BenchContext): Measurement {
  const ours = 'publisher';
  return {
    name: 'publish',
    rounds: context.settings.quick ? 1 : 3,
    lines: [
      {
        id: 'publish',
        what: 'a log published to a topic of six partitions; limit: a bare KafkaJS producer with the same batches',
        unit: 'events/s',
        better: 'more',
        ours: { run: ours, value: 'eventsPerSecond' },
        limit: { run: 'producer', value: 'eventsPerSecond' },
        bars: [{ against: 'limit', times: 0.6 }],
      },
      {
        id: 'publish-cpu',
        what: 'processor time of the publisher for each event',
        unit: 'µs/event',
        better: 'less',
        ours: { run: ours, value: 'ownMicroseconds' },
        limit: { run: 'producer', value: 'ownMicroseconds' },
        bars: [],
      },
      {
        id: 'broker-cpu',
        what: 'processor time of the broker for each event that is published',
        unit: 'µs/event',
        better: 'less',
        ours: { run: ours, value: 'engineMicroseconds' },
        limit: { run: 'producer', value: 'engineMicroseconds' },
        bars: [],
      },
      {
        id: 'topic-size',
        what: 'the topic on disk, one replica, not compressed',
        unit: 'bytes/event',
        better: 'less',
        ours: { run: ours, value: 'bytesPerEvent' },
        limit: { run: 'producer', value: 'bytesPerEvent' },
        bars: [],
      },
      {
        id: 'log-size',
        what: 'the log on disk, in SQLite',
        unit: 'bytes/event',
        better: 'less',
        ours: { run: ours, value: 'logBytesPerEvent' },
        bars: [],
      },
    ],
    runs: async () => {
      const events = streamedEvents(context.settings);
      const logFile = await context.logFile(events);
      const { broker } = context.engines;
      const run = (who: PublishTask['who']) => async () =>
        context.task('scaled/publish', { logFile, events, who, broker } satisfies PublishTask);
      return [
        { name: ours, run: run('publisher') },
        { name: 'producer', run: run('producer') },
      ];
    },
  };
}
