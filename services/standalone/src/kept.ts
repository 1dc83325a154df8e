import type { AccountStore } from '@ledger/access';
import type { EventLog } from '@ledger/event-log';
import type { RetentionPeriods } from '@ledger/people';
import type { ClockAfterSeals, SealSettings } from '@ledger/notary';
import type { Vault } from '@ledger/vault';

/** What is kept of a ledger, opened: what cannot be made again. */
export interface Kept {
  readonly purpose: 'live' | 'demonstration';
  /** The id of the ledger. */
  readonly ledger: string;
  readonly log: EventLog;
  /** The clock of the log’s writer. */
  readonly clock: ClockAfterSeals;
  /** What its settings say about seals. */
  readonly seals: SealSettings;
  readonly vault: Vault;
  /** Undefined in a demonstration, whose visitors choose who they are. */
  readonly accounts: AccountStore | undefined;
  readonly retention: RetentionPeriods;
}
