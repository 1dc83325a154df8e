import { recordDocument } from '../../documents/record-document';
import type { Asking, Ground } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import { mayRead, type Viewer } from '../viewer';
import type { BridgedClaim } from './gains-table-answers';

type Opened = Pick<BridgedClaim, 'id' | 'title' | 'events'>;

/** What is said of a claim that the viewer may not read. */
const closed: Opened = { id: null, title: null, events: [] };

/**
 * A claim within a line of a bridge, opened to its events: those that one end holds and the other does not; where both
 * hold the same, all of them, since then the claim itself has other amounts in the one year than in the other.
 */
export async function bridgedClaim(
  asking: Asking,
  [from, to]: readonly [Ground, Ground],
  viewer: Viewer,
  thing: number,
): Promise<Opened> {
  const [first] = await asking.log.readPage({ after: BigInt(thing) - 1n, limit: 1 });
  if (first === undefined) return closed;
  const [fewer, more] = from.upTo <= to.upTo ? [from, to] : [to, from];
  const events = await readEvents(asking.log, first.stream, more.upTo);
  // Each claim is named as the end of the bridge has it, or as its beginning had it where the end has it no more.
  const named = thing > to.upTo ? from : to;
  const found = foldEvents(events.filter(({ position }) => position <= BigInt(named.upTo)));
  if (found === undefined) return closed;
  const document = recordDocument(found);
  if (!mayRead(named.catalogue, document, viewer)) return closed;
  const between = events.filter(({ position }) => position > BigInt(fewer.upTo));
  return {
    id: found.id,
    title: document.title,
    events: (between.length === 0 ? events : between).map(({ position, body }) => ({
      position: String(position),
      type: body.type,
      recordedAt: body.recordedAt,
    })),
  };
}
