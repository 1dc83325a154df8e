import type { DecidedEvent } from '@ledger/domain';
import type { ImportStamp } from '@ledger/events';

/** One event of the schedule, in the stream it belongs to. */
export interface ScheduledEvent {
  readonly stream: string;
  readonly id: string;
  readonly event: DecidedEvent;
  readonly import?: ImportStamp;
  readonly illustrative?: true;
}

/** What is appended at once on one simulated day. */
export interface ScheduledAppend {
  /** Names it for ever: loading again finds it by this and adds nothing. */
  readonly key: string;
  /** The simulated London date. */
  readonly day: string;
  readonly label: string;
  readonly events: readonly ScheduledEvent[];
}
