import { mkdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isLogError, SqliteEventLog, type AppendRequest } from '@ledger/event-log';
import { failOn } from '../disk/fault';
import { acknowledgement, openedAgain, refusal, roundOf } from '../small-ledger/saying';
import { faultAppends, faultRound, type FaultRound } from './rounds';

/*
 * Appends to logs on a disk that fails: CONTROL FOLDER SEED ROUNDS. Each round has a seed of its own, the first the one
 * given, and a log in a folder of its number. What is acknowledged and refused is said on standard output.
 */

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

interface Numbered {
  readonly number: number;
  readonly request: AppendRequest;
}

/** One append; whether it was refused. */
async function refused(log: SqliteEventLog, { number, request }: Numbered): Promise<boolean> {
  try {
    const { position, replayed } = await log.append(request);
    say(acknowledgement({ number, position: Number(position), replayed }));
    return false;
  } catch (error) {
    say(refusal({ number, code: isLogError(error) ? error.code : String(error) }));
    return true;
  }
}

/** Asks for appends in their order, so many at a time; those that were refused. */
async function appendAll(
  log: SqliteEventLog,
  appends: readonly Numbered[],
  callers: number,
): Promise<readonly Numbered[]> {
  const left: Numbered[] = [];
  const queue = [...appends];
  const call = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      if (await refused(log, next)) left.push(next);
  };
  await Promise.all(Array.from({ length: callers }, call));
  return left.sort((a, b) => a.number - b.number);
}

/** Appends while the disk fails, again when it is well, and once more where the log must be opened again first. */
async function play(control: string, folder: string, round: FaultRound): Promise<void> {
  mkdirSync(folder);
  const appends = faultAppends(round).map((request, number) => ({ number, request }));
  const open = (): SqliteEventLog => SqliteEventLog.open(join(folder, 'log.db'), Date.now);
  const log = open();
  failOn(control, round.fault);
  let left = await appendAll(log, appends, round.callers);
  failOn(control, undefined);
  left = await appendAll(log, left, 1);
  await log.close();
  if (left.length === 0) return;
  const again = open();
  say(openedAgain);
  await appendAll(again, left, 1);
  await again.close();
}

async function main([control = '', folder = '', first = '', rounds = '']: readonly string[]): Promise<void> {
  for (let number = 0; number < Number(rounds); number++) {
    const round = faultRound(Number(first) + number);
    say(roundOf(number));
    await play(control, join(folder, String(number)), round);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
