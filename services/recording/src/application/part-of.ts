import { partFaults, wholeOf, type Fault } from '@ledger/domain';
import type { LedgerEvent } from '@ledger/events';
import type { PendingWrites } from './pending-writes';

/**
 * What is wrong with the whole that an activity says it is a part of: as it stands with what the command has decided so far,
 * so that a whole and its parts can be recorded by one command, the whole first.
 */
export async function wholeFaults(pending: PendingWrites, content: LedgerEvent): Promise<readonly Fault[]> {
  const whole = wholeOf(content);
  return whole === undefined ? [] : partFaults(content, await pending.thing('activity', whole));
}
