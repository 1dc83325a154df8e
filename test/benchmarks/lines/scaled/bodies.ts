import { join } from 'node:path';
import type { Run, Sample } from '../../measuring/sample';
import type { LoadRegisterTask } from '../../tasks/load-register.process';
import type { NewFactsTask } from '../../tasks/new-facts.process';
import type { QueriesTask } from '../../tasks/queries.process';
import type { StartTask } from '../../tasks/start.process';
import type { BenchContext } from '../context';
import type { Line, Measurement } from '../line';

/*
 * Two ledgers that differ in the number of their bodies and in nothing else: with as many as there are, which stands in the
 * place of a limit, and with as many as a ledger of far more than councils might have.
 */

export const fewBodies = 400;
export const manyBodies = 10_000;

const inWords = (bodies: number): string => `${bodies.toLocaleString('en-GB')} bodies`;
/** The runs on each of the two. */
const [many, few] = [inWords(manyBodies), inWords(fewBodies)];

/** What something comes to with many bodies, beside what it comes to with few; it has no bar. */
function line(id: string, what: string, unit: string, value: string): Line {
  return {
    id: `bodies-${id}`,
    what: `${what}, with ${many}; limit: with ${few}`,
    unit,
    better: 'less',
    ours: { run: many, value },
    limit: { run: few, value },
    bars: [],
  };
}

const asked = [
  ['annual-totals', 'annual totals'],
  ['take-up', 'take-up by type, region, control'],
  ['savings', 'savings table'],
  ['distinct-persons', 'distinct councillors by party'],
  ['explain', 'first 50 lines with their events'],
  ['as-recorded-by', 'the slowest of the first four, at random positions'],
] as const;

const questionLines = asked.flatMap(([id, what]) => [
  line(`${id}-median`, `${what}, median`, 'ms', `${id} median`),
  line(id, `${what}, p99`, 'ms', `${id} p99`),
]);

function bothWith(run: (bodies: number) => Promise<Sample>): Run[] {
  return [
    { name: many, run: () => run(manyBodies) },
    { name: few, run: () => run(fewBodies) },
  ];
}

/** What the register costs, and what questions cost that are answered by it. Sizes come first: asking records events. */
export function bodiesMeasurements(context: BenchContext): Measurement[] {
  const { events, quick } = context.settings;
  const ofRecords = Math.min(events, quick ? 20_000 : 100_000);
  const ledger = async (bodies: number): Promise<string> => context.ledger(ofRecords, bodies);
  const onBoth = async (run: (folder: string) => Promise<Sample>): Promise<Run[]> => {
    const folders = new Map([
      [fewBodies, await ledger(fewBodies)],
      [manyBodies, await ledger(manyBodies)],
    ]);
    return bothWith(async (bodies) => run(folders.get(bodies) ?? ''));
  };
  return [
    {
      name: 'bodies-size',
      rounds: 1,
      lines: [
        line('log-size', 'the log on disk', 'MB', 'logMegabytes'),
        line('read-models-size', 'the read models on disk', 'MB', 'readModelsMegabytes'),
      ],
      runs: () => onBoth(async (folder) => context.task('disk', { folder })),
    },
    {
      name: 'bodies-start',
      rounds: quick ? 1 : 3,
      lines: [
        line('start', 'standalone process, from its start to ready', 's', 'seconds'),
        line('first-answer', 'its first answer, for which it reads the register', 'ms', 'firstAnswer'),
        line('memory', 'the most that it had resident by then', 'MB', 'megabytes'),
      ],
      runs: () =>
        onBoth(async (folder) => context.task('start', { folder, afterwards: 'ask' } satisfies StartTask)),
    },
    {
      name: 'bodies-questions',
      rounds: quick ? 1 : 3,
      lines: questionLines,
      runs: () =>
        onBoth(async (folder) =>
          context.task('queries', {
            folder,
            seed: context.nextSeed(),
            calls: quick ? 40 : 300,
            during: 'idle',
          } satisfies QueriesTask),
        ),
    },
    {
      name: 'bodies-new-fact',
      rounds: quick ? 1 : 3,
      lines: [
        line(
          'new-fact-median',
          'take-up, just after a fact about a council was recorded, median',
          'ms',
          'median',
        ),
        line('new-fact', 'the same, p99', 'ms', 'p99'),
      ],
      runs: () =>
        onBoth(async (folder) =>
          context.task('new-facts', {
            folder,
            seed: context.nextSeed(),
            calls: quick ? 40 : 200,
          } satisfies NewFactsTask),
        ),
    },
    {
      name: 'bodies-load',
      rounds: 1,
      lines: [
        {
          id: 'bodies-load',
          what: `tables of ${(manyBodies - fewBodies).toLocaleString('en-GB')} councils and their control by year loaded into a new ledger`,
          unit: 's',
          better: 'less',
          ours: { run: 'load', value: 'seconds' },
          bars: [],
        },
        {
          id: 'bodies-load-memory',
          what: 'the most that the server had resident meanwhile',
          unit: 'MB',
          better: 'less',
          ours: { run: 'load', value: 'megabytes' },
          bars: [],
        },
      ],
      runs: async () => {
        const input: LoadRegisterTask = {
          folder: join(context.scratch, 'register'),
          councils: manyBodies - fewBodies,
          seed: context.nextSeed(),
        };
        return [{ name: 'load', run: async () => context.task('load-register', input) }];
      },
    },
  ];
}
