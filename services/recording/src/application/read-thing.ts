import { evolveThing, newThing, type Thing } from '@ledger/domain';
import { decodeStoredBody, readEvent } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';

/** A record as its stream says it now, or up to a revision. */
export async function readThing(
  log: Pick<EventLog, 'readStream'>,
  kind: Thing['kind'],
  id: string,
  before?: bigint,
): Promise<Thing> {
  let thing = newThing(kind, id);
  for await (const { position, revision, bytes } of log.readStream(`${kind}-${id}`)) {
    if (before !== undefined && revision >= before) break;
    const body = decodeStoredBody(bytes);
    thing = evolveThing(thing, {
      eventId: body.id,
      position,
      revision,
      illustrative: body.illustrative === true,
      event: readEvent(body, position),
    });
  }
  return thing;
}
