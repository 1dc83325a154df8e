import type { Catalogue, Thing } from '@ledger/domain';
import { approvalStream } from '@ledger/events';
import { recordDocument } from '../../documents/record-document';
import type { DecodedEvent } from '../../runtime/decoded-event';
import type { RecordApproval } from '../answers';
import type { Ground } from '../asking';
import { readEvents, type LogStreams } from '../log-streams';

/** Where the programme of an offer asked for approval; null where it does not. */
export function approvalFrom({ offers, programmes }: Catalogue, offer: string | null): bigint | null {
  const programme = offers.get(offer ?? '')?.programme;
  return programmes.get(programme ?? '')?.approvalFrom ?? null;
}

function lastOf(events: readonly DecodedEvent[]): RecordApproval['last'] {
  const last = events.findLast(({ event }) => event.type === 'RecordApproved');
  if (last?.event.type !== 'RecordApproved') return null;
  const { actor, recordedAt } = last.body;
  const { revision, noteRef = null } = last.event.data;
  return { actor, recordedAt, revision: String(revision), noteRef };
}

/** Whether a record is approved as it stands, and how often it was changed since. Recorded before it was asked, it never waits. */
export async function approvalOf(
  log: LogStreams,
  { catalogue, upTo }: Pick<Ground, 'catalogue' | 'upTo'>,
  thing: Thing,
): Promise<RecordApproval> {
  const last = lastOf(await readEvents(log, approvalStream(thing.kind, thing.id), upTo));
  const changesSince = last === null ? null : Number(thing.revision - BigInt(last.revision));
  const { offer, state } = recordDocument(thing);
  const from = approvalFrom(catalogue, offer);
  const first = thing.contents[0]?.position;
  const asked = from !== null && first !== undefined && first > from;
  return { asked, waiting: asked && state === 'standing' && changesSince !== 0, last, changesSince };
}
