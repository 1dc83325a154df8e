import { setTimeout as after } from 'node:timers/promises';
import type { Pace } from '@ledger/projections';

/** How far apart the beginnings of two applications are, at the least, while nobody waits for either. */
const apartMs = 100;

/**
 * Applying a hundred events together costs little more than applying one: each rewrites the segments that it touches.
 * So a lone event is applied at once, and under load what comes within a tenth of a second is applied together.
 */
export function pace(): Pace {
  let last = -Infinity;
  return async (signal) => {
    const left = last + apartMs - performance.now();
    // Whoever does not wait any longer says so by the signal.
    if (left > 0) await after(left, undefined, { signal, ref: false }).catch(() => undefined);
    last = performance.now();
  };
}
