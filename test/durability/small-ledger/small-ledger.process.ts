import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { isLogError, SqliteEventLog, type AppendRequest, type AppendResult } from '@ledger/event-log';
import { projections, ReadModels } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';
import { rebuildInThreads } from '@ledger/threads';
import { acknowledgement, begun, rebuilt } from './saying';
import { plannedAppends } from './plan';

/*
 * A ledger without the services around it, in a process that may be killed: a log with read models that follow it. It
 * says on standard output what it acknowledges, a line each, at the moment at which it does.
 *
 *   append FOLDER SEED EVENTS CALLERS   appends what the seed plans, so many callers at a time, from the beginning
 *   rebuild FOLDER STEP                 builds each projection anew, with a checkpoint after so many positions
 */

/** Straight to the pipe: nothing that was said waits in this process when it is killed. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function openModels(folder: string, log: SqliteEventLog, step: number): Promise<ReadModels> {
  return ReadModels.open({
    shelf: new SqliteShelf(join(folder, 'read-models')),
    log,
    figures: [],
    rebuilder: rebuildInThreads({ logFile: join(folder, 'log.db'), step }),
  });
}

/** A log whose disk has failed is ended by whoever keeps it, in the hardest way. */
async function appended(log: SqliteEventLog, request: AppendRequest): Promise<AppendResult> {
  try {
    return await log.append(request);
  } catch (error) {
    if (isLogError(error, 'LOG_FAILED')) process.kill(process.pid, 'SIGKILL');
    throw error;
  }
}

/** Asks for appends in their order, so many at a time, and says each when it is acknowledged. */
async function appendAll(
  log: SqliteEventLog,
  appends: readonly AppendRequest[],
  callers: number,
): Promise<void> {
  let next = 0;
  const call = async (): Promise<void> => {
    for (let number = next++; number < appends.length; number = next++) {
      const request = appends[number];
      if (request === undefined) return;
      const { position, replayed } = await appended(log, request);
      say(acknowledgement({ number, position: Number(position), replayed }));
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
}

async function append(folder: string, seed: number, events: number, callers: number): Promise<void> {
  const appends = plannedAppends({ seed, events });
  const log = SqliteEventLog.open(join(folder, 'log.db'), Date.now);
  const models = await openModels(folder, log, 100_000);
  say(begun);
  await appendAll(log, appends, callers);
  const { position } = await log.head();
  await models.whenApplied(position);
  await models.close();
  await log.close();
}

async function rebuild(folder: string, step: number): Promise<void> {
  const log = SqliteEventLog.open(join(folder, 'log.db'), Date.now);
  const models = await openModels(folder, log, step);
  say(begun);
  for (const projection of projections) say(rebuilt(await models.rebuild(projection)));
  await models.close();
  await log.close();
}

const [work, folder = '', ...numbers] = process.argv.slice(2);
const [first = 0, second = 0, third = 0] = numbers.map(Number);
const done = work === 'append' ? append(folder, first, second, third) : rebuild(folder, first);
done.catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
