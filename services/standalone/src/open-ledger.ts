import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { figureMapping, type LoadParts } from '@ledger/demonstration';
import { isLive } from '@ledger/ledger-folder';
import { ReadModels, type PastAnswers } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';
import { pastInThread, rebuildInThreads } from '@ledger/threads';
import { openDemonstration } from './demonstration/open-demonstration';
import { demonstrationFiles } from './demonstration/demonstration-files';
import type { Kept } from './kept';
import { filesIn } from './kept-stores';
import { openLive } from './live/open-live';
import { openServed, type RecordingLedger, type ServedOptions } from './served-ledger';
import { whenToRetry } from './when-to-retry';

/** A ledger opened on embedded storage, with everything applied that the read models have room for. */
export interface OpenLedger extends RecordingLedger {
  readonly models: ReadModels;
}

export interface OpenOptions extends ServedOptions {
  readonly full: boolean;
  readonly onProgress?: LoadParts['onProgress'];
}

/** Questions about the past are answered by a thread of their own, where it can be started. */
function pastAnswersOf(folder: string): { readonly pastAnswers?: PastAnswers } {
  const pastAnswers = pastInThread({
    logFile: join(folder, 'log.db'),
    shelfFolder: join(folder, 'read-models'),
    figures: figureMapping,
  });
  return pastAnswers === undefined ? {} : { pastAnswers };
}

async function openModels(
  { log }: Kept,
  { folder, onProgress }: Pick<OpenOptions, 'folder' | 'onProgress'>,
): Promise<ReadModels> {
  // Read models of releases before this one were one file; they are made anew in a folder of their own.
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `read-models.db${suffix}`), { force: true });
  return ReadModels.open({
    shelf: new SqliteShelf(join(folder, 'read-models')),
    log,
    figures: figureMapping,
    rebuilder: rebuildInThreads({ logFile: join(folder, 'log.db') }),
    ...pastAnswersOf(folder),
    whenToRetry,
    onProgress: ({ projection, position, of }) =>
      onProgress?.({ done: position, total: of, doing: `building ${projection}` }),
  });
}

/**
 * Opens the ledger of a folder for writing and applies everything: a live one as it is, a demonstration loaded where
 * it is missing.
 * @throws EventLogError LOG_LOCKED where another process has it open; WrongLedgerError; NewerSchemaError
 */
export async function openLedger(options: OpenOptions): Promise<OpenLedger> {
  const { folder, full, onProgress } = options;
  const kept = isLive(folder)
    ? await openLive(folder, filesIn(folder))
    : await openDemonstration(demonstrationFiles(folder, full), { full, onProgress });
  return openServed(kept, options, async () => openModels(kept, options));
}
