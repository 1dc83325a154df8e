import { decideApproval } from '@ledger/domain';
import { approvalStream, decodeStoredBody, derivedId, eventDefinitions, readEvent } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import type { Command } from './command';
import { parseRequest } from './faults';
import type { Outcome } from './outcome';
import { checkOwnProgramme } from './own-programme';
import { personsIn } from './persons-in';
import { readThing } from './read-thing';
import type { Recording, RecordName } from './recording';
import { ApprovalRequest } from './request-schemas';

type Reading = Pick<EventLog, 'readStream'>;

async function writersOf(log: Reading, stream: string): Promise<readonly string[]> {
  const writers: string[] = [];
  for await (const { bytes } of log.readStream(stream)) writers.push(decodeStoredBody(bytes).actor);
  return writers;
}

/** The revision of a record that was approved last. */
async function lastApproved(log: Reading, stream: string): Promise<bigint | undefined> {
  let approved: bigint | undefined;
  for await (const { position, bytes } of log.readStream(stream)) {
    const event = readEvent(decodeStoredBody(bytes), position);
    if (event.type === 'RecordApproved') approved = BigInt(event.data.revision);
  }
  return approved;
}

/**
 * Approves what a record says now. The approval has a stream of its own: it says nothing of what was done, so figures,
 * reversals and adjustments never see it.
 * @throws DecisionRefused, NotYourProgrammeError, EventLogError
 */
export async function approveRecord(
  recording: Recording,
  { kind, id, ifMatch }: RecordName,
  command: Command,
): Promise<Outcome> {
  const { note } = parseRequest(ApprovalRequest, command.request);
  const { log, vault } = recording.parts;
  const named = { ...command, request: { kind, id, ...(note !== undefined && { note }) } };
  return recording.run('approve', named, async (stamped) => {
    const stream = approvalStream(kind, id);
    const thing = await readThing(log, kind, id);
    recording.checkRevision(thing, ifMatch);
    const contents = thing.contents.map(({ event }) => event);
    const { catalogue } = await recording.parts.reference();
    checkOwnProgramme(catalogue, command.programmes, contents, 'id');
    const { type, data } = decideApproval(thing, {
      actor: command.actor,
      writers: await writersOf(log, `${kind}-${id}`),
      approved: await lastApproved(log, stream),
    });
    const about = personsIn(contents);
    const commandKey = `${stamped.id}/note`;
    const noteRef = note === undefined ? undefined : await vault.putNote({ commandKey, text: note, about });
    const event = {
      id: derivedId('event', stamped.id, '0'),
      type,
      schemaVersion: eventDefinitions[type].version,
      data: { ...data, ...(noteRef !== undefined && { noteRef }) },
    };
    return {
      writes: [
        { stream, expected: (await log.streamRevision(stream)) ?? ('no-stream' as const), events: [event] },
      ],
      // It is what was looked at that is approved.
      checks: [{ stream: `${kind}-${id}`, expected: thing.revision }],
      warnings: [],
    };
  });
}
