import type { Queryable, SqlParameter, SqlRow } from '@ledger/postgres';
import type { KeptEvent } from '../topic-store';
import { listOf, wholeNumber } from './rows';
import { eventsOfStreams, keepEvents, revisionsOfStreams } from './topic-statements';

/** The parameters of `keepEvents`. */
function fromKept(events: readonly KeptEvent[]): SqlParameter[] {
  const starts: number[] = [];
  let start = 1;
  for (const { bytes } of events) {
    starts.push(start);
    start += bytes.length;
  }
  return [
    Buffer.concat(events.map(({ bytes }) => bytes)),
    events.map(({ stream }) => stream),
    listOf(events.map(({ revision }) => revision)),
    listOf(events.map(({ position }) => position)),
    listOf(starts),
    listOf(events.map(({ bytes }) => bytes.length)),
  ];
}

function toKept([stream, revision, position, bytes]: SqlRow): KeptEvent {
  if (!Buffer.isBuffer(bytes)) throw new TypeError('An event row holds no bytes');
  return {
    stream: String(stream),
    revision: wholeNumber(revision),
    position: wholeNumber(position),
    bytes,
  };
}

/** Writes events that are to be kept. */
export async function putKept(transaction: Queryable, events: readonly KeptEvent[]): Promise<void> {
  await transaction.change(keepEvents, fromKept(events));
}

export async function keptRevisions(
  on: Queryable,
  streams: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (streams.length === 0) return new Map();
  const rows = await on.rows(revisionsOfStreams, [streams]);
  return new Map(
    rows.map(([stream, revisions]) => [
      String(stream),
      Array.isArray(revisions) ? revisions.map(wholeNumber) : [],
    ]),
  );
}

export async function keptEvents(on: Queryable, streams: readonly string[]): Promise<readonly KeptEvent[]> {
  return streams.length === 0 ? [] : (await on.rows(eventsOfStreams, [streams])).map(toKept);
}
