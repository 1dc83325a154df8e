import type { EventLog } from '@ledger/event-log';
import { historyFromLog } from '../runtime/stream-history';
import { rebuild } from './rebuild';
import type { Rebuilder } from './rebuilder';

/** Rebuilds in this thread, from any log. */
export function rebuildHere(log: Pick<EventLog, 'readPage' | 'readStream'>, step?: number): Rebuilder {
  return async ({ draft, ...order }) =>
    rebuild({
      ...order,
      store: draft.store,
      history: historyFromLog(log),
      read: async (after, upTo) => log.readPage({ after: BigInt(after), limit: upTo - after }),
      ...(step !== undefined && { step }),
    });
}
