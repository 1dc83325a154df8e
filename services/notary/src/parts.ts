import type { EventLog } from '@ledger/event-log';
import type { LedgerQueries } from '@ledger/projections';
import type { Notary } from './notary';

/** What routes and pages of seals need around them. */
export interface SealParts {
  readonly notary: Notary;
  readonly log: EventLog;
  readonly queries: LedgerQueries;
  readonly models: { whenApplied(position: bigint): Promise<void> };
  /** Notes in the audit file what was handed out to whom. */
  readonly audited: (actor: string, about: readonly string[]) => void;
}
