import type { LedgerEvent } from '@ledger/events';
import type { BodyFact } from './body';
import { Register } from './register';
import { shippedRegister, type RegisterFileEvent } from './register-file';

/** File events as the log would hold them, positions from 1. */
export function asFacts(events: readonly RegisterFileEvent[], firstPosition = 1n): BodyFact[] {
  return events.map(({ bodyId, eventId, type, data }, at) => ({
    position: firstPosition + BigInt(at),
    eventId,
    bodyId,
    // Validated against the type's schema when the file was read.
    event: { type, data } as unknown as LedgerEvent,
  }));
}

export const shippedFacts = asFacts(shippedRegister());
export const shipped = Register.fromFacts(shippedFacts);
