import type { Line } from '../line';
import type { Run } from '../../measuring/sample';

/** Who works in the rounds of a measurement: ours, and what does only what cannot be left out. */
export interface Runs {
  readonly ours: string;
  readonly limit: string;
}

type Said = Pick<Line, 'id' | 'what'>;

/**
 * How many events a second ours works through, beside its limit.
 * @param times the bar, where it has one: at least so many times the limit
 */
export function eventsPerSecond({ ours, limit }: Runs, said: Said, times?: number): Line {
  const value = 'eventsPerSecond';
  return {
    ...said,
    unit: 'events/s',
    better: 'more',
    ours: { run: ours, value },
    limit: { run: limit, value },
    bars: times === undefined ? [] : [{ against: 'limit', times }],
  };
}

/** What each event takes of something, ours and the limit; it has no bar. */
export function perEvent({ ours, limit }: Runs, said: Said, unit: 'µs' | 'bytes', value: string): Line {
  return {
    ...said,
    unit: `${unit}/event`,
    better: 'less',
    ours: { run: ours, value },
    limit: { run: limit, value },
    bars: [],
  };
}

/** A run of ours, and one of the limit. */
export function runsOf<Who extends string>(
  { ours, limit }: { readonly ours: Who; readonly limit: Who },
  run: (who: Who) => Run['run'],
): readonly Run[] {
  return [
    { name: ours, run: run(ours) },
    { name: limit, run: run(limit) },
  ];
}
