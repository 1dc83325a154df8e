import type { RecordedEvent } from './port';

/** Everything that is read, as a list. */
export async function collected(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const list: RecordedEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}
