import { parentPort, workerData } from 'node:worker_threads';
import { SqliteLogReader } from '@ledger/event-log';
import { EventFold, historyFromLog } from '@ledger/projections';
import { foldShare } from './fold-share';
import type { Folded, FoldStart, Stretch } from './messages';
import { helpersShare } from './shares';

/* The folding thread: folds its share of the streams, stretch by stretch, and hands over what that makes. */

// Set by whoever starts the thread.
const { logFile, of, parked } = workerData as FoldStart;
const log = SqliteLogReader.open(logFile);
const fold = new EventFold(historyFromLog(log), of, parked);

async function foldStretch(stretch: Stretch): Promise<Folded> {
  try {
    await foldShare(log, fold, helpersShare, stretch);
    return { chunk: fold.take() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', (stretch: Stretch) => {
  // One after another: a stream's events come in order.
  turn = turn.then(async () => {
    const folded = await foldStretch(stretch);
    const buffers =
      'chunk' in folded ? [folded.chunk.figures.records.buffer, folded.chunk.records.records.buffer] : [];
    parentPort?.postMessage(folded, buffers);
  });
});
