import { join } from 'node:path';
import { checkPassword, hashPassword } from '@ledger/access';
import { newId } from '@ledger/events';
import { SqliteEventLog } from '@ledger/event-log';
import { makeSigner, originOf, type SealSettings } from '@ledger/notary';
import { usualRetention } from '@ledger/people';
import { formatKey } from '@ledger/seal';
import { checkCopyPlace } from '../configuration';
import { makeWhole, mustBeEmpty } from '../whole-folder';
import { recordFirstEvents } from './first-events';
import { openFirstStores, type Elsewhere } from './first-stores';
import { writeLedgerFile } from './ledger-file';

/** The first user of a ledger: its administrator, and the editor of all programmes until others are added. */
export interface FirstUser {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Makes a live ledger: keys of the vault and of the seals, the first user, and a log that holds the register, the catalogue and nothing else. It
 * appears whole or not at all. People and accounts that are kept elsewhere are there before the folder is; without it
 * nothing uses them, and making the ledger again asks for new databases.
 * @throws FolderNotEmptyError, WeakPasswordError, InvalidPersonError, ConfigurationError, StoresInUseError, PostgresError
 */
export async function initLedger(
  folder: string,
  user: FirstUser,
  seals: SealSettings = {},
  elsewhere?: Elsewhere,
): Promise<{ readonly ledger: string; readonly key: string }> {
  mustBeEmpty(folder);
  checkPassword(user.password);
  checkCopyPlace(folder, seals.copyTo);
  return makeWhole(folder, async (making) => {
    const ledger = newId();
    const { vault, accounts } = await openFirstStores(making, elsewhere);
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
