import type { Metrics } from '@ledger/operations';
import type { Publisher } from './publisher';

/** Measures how far a publisher has come. */
export function measurePublisher(metrics: Metrics, publisher: Publisher): void {
  metrics.gauge('ledger_log_position', async () => Number((await publisher.standing()).head));
  metrics.gauge('ledger_published_position', async () => Number((await publisher.standing()).position));
}
