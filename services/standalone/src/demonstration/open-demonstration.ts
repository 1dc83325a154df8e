import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DemonstrationClock, loadDemonstration, scheduleNumber, type LoadParts } from '@ledger/demonstration';
import { SqliteEventLog } from '@ledger/event-log';
import { ClockAfterSeals } from '@ledger/notary';
import { demonstrationUsers, usualRetention } from '@ledger/people';
import { demonstrationSecret, SqliteVault } from '@ledger/vault';
import type { Kept } from '../kept';
import { openingOf, WrongLedgerError } from '../opening';

/** A free name for an old folder. */
function setAside(folder: string, schedule: number): string {
  for (let number = 0; ; number++) {
    const name = `${folder}-schedule-${schedule}${number === 0 ? '' : `-${number}`}`;
    if (existsSync(name)) continue;
    renameSync(folder, name);
    return name;
  }
}

/** Opens the log, setting a demonstration of an older schedule aside: nothing is slipped into an old one. */
async function openLog(folder: string, full: boolean, clock: ClockAfterSeals): Promise<SqliteEventLog> {
  mkdirSync(folder, { recursive: true });
  const log = SqliteEventLog.open(join(folder, 'log.db'), clock.now);
  try {
    const opening = await openingOf(log);
    if (opening === undefined) return log;
    if (opening.purpose !== 'demonstration')
      throw new WrongLedgerError(
        `${folder} holds the log of a live ledger without its ledger.json; restore that file from a backup.`,
      );
    if (full !== (opening.schedule !== undefined))
      throw new WrongLedgerError(
        `${folder} holds ${full ? 'an empty ledger' : 'the full demonstration'}; start ${full ? 'with' : 'without'} --empty, or choose another LEDGER_DATA.`,
      );
    if (opening.schedule === undefined || opening.schedule >= scheduleNumber) return log;
    await log.close();
    setAside(folder, opening.schedule);
    return await openLog(folder, full, clock);
  } catch (error) {
    await log.close();
    throw error;
  }
}

/** Opens a demonstration ledger, making and loading it where it is missing. */
export async function openDemonstration(
  folder: string,
  full: boolean,
  onProgress: LoadParts['onProgress'],
): Promise<Kept> {
  const clock = new DemonstrationClock(Date.now);
  const afterSeals = new ClockAfterSeals(clock.now);
  const log = await openLog(folder, full, afterSeals);
  const vault = SqliteVault.open(join(folder, 'vault.db'), { secret: demonstrationSecret });
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
