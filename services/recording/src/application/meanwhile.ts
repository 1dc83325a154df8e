import { isLogError } from '@ledger/event-log';

/** How often something is decided anew when someone else wrote first. */
export const mostAttempts = 5;

/** Whether an append failed because someone else wrote first: what it was decided on is no longer so. */
export function isMeanwhile(error: unknown): boolean {
  return isLogError(error, 'WRONG_EXPECTED_STATE') || isLogError(error, 'CHECK_FAILED');
}
