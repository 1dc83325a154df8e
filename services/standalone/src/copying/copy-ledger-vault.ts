import { dirname, join } from 'node:path';
import { findServer } from '@ledger/ledger-folder';
import { copyVault, readVaultAddress, type CopiedVault, type VaultAddress } from '@ledger/vault';
import { WrongLedgerError } from '../opening';

/**
 * An address as it is given: `sqlite:PATH`, the folder of a ledger or the file of its vault, or `postgresql://…`.
 * @param absolute makes a path of one that was given
 * @throws WrongLedgerError where it is neither
 */
export function parseVaultAddress(given: string, absolute: (path: string) => string): VaultAddress {
  const address = readVaultAddress(given);
  if (address === undefined)
    throw new WrongLedgerError(
      'Say where a vault is as sqlite:PATH, the folder of a ledger or the file of its vault, or as postgresql://USER:PASSWORD@HOST:PORT/DATABASE.',
    );
  if (address.engine === 'postgresql') return address;
  const path = absolute(address.file);
  return { engine: 'sqlite', file: path.endsWith('.db') ? path : join(path, 'vault.db') };
}

/** @throws WrongLedgerError where the server of a ledger's folder runs: what it records or erases would be missed */
async function mustBeIdle(address: VaultAddress): Promise<void> {
  if (address.engine !== 'sqlite') return;
  const folder = dirname(address.file);
  if ((await findServer(folder)) !== undefined)
    throw new WrongLedgerError(`The server of ${folder} is running; stop it before its vault is copied.`);
}

/**
 * Copies the vault of a ledger from one engine to another, or goes on with a copy that broke off.
 * @throws WrongLedgerError, and as `copyVault` does
 */
export async function copyLedgerVault(options: Parameters<typeof copyVault>[0]): Promise<CopiedVault> {
  await mustBeIdle(options.from);
  await mustBeIdle(options.to);
  return copyVault(options);
}
