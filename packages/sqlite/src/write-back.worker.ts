import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './database';
import { isFailing, isFull } from './errors';
import type { WriteBackStart, WriteBackTold } from './write-back';

/* The thread that writes a write-ahead log back, over a connection of its own. */

// Set by whoever starts the thread.
const { file } = workerData as WriteBackStart;
const database = openDatabase(file, { synchronous: 'FULL', cacheKilobytes: 1000 });
// Only what it is told to: it never waits for the writer, nor the writer for it.
const checkpoint = database.prepareArrays('PRAGMA wal_checkpoint(PASSIVE)');

function writeBack(): void {
  try {
    checkpoint.get();
  } catch (error) {
    // On a disk that is full or fails, what is to be written back stays where it is, and is read from there.
    if (!isFull(error) && !isFailing(error)) throw error;
  }
}

parentPort?.on('message', (told: 'write back' | 'close') => {
  if (told === 'write back') {
    writeBack();
    parentPort?.postMessage('written back' satisfies WriteBackTold, []);
  } else {
    database.close();
    parentPort?.close();
  }
});
