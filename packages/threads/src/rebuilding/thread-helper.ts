import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FoldedShare, FoldHelper, Stretch } from '@ledger/projections';
import { endThread } from '../ending';
import { resourceLimits } from '../limits';
import type { Folded, FoldStart } from './messages';

interface Waiting {
  readonly resolve: (chunks: FoldedShare) => void;
  readonly reject: (error: Error) => void;
}

/** A helper that folds its share of the streams in a thread of its own. */
export class ThreadHelper implements FoldHelper {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failed: Error | undefined;

  constructor(start: FoldStart) {
    this.#worker = new Worker(join(__dirname, 'fold.worker.js'), { workerData: start, resourceLimits });
    this.#worker.on('message', (folded: Folded) => {
      const waiting = this.#waiting.shift();
      if ('chunks' in folded) waiting?.resolve(folded.chunks);
      else waiting?.reject(new Error(folded.error));
    });
    this.#worker.on('error', (error: Error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('The folding thread has ended')));
  }

  #fail(error: Error): void {
    this.#failed ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failed);
  }

  async fold(stretch: Stretch): Promise<FoldedShare> {
    if (this.#failed !== undefined) throw this.#failed;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(stretch, []);
    });
  }

  async close(): Promise<void> {
    await endThread(this.#worker);
  }
}
