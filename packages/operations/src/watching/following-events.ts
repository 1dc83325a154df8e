import { decodeStoredBody, DamagedBodyError } from '@ledger/events';
import type { RecordedEvent } from '@ledger/event-log';
import type { Tracing } from './tracing';

/** Does something with recorded events, and whatever is done around it. */
export type AroundEvents = <T>(events: readonly RecordedEvent[], work: () => Promise<T>) => Promise<T>;

/** The correlation ids that events were recorded with. Read one by one, since few of many are followed. */
function* correlationsOf(events: readonly RecordedEvent[]): Generator<string> {
  for (const { bytes } of events)
    try {
      yield decodeStoredBody(bytes).correlationId;
    } catch (error) {
      // One that is damaged is dealt with where it is applied.
      if (!(error instanceof DamagedBodyError)) throw error;
    }
}

/** Follows what is done with recorded events in the traces of their commands, under a name. */
export function followingEvents(tracing: Pick<Tracing, 'withCommands'>, name: string): AroundEvents {
  return async (events, work) => tracing.withCommands(name, correlationsOf(events), work);
}
