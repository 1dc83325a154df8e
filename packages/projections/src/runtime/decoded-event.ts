import { decodeStoredBody, readEvent, type LedgerEvent, type StoredBody } from '@ledger/events';

/** A recorded event, decoded and read in the present version of its type. */
export interface DecodedEvent {
  readonly position: bigint;
  readonly revision: bigint;
  readonly body: StoredBody;
  readonly event: LedgerEvent;
}

/** Reads a stored body in the present version of its type. @throws UnreadableEventError */
export type ReadEvent = (body: StoredBody, position: bigint) => LedgerEvent;

/** @throws UnreadableEventError where this release cannot read it, DamagedBodyError where it is none of ours */
export function decode(
  {
    position,
    revision,
    bytes,
  }: Pick<DecodedEvent, 'position' | 'revision'> & { readonly bytes: string | Uint8Array },
  read: ReadEvent = readEvent,
): DecodedEvent {
  const body = decodeStoredBody(bytes);
  return { position, revision, body, event: read(body, position) };
}
