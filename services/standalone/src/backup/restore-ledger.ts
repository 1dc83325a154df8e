import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteAccountStore } from '@ledger/access';
import { decodeStoredBody } from '@ledger/events';
import { recordOfLedger, SqliteEventLog, type EventLog } from '@ledger/event-log';
import { operatorId, reapplyErasures } from '@ledger/people';
import { openDatabase } from '@ledger/sqlite';
import { demonstrationSecret, SqliteVault } from '@ledger/vault';
import { z } from 'zod';
import { makeWhole, mustBeEmpty } from '../whole-folder';
import { checkedManifest, DamagedBackupError, jsonOf, type Manifest } from './manifest';

/** What a restore did. */
export interface Restored {
  readonly manifest: Manifest;
  /** People erased again, because they were erased after the backup was made. */
  readonly erasedAgain: number;
}

/** SQLite's own check, then every event of the log read in order without a gap. @throws DamagedBackupError */
async function checkLog(file: string, { position: last }: Manifest): Promise<void> {
  const database = openDatabase(file, { synchronous: 'FULL' });
  try {
    const found = database.value('PRAGMA integrity_check');
    if (found !== 'ok') throw new DamagedBackupError(`The log of the backup is damaged: ${String(found)}.`);
  } finally {
    database.close();
  }
  const log = SqliteEventLog.open(file, Date.now);
  try {
    let expected = 1n;
    for await (const { position, stream, bytes } of log.readAll()) {
      if (position !== expected || decodeStoredBody(bytes).stream !== stream)
        throw new DamagedBackupError(
          `The log of the backup is damaged at position ${expected}; take another backup.`,
        );
      expected += 1n;
    }
    if (String(expected - 1n) !== last)
      throw new DamagedBackupError(
        `The log of the backup ends at ${expected - 1n}, not at ${last}; take another.`,
      );
  } finally {
    await log.close();
  }
}

/** The list of erasures that is kept outside backups. @throws DamagedBackupError */
export function erasuresIn(file: string): readonly string[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const Erasure = z.object({ subject: z.uuid() });
  return lines.map((line, at) => {
    const parsed = Erasure.safeParse(jsonOf(line));
    if (!parsed.success)
      throw new DamagedBackupError(
        `${file}, line ${at + 1}: this is no erasure; give the ledger’s erasures.jsonl.`,
      );
    return parsed.data.subject;
  });
}

async function recordRestored(
  log: EventLog,
  keyed: (text: string) => string,
  manifest: Manifest,
): Promise<void> {
  const { backup, madeAt, position } = manifest;
  await recordOfLedger(log, {
    type: 'BackupRestored',
    data: { backup, madeAt, position },
    actor: operatorId,
    scope: 'restore',
    keyed,
  });
}

/**
 * Makes a ledger from a backup in a new or empty folder: everything is checked first, whoever was erased since is
 * erased again, sessions end, and BackupRestored says in the log that it happened. Whole or not at all.
 * @param erasures ids erased after the backup was made, from the list that is kept outside backups (E4)
 * @throws FolderNotEmptyError, DamagedBackupError
 */
export async function restoreLedger(
  backup: string,
  into: string,
  erasures: readonly string[],
  onStep: (doing: string) => void = () => undefined,
): Promise<Restored> {
  mustBeEmpty(into);
  onStep('checking the backup');
  const manifest = await checkedManifest(backup);
  return makeWhole(into, async (making) => {
    for (const { name } of manifest.files) copyFileSync(join(backup, name), join(making, name));
    onStep('reading every event');
    await checkLog(join(making, 'log.db'), manifest);
    const log = SqliteEventLog.open(join(making, 'log.db'), Date.now);
    const secret = manifest.purpose === 'demonstration' ? { secret: demonstrationSecret } : {};
    const vault = SqliteVault.open(join(making, 'vault.db'), secret);
    const accounts =
      manifest.purpose === 'live' ? SqliteAccountStore.open(join(making, 'access.db'), Date.now) : undefined;
    let erasedAgain: number;
    try {
      onStep('erasing again who was erased');
      erasedAgain = await reapplyErasures({ log, vault, accounts }, erasures);
      for (const { person } of (await accounts?.all()) ?? []) await accounts?.endSessions(person);
      await recordRestored(log, (text) => vault.keyed(text), manifest);
    } finally {
      await log.close();
      await vault.close();
      await accounts?.close();
    }
    return { manifest, erasedAgain };
  });
}
