import type { AccountStore } from '@ledger/access';
import type { EventLog } from '@ledger/event-log';
import type { RetentionPeriods } from '@ledger/people';
import type { Vault } from '@ledger/vault';

/** What is kept of a ledger, opened: what cannot be made again. */
export interface Kept {
  readonly purpose: 'live' | 'demonstration';
  readonly log: EventLog;
  readonly vault: Vault;
  /** Undefined in a demonstration, whose visitors choose who they are. */
  readonly accounts: AccountStore | undefined;
  readonly retention: RetentionPeriods;
}
