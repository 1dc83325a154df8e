import type { EventData } from '@ledger/events';
import type { WithheldWrite } from '@ledger/domain';
import { canonicalJson, derivedId, eventDefinitions } from '@ledger/events';
import type { LogLimits, NewEvent, StreamWrite } from '@ledger/event-log';

/** A part of a proposal stays well below what one event may hold, and so many of them below what one append may. */
const largestShare = 0.6;

function sizeOf(value: unknown): number {
  return Buffer.byteLength(canonicalJson(value));
}

/** Things in their order, in groups of which none is larger than a bound unless one thing is. */
function grouped<T>(
  things: readonly T[],
  most: { readonly bytes: number; readonly count: number },
): readonly (readonly T[])[] {
  const groups: T[][] = [];
  let group: T[] = [];
  let bytes = 0;
  for (const thing of things) {
    const size = sizeOf(thing);
    if (group.length > 0 && (bytes + size > most.bytes || group.length >= most.count)) {
      groups.push(group);
      [group, bytes] = [[], 0];
    }
    group.push(thing);
    bytes += size;
  }
  return [...groups, group];
}

function asWithheld({ stream, expected, events }: StreamWrite): WithheldWrite {
  return {
    stream,
    ...(typeof expected === 'bigint' && { after: Number(expected) }),
    // Data of events is an object; the schema of the adjustment has it checked at append.
    events: events.map((event) => event as WithheldWrite['events'][number]),
  };
}

/**
 * The events of a proposal, as many as it takes to hold what is withheld, in groups of which each fits into one append.
 * @param from ids of the events are derived from it
 */
export function proposalInParts(
  from: string,
  writes: readonly StreamWrite[],
  why: Pick<EventData<'AdjustmentProposed'>, 'reason' | 'noteRef'>,
  { eventBytes, appendBytes, appendEvents }: LogLimits,
): readonly (readonly NewEvent[])[] {
  const parts = grouped(writes.map(asWithheld), { bytes: eventBytes * largestShare, count: Infinity });
  const events = parts.map((part, at) => ({
    id: derivedId('event', from, 'AdjustmentProposed', String(at)),
    type: 'AdjustmentProposed',
    schemaVersion: eventDefinitions.AdjustmentProposed.version,
    data: { part: at + 1, parts: parts.length, writes: part, ...why },
  }));
  return grouped(events, { bytes: appendBytes * largestShare, count: appendEvents });
}
