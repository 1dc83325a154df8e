import { figureOf, median, type Figure } from '../measuring/statistics';
import type { Samples } from '../measuring/rounds';
import type { Bar, Line, ValueOf } from './line';

/** A share of the machine’s time above which others disturbed what was measured. */
const disturbing = 0.1;

/** Whether one bar was met. */
export interface Verdict {
  readonly bar: string;
  /** Of a bar against another: how many times as fast; of sizes, how many times as large. */
  readonly ratio?: number;
  readonly met: boolean;
}

/** What one line came to. */
export interface Result {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly better: Line['better'];
  readonly ours: Figure;
  readonly limit?: Figure;
  readonly emmett?: Figure;
  readonly verdicts: readonly Verdict[];
  /** Of ours, medians. */
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Of others, on average, as a share of one processor; undefined where nothing says. */
  readonly othersCpuShare?: number;
  /** Whether others used so much that the figures are not to be relied on. */
  readonly disturbed: boolean;
}

function valuesOf(samples: Samples, { run, value }: ValueOf): number[] {
  return (samples.get(run) ?? []).flatMap(({ values }) => values[value] ?? []);
}

/** How many times as fast ours is as another. */
function ratioOf(better: Line['better'], ours: number, other: number): number {
  return better === 'more' ? ours / other : other / ours;
}

function barInWords(bar: Bar, unit: string): string {
  if ('timesLimitAtMost' in bar) return `≤ ${bar.timesLimitAtMost} × limit`;
  if ('atMost' in bar) return `≤ ${bar.atMost} ${unit}`;
  return bar.against === 'limit' ? `≥ ${bar.times} of limit` : `≥ ${bar.times} × Emmett`;
}

function verdictOn(
  { better, unit }: Line,
  bar: Bar,
  figures: { readonly ours: Figure; readonly limit?: Figure; readonly emmett?: Figure },
): Verdict[] {
  const words = barInWords(bar, unit);
  const { ours } = figures;
  if ('atMost' in bar) return [{ bar: words, met: ours.median <= bar.atMost }];
  const other = figures['timesLimitAtMost' in bar ? 'limit' : bar.against];
  // Without the contender (Emmett was left out, say) nothing can be said.
  if (other === undefined) return [];
  if ('timesLimitAtMost' in bar) {
    const ratio = ours.median / other.median;
    return [{ bar: words, ratio, met: ratio <= bar.timesLimitAtMost }];
  }
  const ratio = ratioOf(better, ours.median, other.median);
  return [{ bar: words, ratio, met: ratio >= bar.times }];
}

/** The result of a line, or undefined where its own run gave no value. */
export function resultOf(line: Line, samples: Samples, cores: number): Result | undefined {
  const own = valuesOf(samples, line.ours);
  if (own.length === 0) return undefined;
  const figureOfRun = (of: ValueOf | undefined): Figure | undefined => {
    const values = of === undefined ? [] : valuesOf(samples, of);
    return values.length === 0 ? undefined : figureOf(values);
  };
  const [limit, emmett] = [figureOfRun(line.limit), figureOfRun(line.emmett)];
  const figures = {
    ours: figureOf(own),
    ...(limit !== undefined && { limit }),
    ...(emmett !== undefined && { emmett }),
  };
  const used = samples.get(line.ours.run) ?? [];
  const all = [line.ours, line.limit, line.emmett].flatMap((of) =>
    of === undefined ? [] : (samples.get(of.run) ?? []),
  );
  const shares = all.flatMap(({ othersCpuSeconds, wallSeconds }) =>
    othersCpuSeconds === undefined || wallSeconds === 0 ? [] : [othersCpuSeconds / wallSeconds],
  );
  const share = shares.length === 0 ? undefined : shares.reduce((sum, one) => sum + one, 0) / shares.length;
  return {
    id: line.id,
    what: line.what,
    unit: line.unit,
    better: line.better,
    ...figures,
    verdicts: line.bars.flatMap((bar) => verdictOn(line, bar, figures)),
    wallSeconds: median(used.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(used.map(({ cpuSeconds }) => cpuSeconds)),
    ...(share !== undefined && { othersCpuShare: share }),
    disturbed: share !== undefined && share > disturbing * cores,
  };
}
