import { setTimeout as after } from 'node:timers/promises';
import { isDiskFull, isUnavailable } from '@ledger/postgres';

const pauseMs = 1000;

/** What can be tried again later: the database is away, or has no room. */
export function passes(error: unknown): error is Error {
  return isUnavailable(error) || isDiskFull(error);
}

/** Waits a while; whoever stops need not wait. */
export async function pause(signal: AbortSignal, milliseconds = pauseMs): Promise<void> {
  await after(milliseconds, undefined, { signal }).catch(() => undefined);
}
