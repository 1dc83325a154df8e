import type { WithheldWrite } from '@ledger/domain';
import {
  canonicalJson,
  derivedId,
  eventDefinitions,
  streamOf,
  type CorrectionReason,
  type EventData,
} from '@ledger/events';
import type { EventLog, LogLimits, NewEvent, StreamWrite } from '@ledger/event-log';
import type { Vault } from '@ledger/vault';
import type { StampedCommand } from './command';
import type { Recording } from './recording';

type WhyProposed = Pick<EventData<'AdjustmentProposed'>, 'reason' | 'noteRef'>;

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
function proposalInParts(
  from: string,
  writes: readonly StreamWrite[],
  why: WhyProposed,
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

/** The reason of a proposal, and its note in the vault if there is one; a retry finds the same reference. */
export async function whyProposed(
  vault: Vault,
  { id }: StampedCommand,
  { reason, note }: { readonly reason: CorrectionReason; readonly note?: string | undefined },
): Promise<WhyProposed> {
  if (note === undefined) return { reason };
  return { reason, noteRef: await vault.putNote({ commandKey: `${id}/adjustment`, text: note }) };
}

/**
 * The last append of a proposal. Those before it, of one that is larger than an append, are made here: it is proposed
 * with the last of them, and what broke off before is incomplete and approved by nobody.
 */
export async function proposalOf(
  { parts: { log, vault } }: Pick<Recording, 'parts'>,
  stamped: StampedCommand,
  writes: readonly StreamWrite[],
  why: WhyProposed,
  dryRun: boolean,
): Promise<StreamWrite> {
  const { id, stream } = await newAdjustment(log, stamped);
  const groups = proposalInParts(id, writes, why, log.limits);
  let expected: StreamWrite['expected'] = 'no-stream';
  let done = 0n;
  for (const events of dryRun ? [] : groups.slice(0, -1)) {
    const command = {
      ...stamped.stamp,
      scope: 'propose-adjustment-part',
      key: vault.keyed(`${id}/${done}`),
    };
    await log.append({ writes: [{ stream, expected, events }], command, correlationId: id, causationId: id });
    done += BigInt(events.length);
    expected = done - 1n;
  }
  return { stream, expected, events: groups.at(-1) ?? [] };
}

/** The adjustment that a command proposes: another one each time its proposal broke off. */
async function newAdjustment(
  log: Pick<EventLog, 'streamRevision'>,
  stamped: StampedCommand,
): Promise<{ readonly id: string; readonly stream: string }> {
  for (let begun = 1; ; begun++) {
    const id =
      begun === 1 ? derivedId('adjustment', stamped.id) : derivedId('adjustment', stamped.id, String(begun));
    const stream = streamOf('adjustment', id);
    if ((await log.streamRevision(stream)) === undefined) return { id, stream };
  }
}
