import { DamagedBodyError, decodeStoredBody } from '@ledger/events';

/** When an event was recorded, or undefined where its stored body is damaged and does not say. */
export function recordedAtOf(bytes: Uint8Array): string | undefined {
  try {
    return decodeStoredBody(bytes).recordedAt;
  } catch (error) {
    if (error instanceof DamagedBodyError) return undefined;
    throw error;
  }
}
