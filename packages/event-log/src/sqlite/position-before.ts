import { recordedAtOf } from '../recorded-at';
import type { EventRows } from './event-rows';

/**
 * The last position recorded before a UTC instant, 0 where there is none: times never decrease along positions, so the
 * place is found by halving.
 */
export function positionBefore(rows: EventRows, instant: string): bigint {
  let before = 0;
  let notBefore = rows.last() + 1;
  while (notBefore - before > 1) {
    const middle = Math.floor((before + notBefore) / 2);
    const timed = firstTimed(rows, middle, notBefore);
    if (timed !== undefined && timed.recordedAt < instant) before = timed.position;
    else notBefore = middle;
  }
  return BigInt(before);
}

/** When the first event from a position on, and before another, was recorded; damaged ones do not say. */
function firstTimed(
  rows: EventRows,
  from: number,
  before: number,
): { readonly position: number; readonly recordedAt: string } | undefined {
  for (let position = from; position < before; position++) {
    const [event] = rows.fromPosition(position, 1);
    const recordedAt = event && recordedAtOf(event.bytes);
    if (recordedAt !== undefined) return { position, recordedAt };
  }
  return undefined;
}
