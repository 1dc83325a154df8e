import { join, resolve } from 'node:path';
import { AuditFile } from '@ledger/access';
import { adjustStep, scanWith, type AssuranceParts } from '@ledger/assurance';
import { londonDateOf } from '@ledger/calendar';
import type { EventLog } from '@ledger/event-log';
import { Notary } from '@ledger/notary';
import { operatorId, reapplyErasures } from '@ledger/people';
import type { LedgerQueries, ReadModels } from '@ledger/projections';
import { Recording, takeBackAtStart, type RecordingParts } from '@ledger/recording';
import type { Vault } from '@ledger/vault';
import { checkCopyPlace } from './configuration';
import type { Kept } from './kept';
import { standingActivities } from './standing-activities';
import { TimedLog, type TimeAppend } from './timed-log';

/** Read models that questions are answered from: kept in this process, or by a projector in another. */
export type ServedModels = Pick<
  ReadModels,
  | 'applied'
  | 'failed'
  | 'parked'
  | 'parkedEvents'
  | 'queries'
  | 'reading'
  | 'rebuilding'
  | 'reference'
  | 'underWay'
  | 'whenApplied'
>;

/** What questions are answered with. */
export interface AskedLedger {
  readonly purpose: 'live' | 'demonstration';
  readonly log: Pick<EventLog, 'head' | 'positionOfCursor'>;
  readonly vault: Vault;
  readonly audit: AuditFile;
  readonly models: Omit<ServedModels, 'reading' | 'reference'>;
  /** The London date of now. */
  readonly today: () => string;
}

/** What commands are decided and recorded with. */
export interface RecordingLedger extends Kept, AskedLedger {
  readonly log: EventLog;
  readonly folder: string;
  readonly models: ServedModels;
  readonly notary: Notary;
  readonly queries: LedgerQueries;
  readonly recording: Recording;
  /** Looks through evidence before it is taken, where the operator has named a scanner. */
  readonly scan: AssuranceParts['scan'];
  close(): Promise<void>;
}

export interface ServedOptions {
  readonly folder: string;
  /** Where checkpoints are copied, where it is not the ledger’s settings that say so. */
  readonly checkpoints?: string | undefined;
  /** The command that looks through evidence, with its parameters. */
  readonly scanner?: readonly string[] | undefined;
  /** Measures how long appends take. */
  readonly timeAppend?: TimeAppend | undefined;
}

/** How long an import waits for the records before it to be in the lists that it is compared with. */
const longestWaitMs = 5000;

/** The London date of now. */
export const today = (): string => londonDateOf(Date.now());

async function openNotary(
  { log, clock, ledger, vault, seals }: Kept,
  { folder, checkpoints }: Pick<ServedOptions, 'folder' | 'checkpoints'>,
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

function recordingOver({ log, vault, purpose }: Kept, models: ServedModels): Recording {
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
    undecided: async () => models.reference.undecidedAdjustments(await head()),
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
  return new Recording(parts, claimStep);
}

/**
 * Puts together what commands are recorded with, around what is kept: seals, read models, and what had broken off
 * before. Whoever was erased is erased again first, should the vault be an older one (E4).
 * @param openModels opens the read models, which are closed with the ledger
 */
export async function openServed<M extends ServedModels & { close(): Promise<void> }>(
  found: Kept,
  options: ServedOptions,
  openModels: () => Promise<M>,
): Promise<RecordingLedger & { readonly models: M }> {
  const { folder, scanner = [], timeAppend } = options;
  const kept = timeAppend === undefined ? found : { ...found, log: new TimedLog(found.log, timeAppend) };
  // Before anything is appended: nothing is recorded earlier than the last seal.
  const notary = await openNotary(kept, options);
  await reapplyErasures(kept);
  const models = await openModels();
  const [command, ...parameters] = scanner;
  const recording = recordingOver(kept, models);
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
      await kept.log.close();
      await kept.vault.close();
      await kept.accounts?.close();
    },
  };
}
