import { existsSync, readFileSync } from 'node:fs';
import { writeKey, WrongVaultKeyError } from '../master-key';

/** There is no key to open what is copied with. */
export class NoVaultKeyError extends Error {
  readonly code = 'NO_VAULT_KEY';
  /** @param file where it was looked for; undefined where no file was named */
  constructor(file: string | undefined) {
    super(
      file === undefined
        ? 'Name the file of the key of the vault in PostgreSQL with --key; it is made there from the key of a vault that is copied to it.'
        : `There is no key of the vault at ${file}; nothing was copied. Restore the file that the vault was sealed with, or name where it is.`,
    );
    this.name = 'NoVaultKeyError';
  }
}

/**
 * Puts the key of a vault where its copy looks for it, for its owner alone. What is copied stays sealed under it, so one that
 * lies there already must be the same.
 * @throws NoVaultKeyError, WrongVaultKeyError
 */
export function copyKey(from: string, to: string): void {
  if (!existsSync(from)) throw new NoVaultKeyError(from);
  const key = readFileSync(from, 'utf8').trim();
  if (!existsSync(to)) writeKey(to, key);
  else if (readFileSync(to, 'utf8').trim() !== key) throw new WrongVaultKeyError();
}
