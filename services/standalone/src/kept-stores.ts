import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteAccountStore, type AccountStore } from '@ledger/access';
import { SqliteEventLog, type Clock, type EventLog } from '@ledger/event-log';
import { SqliteVault, type Vault } from '@ledger/vault';
import { WrongLedgerError } from './opening';

/** The engines that keep what cannot be made again. */
export interface KeptStores {
  /** Opens the log for writing. */
  readonly log: (clock: Clock) => Promise<EventLog>;
  /** Opens the vault, of a demonstration under its published secret. */
  readonly vault: (secret?: Uint8Array) => Promise<Vault>;
  /** Opens the accounts of a live ledger. */
  readonly accounts: () => Promise<AccountStore>;
}

/** The files in a ledger's folder. */
export function filesIn(folder: string): KeptStores {
  return {
    log: async (clock) => SqliteEventLog.open(join(folder, 'log.db'), clock),
    vault: async (secret) =>
      SqliteVault.open(join(folder, 'vault.db'), secret === undefined ? {} : { secret }),
    accounts: async () => accountsIn(folder),
  };
}

/**
 * The accounts in a ledger's folder. Never made here: a new file would let nobody in.
 * @throws WrongLedgerError where there are none
 */
export function accountsIn(folder: string): AccountStore {
  const file = join(folder, 'access.db');
  if (!existsSync(file))
    throw new WrongLedgerError(
      `There is no ${file}. Where the accounts of this ledger are in a database, run its services alone with LEDGER_ACCOUNTS; where the file was lost, restore the folder from a backup.`,
    );
  return SqliteAccountStore.open(file, Date.now);
}
