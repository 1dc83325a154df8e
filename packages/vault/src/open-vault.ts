import { PostgresVault } from './postgres/postgres-vault';
import { SqliteVault } from './sqlite/sqlite-vault';
import type { Vault } from './port';
import type { VaultAddress } from './vault-address';

/**
 * Opens a vault, making it where it is missing. The file of SQLite is one process’s alone; a database has any number.
 * @param options.keyFile the key of a vault in PostgreSQL; that of a file lies beside it
 * @param options.secret the published secret of a demonstration ledger
 * @throws WrongVaultKeyError, PostgresError, SqliteError
 */
export async function openVault(
  address: VaultAddress,
  { keyFile, secret }: { readonly keyFile: string; readonly secret: Uint8Array | undefined },
): Promise<Vault> {
  const own = secret === undefined ? {} : { secret };
  return address.engine === 'sqlite'
    ? SqliteVault.open(address.file, own)
    : PostgresVault.open(address.address, { keyFile, ...own });
}
