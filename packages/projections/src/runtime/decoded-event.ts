import { decodeStoredBody, readEvent, type LedgerEvent, type StoredBody } from '@ledger/events';
import type { RecordedEvent } from '@ledger/event-log';

/** A recorded event, decoded and read in the present version of its type. */
export interface DecodedEvent {
  readonly position: bigint;
  readonly revision: bigint;
  readonly body: StoredBody;
  readonly event: LedgerEvent;
}

/** Reads a stored body in the present version of its type. @throws UnreadableEventError */
export type ReadEvent = (body: StoredBody, position: bigint) => LedgerEvent;

/** An event whose stored body is parsed already. @throws UnreadableEventError where this release cannot read it */
export function decodeBody(
  { position, revision, body }: Pick<DecodedEvent, 'position' | 'revision' | 'body'>,
  read: ReadEvent = readEvent,
): DecodedEvent {
  return { position, revision, body, event: read(body, position) };
}

/** @throws UnreadableEventError where this release cannot read it */
export function decode(
  recorded: Pick<RecordedEvent, 'position' | 'revision' | 'bytes'>,
  read: ReadEvent = readEvent,
): DecodedEvent {
  const { position, revision, bytes } = recorded;
  return decodeBody({ position, revision, body: decodeStoredBody(bytes) }, read);
}
