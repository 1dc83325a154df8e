import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { londonDateOf } from '@ledger/calendar';
import { AuditFile } from '@ledger/access';
import { figureMapping, type LoadParts } from '@ledger/demonstration';
import type { EventLog } from '@ledger/event-log';
import { reapplyErasures } from '@ledger/people';
import {
  createQueries,
  historyFromLog,
  LogFollower,
  Projector,
  ReferenceData,
  type LedgerQueries,
} from '@ledger/projections';
import { SqliteReadStore } from '@ledger/read-store';
import { Recording } from '@ledger/recording';
import { isLive } from './configuration';
import { openDemonstration } from './demonstration/open-demonstration';
import type { Kept } from './kept';
import { openLive } from './live/open-live';

/** A ledger opened on embedded storage, with everything applied. */
export interface OpenLedger extends Kept {
  readonly folder: string;
  readonly audit: AuditFile;
  readonly store: SqliteReadStore;
  readonly follower: LogFollower;
  readonly reference: ReferenceData;
  readonly queries: LedgerQueries;
  readonly recording: Recording;
  /** The London date of now. */
  readonly today: () => string;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly folder: string;
  readonly full: boolean;
  readonly onProgress?: LoadParts['onProgress'];
}

/** Opens the read models; those of another log or schema are thrown away and made anew. */
async function openStore(folder: string, log: EventLog): Promise<SqliteReadStore> {
  const file = join(folder, 'read-models.db');
  const fresh = (): SqliteReadStore => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    return SqliteReadStore.open(file);
  };
  let store: SqliteReadStore;
  try {
    store = SqliteReadStore.open(file);
  } catch {
    // Read models are disposable: whatever is wrong with the file, the log makes it anew.
    return fresh();
  }
  const { position } = await log.head();
  const ahead = [...(await store.checkpoints()).values()].some((checkpoint) => BigInt(checkpoint) > position);
  if (!ahead) return store;
  await store.close();
  return fresh();
}

/**
 * Opens the ledger of a folder for writing and applies everything: a live one as it is, a demonstration loaded where
 * it is missing. Whoever was erased is erased again first, should the vault be an older one (E4).
 * @throws EventLogError LOG_LOCKED where another process has it open; WrongLedgerError; NewerSchemaError
 */
export async function openLedger({ folder, full, onProgress }: OpenOptions): Promise<OpenLedger> {
  const kept = isLive(folder) ? await openLive(folder) : await openDemonstration(folder, full, onProgress);
  const { log, vault, purpose } = kept;
  await reapplyErasures(kept);
  const store = await openStore(folder, log);
  const follower = new LogFollower(log, new Projector(store, historyFromLog(log)));
  await follower.start();
  const reference = new ReferenceData(store);
  const today = (): string => londonDateOf(Date.now());
  const recording = new Recording({
    log,
    vault,
    today,
    purpose,
    reference: async () => {
      const { position } = await log.head();
      // A command sees everything recorded before it.
      await follower.whenApplied(position);
      return { register: await reference.register(position), catalogue: await reference.catalogue(position) };
    },
  });
  return {
    ...kept,
    folder,
    audit: new AuditFile(join(folder, 'audit.jsonl'), Date.now),
    store,
    follower,
    reference,
    recording,
    today,
    queries: createQueries({ store, log, figures: figureMapping }),
    close: async () => {
      await follower.stop();
      await log.close();
      await store.close();
      await vault.close();
      kept.accounts?.close();
    },
  };
}
