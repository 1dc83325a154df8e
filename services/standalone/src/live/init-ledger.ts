import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AccountStore, checkPassword, hashPassword } from '@ledger/access';
import { newId } from '@ledger/events';
import { SqliteEventLog } from '@ledger/event-log';
import { usualRetention } from '@ledger/people';
import { SqliteVault } from '@ledger/vault';
import { recordFirstEvents } from './first-events';
import { writeLedgerFile } from './ledger-file';

/** A folder in which no ledger can be made. */
export class FolderNotEmptyError extends Error {
  readonly code = 'FOLDER_NOT_EMPTY';
  constructor(folder: string) {
    super(
      `${folder} is not empty. A live ledger is made in a new or empty folder; a demonstration ledger never becomes one.`,
    );
    this.name = 'FolderNotEmptyError';
  }
}

/** The first user of a ledger: its administrator, and the editor of all programmes until others are added. */
export interface FirstUser {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export function mustBeEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new FolderNotEmptyError(folder);
}

/**
 * Makes a live ledger: keys, the first user, and a log that holds the register, the catalogue and nothing else. It
 * appears whole or not at all.
 * @throws FolderNotEmptyError, WeakPasswordError, InvalidPersonError
 */
export async function initLedger(folder: string, user: FirstUser): Promise<{ readonly ledger: string }> {
  mustBeEmpty(folder);
  checkPassword(user.password);
  mkdirSync(dirname(folder), { recursive: true });
  const making = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const ledger = newId();
    const vault = SqliteVault.open(join(making, 'vault.db'));
    const accounts = AccountStore.open(join(making, 'access.db'), Date.now);
    const log = SqliteEventLog.open(join(making, 'log.db'), Date.now);
    try {
      const { name, email } = user;
      const person = await vault.people.add({ commandKey: 'init', name, email });
      accounts.put({
        person,
        password: await hashPassword(user.password),
        oidcSubject: null,
        grants: [
          { role: 'administrator', programmes: 'all' },
          { role: 'programme-editor', programmes: 'all' },
        ],
        active: true,
        mustChange: false,
      });
      await recordFirstEvents({ log, vault, actor: person, ledger });
    } finally {
      await log.close();
      await vault.close();
      accounts.close();
    }
    writeLedgerFile(making, { ledger, purpose: 'live', retention: usualRetention });
    if (existsSync(folder)) rmSync(folder, { recursive: true });
    renameSync(making, folder);
    return { ledger };
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    throw error;
  }
}
