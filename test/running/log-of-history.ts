import type { EventLog } from '@ledger/event-log';
import type { HistoryEvent } from '../histories';

/** Appends the events of a history to a log, one after another, as they are. */
export async function appendHistory(
  log: Pick<EventLog, 'append'>,
  events: readonly HistoryEvent[],
): Promise<void> {
  for (const { id, type, schemaVersion, data, stream, illustrative, correlationId, causationId } of events)
    await log.append({
      writes: [
        {
          stream,
          expected: 'any',
          events: [{ id, type, schemaVersion, data, ...(illustrative === true && { illustrative }) }],
        },
      ],
      command: { actor: id, scope: 'history', key: id, hash: id },
      correlationId,
      causationId,
    });
}
