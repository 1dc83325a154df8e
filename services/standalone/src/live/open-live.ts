import { ClockAfterSeals } from '@ledger/notary';
import type { Kept } from '../kept';
import type { KeptStores } from '../kept-stores';
import { openingOf, WrongLedgerError } from '../opening';
import { readLedgerFile } from './ledger-file';

/** Opens a live ledger that `ledger init` or `ledger restore` made: its settings are in its folder. */
export async function openLive(folder: string, stores: KeptStores): Promise<Kept> {
  const settings = readLedgerFile(folder);
  const clock = new ClockAfterSeals(Date.now);
  const log = await stores.log(clock.now);
  try {
    const opening = await openingOf(log);
    if (opening?.purpose !== 'live' || opening.ledger !== settings.ledger)
      throw new WrongLedgerError(
        `The log in ${folder} is not the one of its ledger.json. A demonstration ledger never becomes live; restore the folder from a backup.`,
      );
    const accounts = await stores.accounts();
    try {
      const vault = await stores.vault();
      const { ledger, retention, seals } = settings;
      return { purpose: 'live', ledger, log, clock, seals, vault, accounts, retention };
    } catch (error) {
      await accounts.close();
      throw error;
    }
  } catch (error) {
    await log.close();
    throw error;
  }
}
