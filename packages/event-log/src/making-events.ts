import { encodeStoredBody } from '@ledger/events';
import { appendTooLarge, eventTooLarge, invalidAppend } from './errors';
import type { AppendRequest, ExpectedState, LogLimits, NewEvent } from './port';

/** A stored body with what the log needs to index it. */
export interface MadeEvent {
  readonly id: string;
  readonly stream: string;
  readonly bytes: Uint8Array;
}

/** Checks the shape of a request before anything is written. @throws EventLogError INVALID_APPEND, APPEND_TOO_LARGE */
export function checkRequest({ writes, checks = [] }: AppendRequest, limits: LogLimits): void {
  if (writes.length === 0) throw invalidAppend('An append needs at least one event.');
  const streams = new Set<string>();
  let events = 0;
  for (const { stream, events: ofStream } of writes) {
    if (stream === '' || stream.length > 200)
      throw invalidAppend('The name of a stream has 1 to 200 characters.');
    if (ofStream.length === 0) throw invalidAppend(`The write to ${stream} holds no event.`);
    if (streams.has(stream))
      throw invalidAppend(
        `The stream ${stream} is written twice in one append; put its events in one write.`,
      );
    streams.add(stream);
    events += ofStream.length;
  }
  if (events > limits.appendEvents) throw appendTooLarge('events', limits.appendEvents);
  if (streams.size > 1 && !limits.multiStream)
    throw invalidAppend(
      `This log writes one stream in one append (limit multiStream), and this would write ${streams.size}. Send one record at a time; what must write several at once, such as a merge or an import, needs a newer release of the engine.`,
    );
  if (checks.length > 0 && !limits.checks)
    throw invalidAppend('This log cannot check other streams (limit checks).');
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Makes the bytes of every event of a request. @throws NotCanonicalError, EventLogError EVENT_TOO_LARGE, APPEND_TOO_LARGE */
export function makeEvents(request: AppendRequest, recordedAt: string, limits: LogLimits): MadeEvent[] {
  const { actor, scope, key, hash } = request.command;
  const { correlationId, causationId } = request;
  const made: MadeEvent[] = [];
  let total = 0;
  for (const { stream, events } of request.writes)
    for (const event of events) {
      if (!uuid.test(event.id))
        throw invalidAppend(`The id of an event is a lower-case UUID, not “${event.id.slice(0, 60)}”.`);
      const bytes = encodeStoredBody({
        ...optionalMembers(event),
        id: event.id,
        type: event.type,
        schemaVersion: event.schemaVersion,
        stream,
        recordedAt,
        actor,
        command: { scope, key, hash },
        correlationId,
        causationId,
        data: event.data,
      });
      if (bytes.length > limits.eventBytes) throw eventTooLarge(event.id, bytes.length, limits.eventBytes);
      total += bytes.length;
      if (total > limits.appendBytes) throw appendTooLarge('bytes', limits.appendBytes);
      made.push({ id: event.id, stream, bytes });
    }
  return made;
}

function optionalMembers(event: NewEvent): Pick<NewEvent, 'import' | 'warnings' | 'illustrative'> {
  return {
    ...(event.import !== undefined && { import: event.import }),
    ...(event.warnings !== undefined && { warnings: event.warnings }),
    ...(event.illustrative !== undefined && { illustrative: event.illustrative }),
  };
}

/** Whether a stream's last revision is what was expected. */
export function isAs(expected: ExpectedState, actual: bigint | undefined): boolean {
  switch (expected) {
    case 'any':
      return true;
    case 'no-stream':
      return actual === undefined;
    case 'stream-exists':
      return actual !== undefined;
    default:
      return actual === expected;
  }
}

/** Fixed-width UTC text, so that the order of texts is the order of times. */
export function utcText(ms: number): string {
  return new Date(ms).toISOString();
}
