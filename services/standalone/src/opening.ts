import { decodeStoredBody, readEvent, type EventData } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';

/** A folder that holds another sort of ledger than asked for. */
export class WrongLedgerError extends Error {
  readonly code = 'WRONG_LEDGER';
}

/** How the ledger in a log was opened, or undefined for an empty log. @throws WrongLedgerError for another log */
export async function openingOf(
  log: Pick<EventLog, 'readPage'>,
): Promise<EventData<'LedgerOpened'> | undefined> {
  const [first] = await log.readPage({ after: 0n, limit: 1 });
  if (first === undefined) return undefined;
  const event = readEvent(decodeStoredBody(first.bytes), first.position);
  if (event.type !== 'LedgerOpened')
    throw new WrongLedgerError('The first event of this log is not the opening of a ledger.');
  return event.data;
}
