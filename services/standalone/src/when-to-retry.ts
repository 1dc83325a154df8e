import { setTimeout as after } from 'node:timers/promises';
import type { WhenToRetry } from '@ledger/projections';
import { isFull } from '@ledger/sqlite';

const pauseMs = 1000;

/**
 * Read models on a disk without room fall behind and catch up when there is room: recording goes on meanwhile, and
 * questions are answered for the position that is applied. Any other error ends the following.
 */
export const whenToRetry: WhenToRetry = async (failure, signal) => {
  if (!isFull(failure)) throw failure;
  // Whoever stops need not wait.
  await after(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
};
