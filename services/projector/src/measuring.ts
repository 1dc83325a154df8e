import type { Metrics } from '@ledger/operations';
import type { Keeping } from './standing';

/** Measures how far a projector has come. */
export function measureProjector(metrics: Metrics, projector: Pick<Keeping, 'standing' | 'parked'>): void {
  const followed = async (of: 'position' | 'head'): Promise<number> => {
    const standing = await projector.standing();
    return standing.state === 'following' ? Number(standing[of]) : 0;
  };
  metrics.gauge('ledger_log_position', async () => followed('head'));
  metrics.gauge(
    'ledger_projection_lag_events',
    async () => (await followed('head')) - (await followed('position')),
  );
  metrics.gauge('ledger_parked_events', async () => projector.parked());
}
