import { join } from 'node:path';
import { decodeStoredBody } from '@ledger/events';
import { SqliteEventLog, type AppendRequest } from '@ledger/event-log';
import { eventIds } from './plan';
import type { Acknowledged } from './saying';

/** What a log that was opened again holds of what was asked of it. */
export interface HeldAppends {
  /** The numbers of the appends that it holds whole, in the order of their positions. */
  readonly held: readonly number[];
  /** Sentences; none where no append is half there and no acknowledged one is lost. */
  readonly findings: readonly string[];
}

/** The ids of the events of a log, in the order of their positions. Opening it is what a restart does first. */
async function idsIn(folder: string): Promise<readonly string[]> {
  const log = SqliteEventLog.open(join(folder, 'log.db'), Date.now);
  try {
    const ids: string[] = [];
    for await (const { bytes } of log.readAll()) ids.push(decodeStoredBody(bytes).id);
    return ids;
  } finally {
    await log.close();
  }
}

function heldIn(ids: readonly string[], appends: readonly AppendRequest[]): HeldAppends {
  const firstEvents = new Map(appends.map((append, number) => [eventIds(append)[0], number]));
  const held: number[] = [];
  const findings: string[] = [];
  for (let at = 0; at < ids.length;) {
    const number = firstEvents.get(ids[at]);
    const wanted = number === undefined ? [] : eventIds(appends[number] ?? { writes: [] });
    const there = wanted.filter((id, index) => ids[at + index] === id).length;
    if (number === undefined || there < wanted.length) {
      findings.push(
        `At position ${at + 1} begins no whole append: ${there} of ${wanted.length} events of ${String(number)}.`,
      );
      break;
    }
    held.push(number);
    at += there;
  }
  return { held, findings };
}

/** Opens a folder's log again and compares it with what was asked for and what was acknowledged. */
export async function logAgainstPlan(
  folder: string,
  appends: readonly AppendRequest[],
  acknowledged: readonly Acknowledged[],
): Promise<HeldAppends> {
  const ids = await idsIn(folder);
  const { held, findings } = heldIn(ids, appends);
  const lost = acknowledged
    .filter(({ number, position }) => {
      const last = eventIds(appends[number] ?? { writes: [] }).at(-1);
      return last === undefined || ids[position - 1] !== last;
    })
    .map(
      ({ number, position }) => `Append ${number} was acknowledged at position ${position} and is not there.`,
    );
  return { held, findings: [...findings, ...lost] };
}
