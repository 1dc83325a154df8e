import { runTask } from '../measuring/task-process';
import type { Run } from '../measuring/sample';
import type { AppendTask } from '../tasks/append-input';
import type { AppendWhileSealingTask } from '../tasks/append-while-sealing.process';
import type { BenchContext } from './context';
import type { Bar, Measurement } from './line';

/** One way of appending. */
interface Way {
  readonly id: string;
  readonly what: string;
  readonly batch: number;
  readonly callers: number;
  /** Events of a round, and of a quick one. */
  readonly events: number;
  readonly quickly: number;
  readonly bars: readonly Bar[];
}

const ways: readonly Way[] = [
  {
    id: 'append-one',
    what: 'durable, one event after another',
    batch: 1,
    callers: 1,
    events: 5000,
    quickly: 1500,
    bars: [
      { against: 'limit', times: 0.6 },
      { against: 'emmett', times: 5 },
    ],
  },
  {
    id: 'append-concurrent-1000',
    what: '1,000 callers, one event each time, durable, grouped',
    batch: 1,
    callers: 1000,
    events: 40_000,
    quickly: 20_000,
    bars: [{ against: 'emmett', times: 10 }],
  },
  {
    id: 'append-batch-100',
    what: 'durable, 100 events an append',
    batch: 100,
    callers: 1,
    events: 40_000,
    quickly: 20_000,
    bars: [
      { against: 'limit', times: 0.45 },
      { against: 'emmett', times: 2.5 },
    ],
  },
  {
    id: 'append-batch-5000',
    what: 'durable, 5,000 events an append',
    batch: 5000,
    callers: 1,
    events: 100_000,
    quickly: 40_000,
    bars: [
      { against: 'limit', times: 0.5 },
      { against: 'emmett', times: 2.5 },
    ],
  },
];

function measurementOf(context: BenchContext, way: Way): Measurement {
  const { id, what, batch, callers, bars } = way;
  const { quick, emmett } = context.settings;
  const events = quick ? way.quickly : way.events;
  const input: AppendTask = { folder: context.scratch, events, batch, callers };
  const value = 'eventsPerSecond';
  return {
    name: id,
    rounds: 5,
    lines: [
      {
        id,
        what,
        unit: 'events/s',
        better: 'more',
        ours: { run: 'ledger', value },
        limit: { run: 'raw', value },
        emmett: { run: 'emmett', value },
        bars,
      },
    ],
    runs: async (): Promise<Run[]> => [
      { name: 'ledger', run: () => context.task('append-ledger', input) },
      { name: 'raw', run: () => context.task('append-raw', input) },
      ...(emmett === undefined
        ? []
        : [{ name: 'emmett', run: () => runTask(emmett, { do: 'append', ...input }) }]),
    ],
  };
}

/** What sealing takes from appending: stretches of the same log with a notary that follows and seals, and without, in turn. */
function whileSealing(context: BenchContext): Measurement {
  const { quick } = context.settings;
  const input: AppendWhileSealingTask = {
    folder: context.scratch,
    // Some seconds each, so that a notary that looks every second is seen at work.
    events: quick ? 4000 : 12_000,
    pairs: quick ? 2 : 4,
  };
  const run = 'append while sealing';
  return {
    name: 'append-one-while-sealing',
    rounds: 7,
    lines: [
      {
        id: 'append-one-while-sealing',
        what: 'the same, while the notary follows the log and seals; limit: without it',
        unit: 'events/s',
        better: 'more',
        ours: { run, value: 'sealing' },
        limit: { run, value: 'notSealing' },
        bars: [{ against: 'limit', times: 0.98 }],
      },
    ],
    runs: async (): Promise<Run[]> => [{ name: run, run: () => context.task('append-while-sealing', input) }],
  };
}

export function appendMeasurements(context: BenchContext): Measurement[] {
  const [first, ...others] = ways.map((way) => measurementOf(context, way));
  return [...(first === undefined ? [] : [first]), whileSealing(context), ...others];
}
