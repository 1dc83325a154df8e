import { DemonstrationClock, loadDemonstration, scheduleNumber, type LoadParts } from '@ledger/demonstration';
import type { EventLog } from '@ledger/event-log';
import { ClockAfterSeals } from '@ledger/notary';
import { demonstrationUsers, usualRetention } from '@ledger/people';
import { demonstrationSecret } from '@ledger/vault';
import type { Kept } from '../kept';
import type { KeptStores } from '../kept-stores';
import { openingOf, WrongLedgerError } from '../opening';

/**
 * The schedule that the demonstration in a log was loaded by; undefined for an empty log, and for an empty ledger.
 * @throws WrongLedgerError for a log of another sort than asked for
 */
export async function checkDemonstration(
  log: EventLog,
  { full, where }: { readonly full: boolean; readonly where: string },
): Promise<number | undefined> {
  const opening = await openingOf(log);
  if (opening === undefined) return undefined;
  if (opening.purpose !== 'demonstration')
    throw new WrongLedgerError(
      `${where} holds the log of a live ledger without its ledger.json; restore that file from a backup.`,
    );
  if (full !== (opening.schedule !== undefined))
    throw new WrongLedgerError(
      `${where} holds ${full ? 'an empty ledger' : 'the full demonstration'}; start ${full ? 'with' : 'without'} --empty, or choose another LEDGER_DATA.`,
    );
  return opening.schedule;
}

/** Opens a demonstration ledger, making and loading it where it is missing. */
export async function openDemonstration(
  stores: KeptStores,
  {
    full,
    onProgress,
  }: Pick<LoadParts, 'full'> & { readonly onProgress?: LoadParts['onProgress'] | undefined },
): Promise<Kept> {
  const clock = new DemonstrationClock(Date.now);
  const afterSeals = new ClockAfterSeals(clock.now);
  const log = await stores.log(afterSeals.now);
  const vault = await stores.vault(demonstrationSecret);
  const [editor] = demonstrationUsers;
  // A ledger of a newer release is read as it is: an older schedule is not slipped into it.
  const newer = ((await openingOf(log))?.schedule ?? 0) > scheduleNumber;
  if (!newer)
    await loadDemonstration({
      log,
      vault,
      clock,
      full,
      actor: editor?.id ?? '',
      ...(onProgress !== undefined && { onProgress }),
    });
  const opening = await openingOf(log);
  if (opening === undefined) throw new WrongLedgerError('A demonstration begins with its opening.');
  return {
    purpose: 'demonstration',
    ledger: opening.ledger,
    log,
    clock: afterSeals,
    seals: {},
    vault,
    accounts: undefined,
    retention: usualRetention,
  };
}
