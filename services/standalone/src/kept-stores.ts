import { join } from 'node:path';
import { SqliteEventLog, type Clock, type EventLog } from '@ledger/event-log';
import { SqliteVault, type Vault } from '@ledger/vault';

/** The engines that keep what cannot be made again. */
export interface KeptStores {
  /** Opens the log for writing. */
  readonly log: (clock: Clock) => Promise<EventLog>;
  /** Opens the vault, of a demonstration under its published secret. */
  readonly vault: (secret?: Uint8Array) => Promise<Vault>;
}

/** The files in a ledger's folder. */
export function filesIn(folder: string): KeptStores {
  return {
    log: async (clock) => SqliteEventLog.open(join(folder, 'log.db'), clock),
    vault: async (secret) =>
      SqliteVault.open(join(folder, 'vault.db'), secret === undefined ? {} : { secret }),
  };
}
