import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { londonDateOf } from '@ledger/calendar';
import { AuditFile } from '@ledger/access';
import { adjustStep, scanWith, type AssuranceParts } from '@ledger/assurance';
import { figureMapping, type LoadParts } from '@ledger/demonstration';
import { Notary } from '@ledger/notary';
import { operatorId, reapplyErasures } from '@ledger/people';
import { ReadModels, type LedgerQueries } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';
import { rebuildInThreads } from '@ledger/rebuilding';
import { Recording, takeBackAtStart, type RecordingParts } from '@ledger/recording';
import { checkCopyPlace, isLive } from './configuration';
import { openDemonstration } from './demonstration/open-demonstration';
import type { Kept } from './kept';
import { openLive } from './live/open-live';
import { standingActivities } from './standing-activities';
import { whenToRetry } from './when-to-retry';

/** A ledger opened on embedded storage, with everything applied that the read models have room for. */
export interface OpenLedger extends Kept {
  readonly folder: string;
  readonly audit: AuditFile;
  readonly models: ReadModels;
  readonly notary: Notary;
  readonly queries: LedgerQueries;
  readonly recording: Recording;
  /** The London date of now. */
  readonly today: () => string;
  /** Looks through evidence before it is taken, where the operator has named a scanner. */
  readonly scan: AssuranceParts['scan'];
  close(): Promise<void>;
}

/** How long an import waits for the records before it to be in the lists that it is compared with. */
const longestWaitMs = 5000;

export interface OpenOptions {
  readonly folder: string;
  readonly full: boolean;
  /** Where checkpoints are copied, where it is not the ledger’s settings that say so. */
  readonly checkpoints?: string | undefined;
  /** The command that looks through evidence, with its parameters. */
  readonly scanner?: readonly string[] | undefined;
  readonly onProgress?: LoadParts['onProgress'];
}

async function openNotary(
  { log, clock, ledger, vault, seals }: Kept,
  { folder, checkpoints }: Pick<OpenOptions, 'folder' | 'checkpoints'>,
): Promise<Notary> {
  // What the settings in a folder say is said from there.
  const copyTo = checkpoints ?? (seals.copyTo && resolve(folder, seals.copyTo));
  const settings = { ...seals, copyTo };
  checkCopyPlace(folder, copyTo);
  return Notary.open({
    folder,
    log,
    clock,
    ledger,
    operator: operatorId,
    keyed: (text) => vault.keyed(text),
    settings,
  });
}

/**
 * Opens the ledger of a folder for writing and applies everything: a live one as it is, a demonstration loaded where
 * it is missing. Whoever was erased is erased again first, should the vault be an older one (E4).
 * @throws EventLogError LOG_LOCKED where another process has it open; WrongLedgerError; NewerSchemaError
 */
export async function openLedger({
  folder,
  full,
  checkpoints,
  scanner = [],
  onProgress,
}: OpenOptions): Promise<OpenLedger> {
  const kept = isLive(folder) ? await openLive(folder) : await openDemonstration(folder, full, onProgress);
  const { log, vault, purpose } = kept;
  // Before anything is appended: nothing is recorded earlier than the last seal.
  const notary = await openNotary(kept, { folder, checkpoints });
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
  const [command, ...parameters] = scanner;
  const today = (): string => londonDateOf(Date.now());
  /** A command sees everything recorded before it, however far the read models have come. */
  const head = async (): Promise<bigint> => (await log.head()).position;
  const parts: RecordingParts = {
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
    parked: async () => {
      const { figures, documents } = await models.parked();
      return figures + documents;
    },
    activities: async () => {
      const signal = AbortSignal.timeout(longestWaitMs);
      // Without room for more, they are compared with what is applied.
      await models.whenApplied(await head(), signal, ['documents']).catch(() => undefined);
      return (of) => standingActivities(models.queries, of);
    },
  };
  const claimStep = adjustStep({
    queries: models.queries,
    whenUpToDate: async () => models.whenApplied(await head(), AbortSignal.timeout(longestWaitMs)),
  });
  const recording = new Recording(parts, claimStep);
  await takeBackAtStart(recording, { actor: operatorId, programmes: 'all' });
  notary.start();
  return {
    ...kept,
    folder,
    notary,
    audit: new AuditFile(join(folder, 'audit.jsonl'), Date.now),
    models,
    recording,
    today,
    scan: command === undefined ? undefined : scanWith(command, parameters),
    queries: models.queries,
    close: async () => {
      await models.close();
      await notary.close();
      await log.close();
      await vault.close();
      kept.accounts?.close();
    },
  };
}
