import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * Writes a write-ahead log once more onto itself and synchronises it, before anything is read from it.
 *
 * A process that ended while synchronising failed leaves pages in the system's memory that the system takes for
 * written. SQLite would find whole transactions in them, go on behind them, and all of that would be lost in a power
 * cut. Written anew, they are on the disk; what a killed process had no time to synchronise is then, too.
 *
 * Only for whoever has the file alone: another writer would be overwritten.
 */
export function settleWriteAheadLog(file: string): void {
  const log = `${file}-wal`;
  if (!existsSync(log)) return;
  const bytes = readFileSync(log);
  if (bytes.length === 0) return;
  const handle = openSync(log, 'r+');
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at, bytes.length - at, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
