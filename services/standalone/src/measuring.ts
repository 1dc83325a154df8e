import type { EventLog } from '@ledger/event-log';
import type { Notary } from '@ledger/notary';
import type { Metrics } from '@ledger/operations';
import type { ReadModels } from '@ledger/projections';

/** What is measured of a ledger that is open. */
export interface MeasuredLedger {
  readonly log: Pick<EventLog, 'head'>;
  readonly models: Pick<ReadModels, 'applied' | 'parked'>;
  /** Of the service that seals. */
  readonly notary?: Pick<Notary, 'ageSeconds'>;
}

/** Measures how far a ledger has come; nothing is said while it is not open. */
export function measureLedger(metrics: Metrics, ledger: () => MeasuredLedger | undefined): void {
  const head = async ({ log }: MeasuredLedger): Promise<number> => Number((await log.head()).position);
  const whenOpen =
    (read: (open: MeasuredLedger) => Promise<number | undefined>) =>
    async (): Promise<number | undefined> => {
      const open = ledger();
      return open && read(open);
    };
  metrics.gauge('ledger_log_position', whenOpen(head));
  metrics.gauge(
    'ledger_projection_lag_events',
    whenOpen(async (open) => (await head(open)) - Number(open.models.applied)),
  );
  metrics.gauge(
    'ledger_parked_events',
    whenOpen(async ({ models }) => {
      const { figures, documents } = await models.parked();
      return figures + documents;
    }),
  );
  // Before the first seal there is no age to speak of.
  metrics.gauge(
    'ledger_seal_age_seconds',
    whenOpen(async ({ notary }) => notary && (notary.ageSeconds ?? 0)),
  );
}
