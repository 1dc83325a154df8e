import { derivedId, streamOf } from '@ledger/events';
import type { ScheduledAppend, ScheduledEvent } from './scheduled-append';

/** The id of an import of the demonstration. */
export function importIdOf(key: string): string {
  return derivedId('demonstration-import', key);
}

/** Events as one import: accepted, the events with their rows, completed. It begins and ends on one day. */
export function importOf(
  key: string,
  day: string,
  label: string,
  events: readonly Omit<ScheduledEvent, 'import'>[],
): ScheduledAppend {
  const id = importIdOf(key);
  const stream = streamOf('import', id);
  // What is imported is made by the schedule itself; its name stands for its content.
  const contentHash = Buffer.from(key.padEnd(32, '.').slice(0, 32), 'utf8').toString('hex');
  return {
    key,
    day,
    label,
    events: [
      {
        stream,
        id: derivedId('demonstration-event', key, 'accepted'),
        event: { type: 'ImportAccepted', data: { label, rows: events.length, contentHash } },
      },
      ...events.map((event, at) => ({ ...event, import: { id, row: at + 1 } })),
      {
        stream,
        id: derivedId('demonstration-event', key, 'completed'),
        event: { type: 'ImportCompleted', data: { events: events.length } },
      },
    ],
  };
}
