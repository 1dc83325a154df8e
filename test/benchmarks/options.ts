import { parseArgs } from 'node:util';
import { proportionsOf } from './data/proportions';

/** What a command that measures is asked to do. */
export interface BenchOptions {
  readonly quick: boolean;
  readonly events: number;
  /** Ids of lines; none means all. */
  readonly only: readonly string[];
  readonly json: string | undefined;
  readonly report: string | undefined;
  /** Results of an earlier run to report on, instead of measuring. */
  readonly from: string | undefined;
  /** Where logs are kept for the next time; undefined: in a temporary folder, which is removed. */
  readonly folder: string | undefined;
  readonly emmett: boolean;
  /** Only say which options there are. */
  readonly help: boolean;
}

/** Thrown for arguments that cannot be used; says which there are. */
export class BenchOptionsError extends Error {
  readonly code = 'BENCH_OPTIONS';
}

/** Which options a command has. */
export const usageOf = (called: string): string => `${called} -- [options]
  --quick          50,000 events, two short rounds, without Emmett: about two minutes
  --events N       events of the data set: whole thousands, at least 20000 (default 1000000)
  --only ID,ID     these lines only
  --no-emmett      leave Emmett out
  --folder DIR     keep the logs there for the next time
  --json FILE      write the results as JSON
  --report FILE    put them into a page of the documents, with a chart beside it
  --from FILE      report on the results of an earlier run instead of measuring`;

/** @throws BenchOptionsError, DataSetSizeError */
export function readOptions(argv: readonly string[], called = 'npm run bench'): BenchOptions {
  const values = parsed(argv, called);
  const quick = values.quick === true;
  const events = Number(values.events ?? (quick ? 50_000 : 1_000_000));
  proportionsOf(events);
  const only = (values.only ?? '').split(',').filter((id) => id !== '');
  return {
    quick,
    events,
    only,
    json: values.json,
    report: values.report,
    from: values.from,
    folder: values.folder,
    emmett: !quick && values['no-emmett'] !== true,
    help: values.help === true,
  };
}

function parsed(
  argv: readonly string[],
  called: string,
): ReturnType<typeof parseArgs<{ options: typeof known }>>['values'] {
  try {
    return parseArgs({ args: [...argv], options: known }).values;
  } catch (error) {
    throw new BenchOptionsError(
      `${error instanceof Error ? error.message : String(error)}\n${usageOf(called)}`,
    );
  }
}

const known = {
  quick: { type: 'boolean' },
  events: { type: 'string' },
  only: { type: 'string' },
  'no-emmett': { type: 'boolean' },
  folder: { type: 'string' },
  json: { type: 'string' },
  report: { type: 'string' },
  from: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
