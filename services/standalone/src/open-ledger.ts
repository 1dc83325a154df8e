import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { londonDateOf } from '@ledger/calendar';
import {
  DemonstrationClock,
  figureMapping,
  loadDemonstration,
  scheduleNumber,
  type LoadParts,
} from '@ledger/demonstration';
import { decodeStoredBody, readEvent, type EventData } from '@ledger/events';
import { SqliteEventLog, type EventLog } from '@ledger/event-log';
import {
  createQueries,
  historyFromLog,
  LogFollower,
  Projector,
  ReferenceData,
  type LedgerQueries,
} from '@ledger/projections';
import { SqliteReadStore } from '@ledger/read-store';
import { demonstrationUsers, Recording } from '@ledger/recording';
import { demonstrationSecret, SqliteVault, type Vault } from '@ledger/vault';

/** A ledger opened on embedded storage, with everything applied. */
export interface OpenLedger {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly store: SqliteReadStore;
  readonly follower: LogFollower;
  readonly queries: LedgerQueries;
  readonly recording: Recording;
  /** The London date of now. */
  readonly today: () => string;
  close(): Promise<void>;
}

/** A folder that holds another sort of ledger than asked for. */
export class WrongLedgerError extends Error {
  readonly code = 'WRONG_LEDGER';
}

export interface OpenOptions {
  readonly folder: string;
  readonly full: boolean;
  readonly onProgress?: LoadParts['onProgress'];
}

/** How the ledger in a log was opened, or undefined for an empty log. */
async function openingOf(log: EventLog): Promise<EventData<'LedgerOpened'> | undefined> {
  const [first] = await log.readPage({ after: 0n, limit: 1 });
  if (first === undefined) return undefined;
  const event = readEvent(decodeStoredBody(first.bytes), first.position);
  if (event.type !== 'LedgerOpened')
    throw new WrongLedgerError('The first event of this log is not the opening of a ledger.');
  return event.data;
}

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
async function openLog(folder: string, full: boolean, clock: DemonstrationClock): Promise<SqliteEventLog> {
  mkdirSync(folder, { recursive: true });
  const log = SqliteEventLog.open(join(folder, 'log.db'), clock.now);
  try {
    const opening = await openingOf(log);
    if (opening === undefined) return log;
    if (opening.purpose !== 'demonstration')
      throw new WrongLedgerError(
        `${folder} holds a live ledger; this release serves demonstration ledgers. Choose another LEDGER_DATA.`,
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
 * Opens the ledger of a folder for writing, loads the demonstration where it is missing, and applies everything.
 * @throws EventLogError LOG_LOCKED where another process has it open; WrongLedgerError; NewerSchemaError
 */
export async function openLedger({ folder, full, onProgress }: OpenOptions): Promise<OpenLedger> {
  const clock = new DemonstrationClock(Date.now);
  const log = await openLog(folder, full, clock);
  const vault = SqliteVault.open(join(folder, 'vault.db'), { secret: demonstrationSecret });
  const [editor] = demonstrationUsers;
  await loadDemonstration({
    log,
    vault,
    clock,
    full,
    actor: editor?.id ?? '',
    ...(onProgress !== undefined && { onProgress }),
  });
  const store = await openStore(folder, log);
  const follower = new LogFollower(log, new Projector(store, historyFromLog(log)));
  await follower.start();
  const reference = new ReferenceData(store);
  const today = (): string => londonDateOf(Date.now());
  const recording = new Recording({
    log,
    vault,
    today,
    purpose: 'demonstration',
    reference: async () => {
      const { position } = await log.head();
      // A command sees everything recorded before it.
      await follower.whenApplied(position);
      return { register: await reference.register(position), catalogue: await reference.catalogue(position) };
    },
  });
  return {
    log,
    vault,
    store,
    follower,
    recording,
    today,
    queries: createQueries({ store, log, figures: figureMapping }),
    close: async () => {
      await follower.stop();
      await log.close();
      await store.close();
      await vault.close();
    },
  };
}
