import { join } from 'node:path';
import { PostgresAccountStore, SqliteAccountStore, type AccountStore } from '@ledger/access';
import { ConfigurationError, readSettings, type Environment } from '@ledger/operations';
import { openVault, type Vault, type VaultAddress } from '@ledger/vault';

/** Where several services find the people and accounts of a ledger, which are then not in its folder. */
export interface Elsewhere {
  readonly vault: VaultAddress;
  /** The file of the vault's key; left out, in the ledger's folder. */
  readonly vaultKey: string | undefined;
  /** The address of a database; it holds a password. */
  readonly accounts: string;
}

/** A vault or accounts that belong to a ledger already. */
class StoresInUseError extends Error {
  readonly code = 'STORES_IN_USE';
  constructor(setting: 'LEDGER_VAULT' | 'LEDGER_ACCOUNTS') {
    super(
      `${setting} names a database that holds people of a ledger, or what is left of making one that failed. Name a new database.`,
    );
    this.name = 'StoresInUseError';
  }
}

/** @throws ConfigurationError where one of the two is set without the other */
export function readElsewhere(environment: Environment): Elsewhere | undefined {
  const settings = readSettings(environment, ['LEDGER_VAULT', 'LEDGER_VAULT_KEY', 'LEDGER_ACCOUNTS']);
  const { LEDGER_VAULT: vault, LEDGER_ACCOUNTS: accounts } = settings;
  if (vault === undefined && accounts === undefined) return undefined;
  if (vault === undefined || accounts === undefined)
    throw new ConfigurationError(
      'LEDGER_VAULT and LEDGER_ACCOUNTS are set together where services run alone, or not at all.',
    );
  return { vault, vaultKey: settings.LEDGER_VAULT_KEY, accounts };
}

/** The people and accounts of a ledger that is being made. */
export interface FirstStores {
  readonly vault: Vault;
  readonly accounts: AccountStore;
}

/** Opens them in the folder, or elsewhere. @throws StoresInUseError, PostgresError */
export async function openFirstStores(
  folder: string,
  elsewhere: Elsewhere | undefined,
): Promise<FirstStores> {
  const address = elsewhere?.vault ?? { engine: 'sqlite', file: join(folder, 'vault.db') };
  const keyFile = elsewhere?.vaultKey ?? join(folder, 'vault.key');
  const accounts =
    elsewhere === undefined
      ? SqliteAccountStore.open(join(folder, 'access.db'), Date.now)
      : await PostgresAccountStore.open(elsewhere.accounts);
  try {
    if ((await accounts.all()).length > 0) throw new StoresInUseError('LEDGER_ACCOUNTS');
    const vault = await openVault(address, { keyFile, secret: undefined });
    if ((await vault.people.all()).length === 0) return { vault, accounts };
    await vault.close();
    throw new StoresInUseError('LEDGER_VAULT');
  } catch (error) {
    await accounts.close();
    throw error;
  }
}
