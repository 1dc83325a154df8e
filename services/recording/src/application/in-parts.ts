import { derivedId } from '@ledger/events';
import type { EventLog, ExpectedState, StreamCheck, StreamWrite } from '@ledger/event-log';
import type { PendingWrites } from './pending-writes';

/** Where closings and imports in parts meet. */
const meeting = 'ledger';

/**
 * **Rule**: no period is closed while an import is only partly there, whatever years it is of, since rules that look back
 * count what other years hold. So the first append of an import in parts, and of taking one back, writes this to the
 * ledger’s own stream, and a closing checks that stream as it was when it was decided.
 */
export function inPartsBegun(step: 'import' | 'reversal', ids: readonly string[]): StreamWrite {
  const events = ids.map((id) => ({
    id: derivedId('event', id, 'ImportInPartsBegun', step),
    type: 'ImportInPartsBegun',
    schemaVersion: 1,
    data: { import: id },
  }));
  return { stream: meeting, expected: 'any', events };
}

/** What a closing checks, read before it looks for imports under way: that none has begun since. */
export async function noneBegun(log: Pick<EventLog, 'streamRevision'>): Promise<StreamCheck> {
  return { stream: meeting, expected: (await log.streamRevision(meeting)) ?? 'no-stream' };
}

/** The closings that many records were decided on, gathered though the records themselves are let go. */
export class DecidedOn {
  readonly #expected = new Map<string, ExpectedState>();

  /** Takes the closings that writes were decided on. One that changed in between is kept as first seen, so that it fails. */
  add(pending: Pick<PendingWrites, 'checks'>): void {
    for (const { stream, expected } of pending.checks())
      if (!this.#expected.has(stream)) this.#expected.set(stream, expected);
  }

  checks(): readonly StreamCheck[] {
    return [...this.#expected].map(([stream, expected]) => ({ stream, expected }));
  }
}
