import type { StandingContent } from '@ledger/domain';
import type { EventLog } from '@ledger/event-log';
import { decode, type DecodedEvent } from '../runtime/decoded-event';
import { evolveKnown, type KnownThing } from '../runtime/thing-states';

/** Reading streams back from the log: for what one record says and how it came to say it. */
export type LogStreams = Pick<EventLog, 'readStream'>;

/** The events of a stream up to a position, in order. */
export async function readEvents(log: LogStreams, stream: string, upTo: number): Promise<DecodedEvent[]> {
  const events: DecodedEvent[] = [];
  for await (const recorded of log.readStream(stream, {})) {
    if (recorded.position > BigInt(upTo)) break;
    events.push(decode(recorded));
  }
  return events;
}

/** A thing as its stream says it up to a position, or undefined where nothing is recorded yet. */
export function foldEvents(events: readonly DecodedEvent[]): KnownThing | undefined {
  let known: KnownThing | undefined;
  for (const event of events) known = evolveKnown(known, event);
  return known;
}

/** The last standing content of a record that itself stands. */
export async function readStandingContent(
  log: LogStreams,
  stream: string,
  upTo: number,
): Promise<StandingContent | undefined> {
  const thing = foldEvents(await readEvents(log, stream, upTo))?.thing;
  if (thing === undefined || thing.withdrawn || thing.mergedInto !== null) return undefined;
  return thing.contents.findLast(({ withdrawn }) => !withdrawn);
}
