import { evolveThing, FoldError, newThing, type FoldedEvent, type Thing } from '@ledger/domain';
import { DamagedBodyError, decodeStoredBody, readEvent, UnreadableEventError } from '@ledger/events';
import type { EventLog, RecordedEvent } from '@ledger/event-log';

/** A record with an event that cannot be applied: what it says is not known, so nothing is added to it. */
export class RecordParkedError extends Error {
  readonly code = 'RECORD_PARKED';
  constructor(kind: string, id: string, position: bigint, cause: Error) {
    super(
      `The ${kind} ${id} has an event at position ${position} that cannot be applied, so nothing more can be recorded about it until that is mended: ${cause.message}`,
      { cause },
    );
    this.name = 'RecordParkedError';
  }
}

function foldedEvent({ position, revision, bytes }: RecordedEvent): FoldedEvent {
  const body = decodeStoredBody(bytes);
  return {
    eventId: body.id,
    position,
    revision,
    illustrative: body.illustrative === true,
    actor: body.actor,
    event: readEvent(body, position),
  };
}

function cannotBeApplied(error: unknown): error is Error {
  return (
    error instanceof FoldError || error instanceof UnreadableEventError || error instanceof DamagedBodyError
  );
}

/**
 * A record as its stream says it now, or up to a revision.
 * @throws RecordParkedError where an event of it cannot be applied
 */
export async function readThing(
  log: Pick<EventLog, 'readStream'>,
  kind: Thing['kind'],
  id: string,
  before?: bigint,
): Promise<Thing> {
  let thing = newThing(kind, id);
  for await (const recorded of log.readStream(`${kind}-${id}`)) {
    if (before !== undefined && recorded.revision >= before) break;
    try {
      thing = evolveThing(thing, foldedEvent(recorded));
    } catch (error) {
      if (cannotBeApplied(error)) throw new RecordParkedError(kind, id, recorded.position, error);
      throw error;
    }
  }
  return thing;
}
