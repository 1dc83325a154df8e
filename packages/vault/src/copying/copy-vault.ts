import { existsSync } from 'node:fs';
import { bytesOf, masterKey, WrongVaultKeyError } from '../master-key';
import { PostgresVaultRows } from '../postgres/postgres-vault-rows';
import { unseal } from '../sealing';
import { SqliteVaultRows } from '../sqlite/sqlite-vault-rows';
import type { VaultAddress } from '../vault-address';
import { copyRows, type CopiedVault, type VaultCopyStep } from './copy-rows';
import { copyKey, NoVaultKeyError } from './key-files';
import type { VaultRows } from './vault-rows';
import { tablesOfVault } from './vault-table';

export interface VaultCopy {
  readonly from: VaultAddress;
  readonly to: VaultAddress;
  /** The file of the key of a vault in PostgreSQL; that of a file lies beside it. */
  readonly keyFile?: string | undefined;
  readonly onStep?: ((step: VaultCopyStep) => void) | undefined;
}

/** There is no vault to copy. */
export class NoVaultError extends Error {
  readonly code = 'NO_VAULT';
  constructor(file: string) {
    super(`There is no vault at ${file}; nothing was copied. Name the folder of a ledger, or its vault.db.`);
    this.name = 'NoVaultError';
  }
}

function keyOf(address: VaultAddress, keyFile: string | undefined): string {
  if (address.engine === 'sqlite') return `${address.file}.key`;
  if (keyFile === undefined) throw new NoVaultKeyError(undefined);
  return keyFile;
}

async function open(address: VaultAddress): Promise<VaultRows> {
  return address.engine === 'sqlite'
    ? SqliteVaultRows.open(address.file)
    : PostgresVaultRows.open(address.address);
}

/** Opens one thing that is sealed under the master key itself. @throws WrongVaultKeyError */
async function mustOpen(rows: VaultRows, keyFile: string): Promise<void> {
  const key = masterKey(keyFile);
  for (const table of tablesOfVault.filter(({ name }) => name === 'secret' || name === 'subject_key')) {
    const [first] = await rows.keys(table);
    if (first === undefined) continue;
    for (const row of await rows.rows(table, [first]))
      try {
        unseal(key, bytesOf(row[1]));
      } catch (error) {
        throw new WrongVaultKeyError({ cause: error });
      }
  }
}

/**
 * Copies a vault from one engine to another, or goes on with a copy that broke off. What is sealed stays as it is, so the key
 * goes along: it is put where the copy looks for it. Nothing may be recorded or erased meanwhile.
 * @throws NoVaultError, NoVaultKeyError, WrongVaultKeyError, VaultDiffersError, PostgresError, SqliteError
 */
export async function copyVault({ from, to, keyFile, onStep }: VaultCopy): Promise<CopiedVault> {
  if (from.engine === 'sqlite' && !existsSync(from.file)) throw new NoVaultError(from.file);
  const keys = { from: keyOf(from, keyFile), to: keyOf(to, keyFile) };
  if (!existsSync(keys.from)) throw new NoVaultKeyError(keys.from);
  const source = await open(from);
  try {
    await mustOpen(source, keys.from);
    copyKey(keys.from, keys.to);
    const target = await open(to);
    try {
      const copied = await copyRows(source, target, onStep);
      await mustOpen(target, keys.to);
      return copied;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
