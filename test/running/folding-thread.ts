import { join } from 'node:path';
import { FoldingThread } from '@ledger/threads';

/** Threads load compiled code only. */
const compiled = join(__dirname, '../../packages/threads/dist/partitions/partitions.worker.js');

/** A thread that folds, of the code as it was built last. */
export function compiledFoldingThread(): FoldingThread {
  const thread = FoldingThread.start(compiled);
  if (thread === undefined) throw new RangeError(`There is no ${compiled}; build first: npx tsc -b`);
  return thread;
}
