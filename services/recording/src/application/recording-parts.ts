import type { EventLog } from '@ledger/event-log';
import type { Vault } from '@ledger/vault';
import type { ImportFact } from '../imports/known-imports';
import type { Reference } from './reference';
import type { StandingActivities } from './standing-activities';

/** What recording needs around it. */
export interface RecordingParts {
  readonly log: EventLog;
  readonly vault: Vault;
  /** Register and catalogue with everything that is in the log. */
  readonly reference: () => Promise<Reference>;
  /** What is known of imports and mappings, with everything that is in the log. */
  readonly imports: () => Promise<readonly ImportFact[]>;
  /** The adjustments that nobody has decided on, with everything that is in the log. */
  readonly undecided: () => Promise<readonly string[]>;
  /** How many events could not be applied, so that figures are incomplete. */
  readonly parked: () => Promise<number>;
  /** Lists activities as the read models have them, with everything applied that they have room for. */
  readonly activities: () => Promise<StandingActivities>;
  /** The London date of recording. */
  readonly today: () => string;
  /** Illustrative events belong in demonstration ledgers only. */
  readonly purpose: 'live' | 'demonstration';
}
