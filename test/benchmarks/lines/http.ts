import type { Run } from '../measuring/sample';
import type { HttpTask } from '../tasks/http-record.process';
import type { BenchContext } from './context';
import type { Measurement } from './line';

export function httpMeasurement(context: BenchContext): Measurement {
  const value = 'requestsPerSecond';
  const { quick, events } = context.settings;
  const seconds = quick ? 1.5 : 6;
  return {
    name: 'http',
    rounds: 3,
    lines: [
      {
        id: 'http-record',
        what: 'recording over HTTP, 100 clients; limit: a bare Express and zod route that appends nothing',
        unit: 'requests/s',
        better: 'more',
        ours: { run: 'ledger', value },
        limit: { run: 'bare', value },
        bars: [{ against: 'limit', times: 0.6 }],
      },
    ],
    runs: async (): Promise<Run[]> => {
      const folder = await context.ledger();
      const input = (): HttpTask => ({ events, seed: context.nextSeed(), clients: 100, seconds });
      return [
        { name: 'ledger', run: () => context.task('http-record', { ...input(), folder }) },
        { name: 'bare', run: () => context.task('http-record', input()) },
      ];
    },
  };
}
