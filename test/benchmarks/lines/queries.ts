import type { Run, Sample } from '../measuring/sample';
import type { QueriesTask } from '../tasks/queries.process';
import type { BenchContext } from './context';
import type { Line, Measurement } from './line';

/** A question of the table, with what it may take idle and during a rebuild, in milliseconds. */
interface Asked {
  readonly id: string;
  readonly what: string;
  readonly value: string;
  readonly idle: number;
  /** Undefined where the table asks only for the first. */
  readonly duringRebuild?: number;
}

const asked: readonly Asked[] = [
  {
    id: 'query-annual-totals',
    what: 'annual totals',
    value: 'annual-totals p99',
    idle: 5,
    duringRebuild: 10,
  },
  {
    id: 'query-take-up',
    what: 'take-up by type, region, control',
    value: 'take-up p99',
    idle: 5,
    duringRebuild: 10,
  },
  { id: 'query-savings', what: 'savings table', value: 'savings p99', idle: 5, duringRebuild: 10 },
  {
    id: 'query-distinct-persons',
    what: 'distinct councillors by party',
    value: 'distinct-persons p99',
    idle: 10,
    duringRebuild: 25,
  },
  {
    id: 'as-recorded-by',
    what: 'worst of the four, at random positions',
    value: 'as-recorded-by p99',
    idle: 25,
    duringRebuild: 50,
  },
  { id: 'explain', what: 'first 50 lines with their events', value: 'explain p99', idle: 10 },
];

function linesOf({ id, what, value, idle, duringRebuild }: Asked): Line[] {
  const common = { unit: 'ms', better: 'less' } as const;
  return [
    { ...common, id, what: `${what}, p99`, ours: { run: 'idle', value }, bars: [{ atMost: idle }] },
    ...(duringRebuild === undefined
      ? []
      : [
          {
            ...common,
            id: `${id}-during-rebuild`,
            what: `the same, while everything is rebuilt`,
            ours: { run: 'during a rebuild', value },
            bars: [{ atMost: duringRebuild }],
          },
        ]),
  ];
}

const atHead = ['annual-totals', 'take-up', 'savings', 'distinct-persons', 'explain'];

/** The events of the smaller ledger that growth starts from: a tenth, but no fewer than a data set has. */
function fewerEvents(events: number): number {
  return Math.max(20_000, Math.ceil(events / 10_000) * 1000);
}

/** How much longer the medians take on the larger ledger: the most that any question does. */
function growthOf(small: Sample, large: Sample): Record<string, number> {
  const growth = (name: string): number =>
    (large.values[`${name} median`] ?? 0) - (small.values[`${name} median`] ?? 0);
  return { head: Math.max(...atHead.map(growth)), 'as-recorded-by': growth('as-recorded-by') };
}

/** The questions, idle and during a rebuild; and on a smaller ledger, for how they grow. */
export function queriesMeasurement(context: BenchContext): Measurement {
  const { quick, events } = context.settings;
  const fewer = fewerEvents(events);
  const from = `from ${fewer.toLocaleString('en-GB')} to ${events.toLocaleString('en-GB')} events`;
  const growth = { unit: 'ms', better: 'less' } as const;
  return {
    name: 'queries',
    rounds: 3,
    lines: [
      ...asked.flatMap(linesOf),
      {
        ...growth,
        id: 'growth',
        what: `of the medians of the questions at the head, ${from}`,
        ours: { run: 'growth', value: 'head' },
        bars: [{ atMost: 1 }],
      },
      {
        ...growth,
        id: 'growth-as-recorded-by',
        what: `the same, as recorded by, ${from}`,
        ours: { run: 'growth', value: 'as-recorded-by' },
        bars: [{ atMost: 5 }],
      },
    ],
    runs: async (): Promise<Run[]> => {
      const [large, small] = [await context.ledger(), await context.ledger(fewer)];
      const ask = async (folder: string, during: QueriesTask['during']): Promise<Sample> =>
        context.task('queries', {
          folder,
          seed: context.nextSeed(),
          calls: quick ? 40 : 300,
          during,
        } satisfies QueriesTask);
      let lastIdle: Sample | undefined;
      return [
        { name: 'idle', run: async () => (lastIdle = await ask(large, 'idle')) },
        {
          name: 'growth',
          run: async () => {
            const [of, at] = [lastIdle ?? (await ask(large, 'idle')), await ask(small, 'idle')];
            return { ...at, values: growthOf(at, of) };
          },
        },
        { name: 'during a rebuild', run: () => ask(large, 'rebuild') },
      ];
    },
  };
}
