import { evolveAdjustment, type Adjustment, type WithheldWrite } from '@ledger/domain';
import { decodeStoredBody, readEvent, streamOf } from '@ledger/events';
import type { EventLog, NewEvent, StreamWrite } from '@ledger/event-log';
import { refused } from './faults';

/** An adjustment as its stream has it. @throws DecisionRefused where there is none of the id */
export async function readAdjustment(log: Pick<EventLog, 'readStream'>, id: string): Promise<Adjustment> {
  let adjustment: Adjustment | undefined;
  for await (const { position, bytes } of log.readStream(streamOf('adjustment', id))) {
    const body = decodeStoredBody(bytes);
    const event = readEvent(body, position);
    adjustment = evolveAdjustment(adjustment, id, { eventId: body.id, actor: body.actor, event });
  }
  if (adjustment === undefined)
    throw refused('adjustment-exists', 'id', `there is no adjustment with the id ${id}`);
  return adjustment;
}

/** A withheld write as it is appended: only where the stream is as it was when this was decided. */
export function asWrite({ stream, after, events }: WithheldWrite): StreamWrite {
  return {
    stream,
    expected: after === undefined ? 'no-stream' : BigInt(after),
    // The schema of the adjustment checked these when they were withheld; absent members stay absent.
    events: events as readonly NewEvent[],
  };
}

/** Whether the stream of a withheld write is still as it was when that was decided. */
export async function isCurrent(
  log: Pick<EventLog, 'streamRevision'>,
  { stream, after }: WithheldWrite,
): Promise<boolean> {
  return (await log.streamRevision(stream)) === (after === undefined ? undefined : BigInt(after));
}
