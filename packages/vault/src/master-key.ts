import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** A key file that is not the one that the vault was sealed with. */
export class WrongVaultKeyError extends Error {
  readonly code = 'WRONG_VAULT_KEY';
  constructor(options?: ErrorOptions) {
    super(
      'The key file is not the one that this vault was sealed with. Every service of a ledger needs the same one: copy it from another, or restore it from a backup.',
      options,
    );
    this.name = 'WrongVaultKeyError';
  }
}

/**
 * The key that everything in a vault is sealed with, made where it is missing; in a file of its own, so that the vault
 * alone opens nothing.
 */
export function masterKey(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 32)
    throw new Error(
      `${file} is no key of a vault: it must hold 64 hexadecimal digits. Restore it from a backup.`,
    );
  return key;
}

/** A blob of a row. */
export function bytesOf(value: unknown): Uint8Array {
  if (!ArrayBuffer.isView(value)) throw new TypeError('A row of the vault holds no bytes');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
