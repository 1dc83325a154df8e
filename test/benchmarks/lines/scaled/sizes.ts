import type { BenchSettings } from '../context';

/** Events that are streamed from one engine to another in a round: as many as take some seconds, whatever the data set. */
export function streamedEvents({ events, quick }: Pick<BenchSettings, 'events' | 'quick'>): number {
  return Math.min(events, quick ? 20_000 : 200_000);
}
