import { join } from 'node:path';
import { checkPassword, hashPassword, SqliteAccountStore } from '@ledger/access';
import { newId } from '@ledger/events';
import { SqliteEventLog } from '@ledger/event-log';
import { makeSigner, originOf, type SealSettings } from '@ledger/notary';
import { usualRetention } from '@ledger/people';
import { formatKey } from '@ledger/seal';
import { SqliteVault } from '@ledger/vault';
import { checkCopyPlace } from '../configuration';
import { makeWhole, mustBeEmpty } from '../whole-folder';
import { recordFirstEvents } from './first-events';
import { writeLedgerFile } from './ledger-file';

/** The first user of a ledger: its administrator, and the editor of all programmes until others are added. */
export interface FirstUser {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Makes a live ledger: keys of the vault and of the seals, the first user, and a log that holds the register, the catalogue and nothing else. It
 * appears whole or not at all.
 * @throws FolderNotEmptyError, WeakPasswordError, InvalidPersonError, ConfigurationError
 */
export async function initLedger(
  folder: string,
  user: FirstUser,
  seals: SealSettings = {},
): Promise<{ readonly ledger: string; readonly key: string }> {
  mustBeEmpty(folder);
  checkPassword(user.password);
  checkCopyPlace(folder, seals.copyTo);
  return makeWhole(folder, async (making) => {
    const ledger = newId();
    const vault = SqliteVault.open(join(making, 'vault.db'));
    const accounts = SqliteAccountStore.open(join(making, 'access.db'), Date.now);
    const log = SqliteEventLog.open(join(making, 'log.db'), Date.now);
    try {
      const { name, email } = user;
      const person = await vault.people.add({ commandKey: 'init', name, email });
      await accounts.put({
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
      await accounts.close();
    }
    const { key } = makeSigner(making, originOf(ledger));
    writeLedgerFile(making, { ledger, purpose: 'live', retention: usualRetention, seals });
    return { ledger, key: formatKey(key) };
  });
}
