import type { EventLog } from '@ledger/event-log';
import { historyFromLog } from '../runtime/stream-history';
import type { ReadEvent } from '../runtime/decoded-event';
import { rebuild } from './rebuild';
import type { Rebuilder } from './rebuilder';

/** Rebuilds in this thread, from any log, with some positions between checkpoints. */
export function rebuildHere(
  log: Pick<EventLog, 'readPage' | 'readStream'>,
  options: { readonly step?: number; readonly readEvent?: ReadEvent } = {},
): Rebuilder {
  return async ({ drafts, ...order }) =>
    rebuild({
      ...order,
      targets: drafts.map(({ draft, of }) => ({ store: draft.store, of })),
      history: historyFromLog(log),
      read: async (fold, after, upTo) => {
        for (const recorded of await log.readPage({ after: BigInt(after), limit: upTo - after })) {
          const pending = fold.add(recorded);
          if (pending !== undefined) await pending;
        }
      },
      ...options,
    });
}
