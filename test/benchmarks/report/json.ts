import type { Result } from '../lines/result';
import type { Figure } from '../measuring/statistics';

/** What was measured on what, and when. */
export interface BenchRun {
  readonly machine: string;
  /** The London date. */
  readonly date: string;
  /** Events of the data set. */
  readonly events: number;
}

type Range = readonly [least: number, most: number];

/** One line as JSON: medians, and the least and the most of each beside them. */
export interface JsonLine extends BenchRun {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly ours: number;
  readonly limit?: number;
  readonly emmett?: number;
  readonly spread: { readonly ours: Range; readonly limit?: Range; readonly emmett?: Range };
  readonly rounds: number;
  readonly bars: readonly { readonly bar: string; readonly ratio?: number; readonly met: boolean }[];
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly othersCpuShare?: number;
  readonly disturbed: boolean;
}

const rangeOf = ({ least, most }: Figure): Range => [least, most];

export function jsonLine(result: Result, run: BenchRun): JsonLine {
  const { id, what, unit, better, ours, limit, emmett, verdicts } = result;
  const { wallSeconds, cpuSeconds, othersCpuShare, disturbed } = result;
  return {
    id,
    what,
    unit,
    better,
    ours: ours.median,
    ...(limit !== undefined && { limit: limit.median }),
    ...(emmett !== undefined && { emmett: emmett.median }),
    spread: {
      ours: rangeOf(ours),
      ...(limit !== undefined && { limit: rangeOf(limit) }),
      ...(emmett !== undefined && { emmett: rangeOf(emmett) }),
    },
    rounds: ours.rounds,
    bars: verdicts,
    wallSeconds,
    cpuSeconds,
    ...(othersCpuShare !== undefined && { othersCpuShare }),
    disturbed,
    ...run,
  };
}

/** Results as they were, from what `jsonLine` made of them: a report can be made later. */
export function resultOfJson(line: JsonLine): Result {
  const { id, what, unit, better, spread, rounds, bars, wallSeconds, cpuSeconds, othersCpuShare, disturbed } =
    line;
  const figure = (median: number, [least, most]: Range): Figure => ({ median, least, most, rounds });
  return {
    id,
    what,
    unit,
    better,
    ours: figure(line.ours, spread.ours),
    ...(line.limit !== undefined && { limit: figure(line.limit, spread.limit ?? [line.limit, line.limit]) }),
    ...(line.emmett !== undefined && {
      emmett: figure(line.emmett, spread.emmett ?? [line.emmett, line.emmett]),
    }),
    verdicts: bars,
    wallSeconds,
    cpuSeconds,
    ...(othersCpuShare !== undefined && { othersCpuShare }),
    disturbed,
  };
}
