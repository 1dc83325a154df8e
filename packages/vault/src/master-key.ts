import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

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
  if (!existsSync(file)) writeKey(file, randomBytes(32).toString('hex'));
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 32)
    throw new Error(
      `${file} is no key of a vault: it must hold 64 hexadecimal digits. Restore it from a backup.`,
    );
  return key;
}

/**
 * Writes a key to a file that is not there yet, for its owner alone. It is on the disk when this returns: what is sealed
 * under it is synchronised at once, and would be lost with a key that is not.
 */
export function writeKey(file: string, key: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(handle, key);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  synchroniseNames(folder);
}

/** Windows synchronises no folders. */
function synchroniseNames(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A blob of a row. */
export function bytesOf(value: unknown): Uint8Array {
  if (!ArrayBuffer.isView(value)) throw new TypeError('A row of the vault holds no bytes');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
