import type { EventLog } from '@ledger/event-log';

/** The approval itself, which is in the same append as what it releases. */
const approvals = 1;

/** How many events an adjustment holds at most: a second person approves them in one step, which is one append. */
export function mostWithheld({ limits }: Pick<EventLog, 'limits'>): number {
  return limits.appendEvents - approvals;
}

/** Why a change is too large for an adjustment, and what to do. */
export function tooManyWithheld(log: Pick<EventLog, 'limits'>, what: string): string {
  return `an adjustment is approved in one step and holds at most ${mostWithheld(log)} events, and ${what}; have the period reopened where it is provisionally closed, or propose the change in several adjustments`;
}
