import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuditFile } from '@ledger/access';
import { newId } from '@ledger/events';
import { SqliteEventLog } from '@ledger/event-log';
import { isLive, ledgerFile } from '@ledger/ledger-folder';
import { sealsFile } from '@ledger/notary';
import { operatorId } from '@ledger/people';
import { openDatabase } from '@ledger/sqlite';
import { openingOf, WrongLedgerError } from '../opening';
import { makeWhole, mustBeEmpty } from '../whole-folder';
import { writeManifest, type Manifest } from './manifest';

/** Files that are copied as they are; those that a ledger does not have are passed over. */
const plainFiles = ['vault.db.key', ledgerFile, 'erasures.jsonl', 'audit.jsonl'] as const;
/**
 * The ledger's databases, in the order in which they are copied: what is sealed is in the log before, and a note is in the
 * vault before the log names it. The key that seals is in no backup: who takes one cannot seal in the ledger's name.
 */
const databases = [sealsFile, 'log.db', 'vault.db', 'access.db'] as const;

/** One moment of a database, copied while others write to it. */
function copyDatabase(from: string, to: string): void {
  const database = openDatabase(from, { synchronous: 'FULL', readOnly: true });
  try {
    database.exec(`VACUUM INTO '${to.replaceAll("'", "''")}'`);
  } finally {
    database.close();
  }
}

/** What a live ledger cannot be without, in its folder or, where services run alone, in databases. */
const peopleOfLive = ['vault.db', 'access.db'] as const;

/** @throws WrongLedgerError where the folder does not hold all of a ledger */
function mustBeWhole(folder: string): void {
  if (!existsSync(join(folder, 'log.db')))
    throw new WrongLedgerError(`${folder} holds no ledger; nothing to back up.`);
  const missing = isLive(folder) ? peopleOfLive.filter((name) => !existsSync(join(folder, name))) : [];
  if (missing.length > 0)
    throw new WrongLedgerError(
      `${folder} holds no ${missing.join(' and no ')}, so this would be no backup of the ledger; nothing was made. Where its people and accounts are in databases, stop recording, and back up the folder and the databases with their own tools.`,
    );
}

/**
 * Backs a ledger up while it runs: one moment of the log, then a vault that holds everything the log names. Copying
 * the files by hand would catch them at different moments, half-written. It appears whole or not at all.
 * @throws FolderNotEmptyError, WrongLedgerError where the folder holds no ledger, or not all of one
 */
export async function backupLedger(
  folder: string,
  into: string,
  onStep: (doing: string) => void = () => undefined,
): Promise<Manifest> {
  mustBeWhole(folder);
  mustBeEmpty(into);
  const manifest = await makeWhole(into, async (making) => {
    const names: string[] = [];
    for (const name of databases) {
      if (!existsSync(join(folder, name))) continue;
      onStep(`copying ${name}`);
      copyDatabase(join(folder, name), join(making, name));
      names.push(name);
    }
    for (const name of plainFiles) {
      if (!existsSync(join(folder, name))) continue;
      copyFileSync(join(folder, name), join(making, name));
      names.push(name);
    }
    onStep('reading it back');
    const about = await describe(join(making, 'log.db'));
    return writeManifest(making, { backup: newId(), ...about }, names);
  });
  new AuditFile(join(folder, 'audit.jsonl'), Date.now).add({
    actor: operatorId,
    what: 'backup-made',
    about: [manifest.backup],
  });
  return manifest;
}

async function describe(file: string): Promise<Omit<Manifest, 'backup' | 'files'>> {
  const log = SqliteEventLog.open(file, Date.now);
  try {
    const { position } = await log.head();
    const opened = await openingOf(log);
    if (opened === undefined) throw new WrongLedgerError('The log begins with no opening of a ledger.');
    const { ledger, purpose } = opened;
    return { ledger, purpose, madeAt: new Date().toISOString(), position: String(position) };
  } finally {
    await log.close();
  }
}
