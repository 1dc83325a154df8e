import { evolveThing, FoldError, type StandingContent, type Thing } from '@ledger/domain';
import { DamagedBodyError, UnreadableEventError } from '@ledger/events';
import type { EventLog, RecordedEvent } from '@ledger/event-log';
import { decode, type DecodedEvent } from '../runtime/decoded-event';
import { nothingOf } from '../runtime/recorded-thing';

/** Reading streams back from the log: for what one record says and how it came to say it. */
export type LogStreams = Pick<EventLog, 'readStream'>;

/**
 * The events of a stream up to a position, in order. One that this release cannot read ends them: it is parked with
 * what follows it, and answers say that they are incomplete.
 */
export async function readEvents(log: LogStreams, stream: string, upTo: number): Promise<DecodedEvent[]> {
  const events: DecodedEvent[] = [];
  for await (const recorded of log.readStream(stream, {})) {
    if (recorded.position > BigInt(upTo)) break;
    const event = readable(recorded);
    if (event === undefined) break;
    events.push(event);
  }
  return events;
}

/** An event, or undefined where it is damaged or this release cannot read it. */
export function readable(recorded: RecordedEvent): DecodedEvent | undefined {
  try {
    return decode(recorded);
  } catch (error) {
    if (error instanceof UnreadableEventError || error instanceof DamagedBodyError) return undefined;
    throw error;
  }
}

/**
 * A thing as its events say it, up to one that cannot be folded; undefined where nothing is recorded yet. `onto`: the
 * thing as events before them say it, whose contents that stay remain the same objects.
 */
export function foldEvents(events: readonly DecodedEvent[], onto?: Thing): Thing | undefined {
  const [first] = events;
  if (first === undefined) return onto;
  let thing = onto ?? nothingOf(first.body.stream);
  for (const { position, revision, body, event } of events)
    try {
      const illustrative = body.illustrative === true;
      thing = evolveThing(thing, {
        eventId: body.id,
        position,
        revision,
        illustrative,
        actor: body.actor,
        event,
      });
    } catch (error) {
      // A correction may hold content that this release cannot read.
      if (error instanceof FoldError || error instanceof UnreadableEventError) break;
      throw error;
    }
  return thing.contents.length === 0 ? undefined : thing;
}

/** The last standing content of a record that itself stands. */
export async function readStandingContent(
  log: LogStreams,
  stream: string,
  upTo: number,
): Promise<StandingContent | undefined> {
  const thing = foldEvents(await readEvents(log, stream, upTo));
  if (thing === undefined || thing.withdrawn || thing.mergedInto !== null) return undefined;
  return thing.contents.findLast(({ withdrawn }) => !withdrawn);
}
