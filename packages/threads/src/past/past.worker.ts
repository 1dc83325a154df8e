import { parentPort, workerData } from 'node:worker_threads';
import { FollowedSqliteLog } from '@ledger/event-log';
import { SharedReadModels, type LedgerQueries } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';
import { isEnding } from '../ending';
import { giveWay } from '../give-way';
import type { Answered, Asked, PastStart } from './messages';

/* The answering thread: answers questions about the past from the files that the service keeps. */

giveWay();

// Set by whoever starts the thread.
const { logFile, shelfFolder, figures } = workerData as PastStart;
const models = new SharedReadModels({
  shelf: new SqliteShelf(shelfFolder),
  log: FollowedSqliteLog.open(logFile),
  figures,
});
const { queries } = models;

async function answer({ number, question, asked }: Asked): Promise<void> {
  try {
    // Who asks gives what the question of this name takes: the types say so there.
    const put = queries[question] as (
      ...asked: readonly unknown[]
    ) => ReturnType<LedgerQueries[typeof question]>;
    parentPort?.postMessage({ number, answer: await put(...asked) } satisfies Answered, []);
  } catch (error) {
    const unanswered = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ number, unanswered } satisfies Answered, []);
  }
}

parentPort?.on('message', (message: Asked | 'end') => {
  if (isEnding(message)) process.exit();
  void answer(message);
});
