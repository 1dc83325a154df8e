import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PastAnswers } from '@ledger/projections';
import { endThread } from '../ending';
import { resourceLimits } from '../limits';
import type { Answered, Asked, PastStart } from './messages';

export interface PastOptions extends PastStart {
  /** The compiled code of the thread; the package's own unless said. */
  readonly worker?: string;
}

/** A question that the thread has not answered yet. */
interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Answers questions about the past in a thread of its own, from the files of a ledger. The thread starts with the first
 * of them. Undefined where the package runs from its sources, which threads cannot load.
 */
export function pastInThread({ worker, ...start }: PastOptions): PastAnswers | undefined {
  const file = worker ?? join(__dirname, 'past.worker.js');
  return existsSync(file) ? new AnsweringThread(file, start) : undefined;
}

class AnsweringThread implements PastAnswers {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #closed = false;

  constructor(
    readonly file: string,
    readonly start: PastStart,
  ) {}

  ask: PastAnswers['ask'] = async (question, asked) => {
    if (this.#closed) throw new Error('The thread that answers about the past has been ended');
    const worker = (this.#worker ??= this.#started());
    const number = ++this.#asked;
    // Where it cannot be sent nobody waits for an answer.
    worker.postMessage({ number, question, asked } satisfies Asked, []);
    worker.ref();
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
    // The thread puts it to the same question of the same read models.
    return (await answer) as never;
  };

  #started(): Worker {
    const worker = new Worker(this.file, { workerData: this.start, resourceLimits });
    worker.on('message', (answered: Answered) => {
      const waiting = this.#waiting.get(answered.number);
      this.#waiting.delete(answered.number);
      // It must not keep a process alive that has nothing else to do.
      if (this.#waiting.size === 0) worker.unref();
      if ('answer' in answered) waiting?.resolve(answered.answer);
      else waiting?.reject(new Error(answered.unanswered));
    });
    worker.on('error', (error: Error) => this.#lose(worker, error));
    worker.on('exit', () =>
      this.#lose(worker, new Error('The thread that answers about the past has ended')),
    );
    return worker;
  }

  /** The next question starts another. */
  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#worker !== undefined) await endThread(this.#worker);
  }
}
