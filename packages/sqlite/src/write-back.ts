import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Database } from './database';

/** Pages of the write-ahead log, about, after which they are written back: as many as SQLite takes by itself. */
const usualPages = 1000;
/** Pages at which a commit writes back what is left, because the thread has no chance beside it: 32 MB. */
const mostPages = 8000;
/** The thread has one small thing to do. */
const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 64 };

/** What the thread is started with. */
export interface WriteBackStart {
  readonly file: string;
}

/** What the thread says. */
export type WriteBackTold = 'written back';

/**
 * Writes the write-ahead log of a file back in a thread of its own. SQLite does it in the middle of a commit, which then
 * takes tens of milliseconds, the more the larger the file is; a commit that only synchronises its own pages takes one.
 * Nothing of what a commit promises changes: it still is on the disk before it returns.
 *
 * The thread starts when there is something to write back. Where it cannot (the package runs from its sources) or ends,
 * commits write back as they always do.
 */
export class WriteBack {
  #worker: Worker | undefined;
  #pages = 0;
  #busy = false;
  #over = false;
  #ended: Promise<void> = Promise.resolve();

  private constructor(
    readonly database: Database,
    readonly code: string,
  ) {}

  /** For the connection that writes a file; undefined where threads cannot be started. */
  static beside(database: Database, code = join(__dirname, 'write-back.worker.js')): WriteBack | undefined {
    if (!existsSync(code)) return undefined;
    database.exec(`PRAGMA wal_autocheckpoint = ${mostPages}`);
    return new WriteBack(database, code);
  }

  /** About so many pages have been committed. */
  grown(pages: number): void {
    this.#pages += pages;
    if (this.#pages < usualPages || this.#busy || this.#over) return;
    this.#pages = 0;
    this.#busy = true;
    this.#worker ??= this.#started();
    this.#worker.postMessage('write back', []);
  }

  #started(): Worker {
    const workerData: WriteBackStart = { file: this.database.file };
    const worker = new Worker(this.code, { workerData, resourceLimits });
    // It keeps no process alive.
    worker.unref();
    // It has one thing to say: that it has written back.
    worker.on('message', () => {
      this.#busy = false;
    });
    // What an error is matters to nobody: without the thread, commits do its work.
    worker.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      worker.on('exit', () => {
        if (!this.#over) this.#endWithoutClosing();
        resolve();
      });
    });
    return worker;
  }

  #endWithoutClosing(): void {
    this.#over = true;
    this.database.exec(`PRAGMA wal_autocheckpoint = ${usualPages}`);
  }

  /** Ends the thread after what it is doing: before the file is closed, so that who closes last puts it in order. */
  async close(): Promise<void> {
    if (!this.#over) {
      this.#over = true;
      this.#worker?.ref();
      this.#worker?.postMessage('close', []);
    }
    await this.#ended;
  }
}
