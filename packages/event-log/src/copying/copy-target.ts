import { EventLogError } from '../errors';
import type { EventLog, RecordedEvent } from '../port';

/** A log that is being filled with the events of another: they keep their bytes, revisions and positions. */
export interface CopyTarget extends Pick<EventLog, 'head' | 'readPage' | 'close'> {
  /**
   * Adds the events that come next, in order; what was added stays where it breaks off in the middle.
   * @throws EventLogError LOG_DIFFERS where something else is there, LOG_CORRUPT where an event is damaged
   */
  add(events: readonly RecordedEvent[]): Promise<void>;
}

export function differs(position: bigint): EventLogError {
  return new EventLogError(
    'LOG_DIFFERS',
    `At position ${position} the target holds something else than what is copied. A copy goes into an empty log, or goes on in one that was begun from the same.`,
  );
}

export function damaged(position: bigint): EventLogError {
  return new EventLogError(
    'LOG_CORRUPT',
    `What stands at position ${position} of the log that is copied is no event. Restore it from a backup that is older than the damage, and copy that.`,
  );
}
