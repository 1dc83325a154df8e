import type { Metrics } from '@ledger/operations';
import type { Keeping } from './standing';

/** Measures how far a projector has come. */
export function measureProjector(metrics: Metrics, projector: Pick<Keeping, 'standing' | 'parked'>): void {
  const followed = async (): Promise<{ readonly position: number; readonly head: number }> => {
    const standing = await projector.standing();
    if (standing.state !== 'following') return { position: 0, head: 0 };
    return { position: Number(standing.position), head: Number(standing.head) };
  };
  metrics.gauge('ledger_log_position', async () => (await followed()).head);
  // Both of one look: a head asked for before a position may be the smaller of the two.
  metrics.gauge('ledger_projection_lag_events', async () => {
    const { position, head } = await followed();
    return head - position;
  });
  metrics.gauge('ledger_parked_events', async () => projector.parked());
}
