import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { londonDateOf } from '@ledger/calendar';
import { AuditFile } from '@ledger/access';
import { figureMapping, type LoadParts } from '@ledger/demonstration';
import { reapplyErasures } from '@ledger/people';
import { ReadModels, type LedgerQueries } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';
import { rebuildInThreads } from '@ledger/rebuilding';
import { Recording } from '@ledger/recording';
import { isLive } from './configuration';
import { openDemonstration } from './demonstration/open-demonstration';
import type { Kept } from './kept';
import { openLive } from './live/open-live';
import { whenToRetry } from './when-to-retry';

/** A ledger opened on embedded storage, with everything applied that the read models have room for. */
export interface OpenLedger extends Kept {
  readonly folder: string;
  readonly audit: AuditFile;
  readonly models: ReadModels;
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

/**
 * Opens the ledger of a folder for writing and applies everything: a live one as it is, a demonstration loaded where
 * it is missing. Whoever was erased is erased again first, should the vault be an older one (E4).
 * @throws EventLogError LOG_LOCKED where another process has it open; WrongLedgerError; NewerSchemaError
 */
export async function openLedger({ folder, full, onProgress }: OpenOptions): Promise<OpenLedger> {
  const kept = isLive(folder) ? await openLive(folder) : await openDemonstration(folder, full, onProgress);
  const { log, vault, purpose } = kept;
  await reapplyErasures(kept);
  // Read models of releases before this one were one file; they are made anew in a folder of their own.
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `read-models.db${suffix}`), { force: true });
  const models = await ReadModels.open({
    shelf: new SqliteShelf(join(folder, 'read-models')),
    log,
    figures: figureMapping,
    rebuilder: rebuildInThreads({ logFile: join(folder, 'log.db') }),
    whenToRetry,
    onProgress: ({ projection, position, of }) =>
      onProgress?.({ done: position, total: of, doing: `building ${projection}` }),
  });
  const today = (): string => londonDateOf(Date.now());
  /** A command sees everything recorded before it, however far the read models have come. */
  const head = async (): Promise<bigint> => (await log.head()).position;
  const recording = new Recording({
    log,
    vault,
    today,
    purpose,
    reference: async () => {
      const position = await head();
      const { reference } = models;
      return { register: await reference.register(position), catalogue: await reference.catalogue(position) };
    },
    imports: async () => models.reference.imports(await head()),
  });
  return {
    ...kept,
    folder,
    audit: new AuditFile(join(folder, 'audit.jsonl'), Date.now),
    models,
    recording,
    today,
    queries: models.queries,
    close: async () => {
      await models.close();
      await log.close();
      await vault.close();
      kept.accounts?.close();
    },
  };
}
