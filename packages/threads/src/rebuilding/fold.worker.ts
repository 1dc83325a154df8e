import { parentPort, workerData } from 'node:worker_threads';
import { SqliteLogReader } from '@ledger/event-log';
import { EventFold, historyFromLog, type Stretch } from '@ledger/projections';
import { isEnding } from '../ending';
import { giveWay } from '../give-way';
import { memoryOfChunks } from '../memory-of-chunks';
import type { Folded, FoldStart } from './messages';
import { ShareFolder } from './share-folder';
import { helpersShare } from './shares';

/* The folding thread: folds its share of the streams, stretch by stretch, and hands over what that makes. */

giveWay();

// Set by whoever starts the thread.
const { logFile, targets } = workerData as FoldStart;
const log = SqliteLogReader.open(logFile);
const fold = new EventFold(historyFromLog(log), targets);
const folder = new ShareFolder(log, helpersShare);

async function foldStretch({ after, upTo }: Stretch): Promise<Folded> {
  try {
    await folder.fold(fold, after, upTo);
    return { chunks: fold.take() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', (message: Stretch | 'end') => {
  if (isEnding(message)) process.exit();
  // One after another: a stream's events come in order.
  turn = turn.then(async () => {
    const folded = await foldStretch(message);
    parentPort?.postMessage(folded, 'chunks' in folded ? memoryOfChunks(folded.chunks) : []);
  });
});
