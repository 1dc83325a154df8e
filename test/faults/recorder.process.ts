import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { SqliteEventLog } from '@ledger/event-log';
import { acknowledgement } from '../durability/small-ledger/saying';
import { loadedAppends, type LoadedPlan } from './loaded-appends';

/*
 * Writes a log while others follow it: FOLDER PER-SECOND SEED EVENTS [poison]. It appends what the seed plans, from the beginning,
 * so many events a second, and says each append on standard output at the moment at which it is acknowledged. What a
 * process before it has recorded is acknowledged again.
 */

/** How often it looks whether more is due, in milliseconds. */
const tickMs = 10;

async function record(folder: string, perSecond: number, plan: LoadedPlan): Promise<void> {
  const log = SqliteEventLog.open(join(folder, 'log.db'), Date.now);
  let due = 0;
  for (const [number, request] of loadedAppends(plan).entries()) {
    for (; due <= 0; due += (perSecond * tickMs) / 1000) await after(tickMs);
    const { position, replayed } = await log.append(request);
    // Straight to the pipe: nothing that was said waits in this process when it is killed.
    writeSync(1, `${acknowledgement({ number, position: Number(position), replayed })}\n`);
    if (!replayed) due -= request.writes.reduce((sum, write) => sum + write.events.length, 0);
  }
  await log.close();
}

const [folder = '', perSecond, seed, events, poison] = process.argv.slice(2);
record(folder, Number(perSecond), {
  seed: Number(seed),
  events: Number(events),
  poison: poison !== undefined,
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
