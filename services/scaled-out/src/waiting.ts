import { setTimeout as after } from 'node:timers/promises';
import { isUnavailable } from '@ledger/postgres';
import { ReadModelsMissingError } from '@ledger/projections';

const pauseMs = 500;

/** What comes by itself: a database that is started again, read models that a projector builds. */
export function comesLater(error: unknown): error is Error {
  return isUnavailable(error) || error instanceof ReadModelsMissingError;
}

/**
 * Tries until it succeeds, saying meanwhile what it waits for.
 * @throws what does not come by itself, and the signal’s reason
 */
export async function waitingFor<T>(
  what: () => Promise<T>,
  { later = comesLater, say, signal }: Waiting,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await what();
    } catch (error) {
      if (!later(error)) throw error;
      say(error.message);
      await after(pauseMs, undefined, { signal });
    }
  }
}

export interface Waiting {
  /** Whether an error is of what comes by itself. */
  readonly later?: (error: unknown) => error is Error;
  readonly say: (waitingFor: string) => void;
  readonly signal: AbortSignal;
}
