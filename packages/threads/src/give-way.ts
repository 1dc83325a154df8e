import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';

/** How far behind other threads this one stands, from −20 to 19; nought is usual. */
const niceness = 10;

/**
 * Has this thread give way to others wherever they have something to do: questions are answered at once while read
 * models are rebuilt. On Linux only, where a thread has a priority of its own; elsewhere it goes on as it is.
 */
export function giveWay(): void {
  try {
    // A link to the thread that reads it: `<process>/task/<thread>`.
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), niceness);
  } catch {
    // No such link, or not allowed: a rebuild that does not give way is right all the same.
  }
}
