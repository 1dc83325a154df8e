import type { EventLog, StreamCheck } from '@ledger/event-log';

/**
 * The checks of an append that a log can hold it to. One that cannot check a stream that it does not write is given none:
 * what then slips in behind a closing is listed as recorded across the close, and is in no final figure; an approval names
 * the revision that was looked at, whatever was recorded since.
 */
export function enforcedChecks(
  { limits }: Pick<EventLog, 'limits'>,
  checks: readonly StreamCheck[],
): readonly StreamCheck[] {
  return limits.checks ? checks : [];
}
