import { grouped } from '@ledger/domain';
import type { EventLog, RecordedEvent } from '@ledger/event-log';

/**
 * Where the runtime gets a stream's events before one of them: the log itself, where the projector runs beside
 * it. (A store of states serves projectors that have no log to read back from.)
 */
export interface StreamHistory {
  /** The events of a stream with revisions below the given one, in order. */
  before(stream: string, revision: bigint): AsyncIterable<RecordedEvent>;
}

/** Of each of some streams its events, in the order given; of one that has none, none. */
export function eventsOfEach<Event extends { readonly stream: string }>(
  streams: readonly string[],
  events: Iterable<Event>,
): Map<string, readonly Event[]> {
  const found = grouped(events, ({ stream }) => stream);
  return new Map(streams.map((stream) => [stream, found.get(stream) ?? []]));
}

/** Reads streams back from the log. */
export function historyFromLog(log: Pick<EventLog, 'readStream'>): StreamHistory {
  return {
    before: (stream, revision) => log.readStream(stream, { from: 0n, limit: Number(revision) }),
  };
}

/**
 * The events before one in its stream. Where they cannot be had now, that is no fault of the event: it is for whoever
 * folds to try again, and nothing is parked.
 * @throws whatever the history throws
 */
export async function eventsBefore(
  history: StreamHistory,
  { stream, revision }: Pick<RecordedEvent, 'stream' | 'revision'>,
): Promise<readonly RecordedEvent[]> {
  const earlier: RecordedEvent[] = [];
  for await (const recorded of history.before(stream, revision)) earlier.push(recorded);
  return earlier;
}
