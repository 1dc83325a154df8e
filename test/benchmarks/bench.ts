import { cpus } from 'node:os';
import { measurementsOf } from './lines/choosing';
import { BenchContext, type BenchSettings } from './lines/context';
import type { Measurement } from './lines/line';
import { resultOf, type Result } from './lines/result';
import { inRounds } from './measuring/rounds';
import type { Run } from './measuring/sample';

/** A measurement that broke, and why. */
export interface Broken {
  readonly name: string;
  readonly why: string;
}

export interface BenchOutcome {
  readonly results: readonly Result[];
  readonly broken: readonly Broken[];
  /** Lines of measurements that broke. */
  readonly failedLines: number;
}

/** The runs that the lines of a measurement are made of. */
function neededRuns({ lines }: Measurement, runs: readonly Run[]): Run[] {
  const needed = new Set(lines.flatMap(({ ours, limit, emmett }) => [ours.run, limit?.run, emmett?.run]));
  return runs.filter(({ name }) => needed.has(name));
}

/** Two rounds are enough to see that nothing is broken, and how far two runs of the same differ. */
const quickRounds = 2;

/** Measures the lines asked for. What breaks is said and the others go on. @throws UnknownLineError */
export async function bench(
  settings: BenchSettings,
  only: readonly string[],
  everything: (context: BenchContext) => readonly Measurement[],
): Promise<BenchOutcome> {
  const context = new BenchContext(settings);
  const results: Result[] = [];
  const broken: Broken[] = [];
  let failedLines = 0;
  const measurements = measurementsOf(everything(context), only);
  try {
    for (const measurement of measurements) {
      const { name, lines } = measurement;
      const rounds = settings.quick ? Math.min(quickRounds, measurement.rounds) : measurement.rounds;
      try {
        const runs = neededRuns(measurement, await measurement.runs());
        const samples = await inRounds(runs, rounds, ({ round, name: run, done, of }) =>
          settings.say(`${name}, round ${round + 1} of ${rounds}: ${run}`, { done, of }),
        );
        for (const line of lines) {
          const result = resultOf(line, samples, cpus().length);
          if (result === undefined) failedLines += 1;
          else results.push(result);
        }
      } catch (error) {
        failedLines += lines.length;
        broken.push({ name, why: error instanceof Error ? error.message : String(error) });
      }
    }
  } finally {
    context.clean();
  }
  return { results, broken, failedLines };
}
