import type { AppendRequest } from '@ledger/event-log';
import { lifeEvents, requestOf, type DecidedAppend } from '../data/life-events';

/** How events are appended: so many in one append, by so many callers who each wait for their last. */
export interface AppendTask {
  /** Where the file of the log is made. */
  readonly folder: string;
  readonly events: number;
  readonly batch: number;
  readonly callers: number;
}

/** The events in appends of the size asked for. */
export function batchesOf({ events, batch }: Pick<AppendTask, 'events' | 'batch'>): DecidedAppend[][] {
  const batches: DecidedAppend[][] = [];
  let last: DecidedAppend[] = [];
  for (const event of lifeEvents({ seed: 7, count: events })) {
    if (last.length === 0) batches.push(last);
    last.push(event);
    if (last.length === batch) last = [];
  }
  return batches;
}

/** What each caller appends, in order. The appends of one stream are one caller's, so that none waits for another. */
export function shared<T extends readonly Pick<DecidedAppend, 'stream'>[]>(
  batches: readonly T[],
  callers: number,
): T[][] {
  const shares: T[][] = Array.from({ length: callers }, () => []);
  let stream = '';
  let caller = -1;
  for (const batch of batches) {
    const next = batch[0]?.stream ?? '';
    if (next !== stream || callers === 1) caller = (caller + 1) % callers;
    stream = next;
    shares[caller]?.push(batch);
  }
  return shares;
}

/** What each caller appends, as the log takes it: every append is under a command of its own. */
export function requestsOf(task: Pick<AppendTask, 'events' | 'batch' | 'callers'>): AppendRequest[][] {
  let number = 0;
  return shared(batchesOf(task), task.callers).map((batches) =>
    batches.map((batch) => requestOf(batch, `append ${++number}`)),
  );
}
