import { decodeStoredBody, readEvent, type LedgerEvent, type StoredBody } from '@ledger/events';
import type { RecordedEvent } from '@ledger/event-log';

/** A recorded event, decoded and read in the present version of its type. */
export interface DecodedEvent {
  readonly position: bigint;
  readonly revision: bigint;
  readonly body: StoredBody;
  readonly event: LedgerEvent;
}

/** @throws UnreadableEventError where this release cannot read it */
export function decode(recorded: Pick<RecordedEvent, 'position' | 'revision' | 'bytes'>): DecodedEvent {
  const body = decodeStoredBody(recorded.bytes);
  return {
    position: recorded.position,
    revision: recorded.revision,
    body,
    event: readEvent(body, recorded.position),
  };
}
