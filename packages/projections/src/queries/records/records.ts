import { foldText } from '../../documents/fold-text';
import { parseRecordDocument, type RecordDocument } from '../../documents/record-document';
import type { DocumentQuery, FoundDocument } from '@ledger/read-store';
import type { DecodedEvent } from '../../runtime/decoded-event';
import type {
  AskedAt,
  HistoryStep,
  RecordAnswer,
  RecordPage,
  RecordsQuestion,
  RecordSummary,
} from '../answers';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import { isHidden, mayRead, withoutPeople, type Viewer } from '../viewer';
import { changesBetween } from './changes';

const usualLimit = 50;
const largestLimit = 500;

function summary(
  ground: Ground,
  kind: RecordSummary['kind'],
  id: string,
  document: RecordDocument,
): RecordSummary {
  const { type, title, offer, bodies, person, from, to, state, illustrative } = document;
  return {
    id,
    kind,
    type,
    title,
    offer,
    bodies: bodies.map(({ body, role }) => ({
      id: body,
      name: ground.register.body(body)?.name ?? body,
      role,
    })),
    person,
    from,
    to,
    state,
    illustrative,
  };
}

function summaryOf(ground: Ground, document: FoundDocument): RecordSummary {
  // Collections of records are named by their kind.
  return summary(
    ground,
    document.collection as RecordSummary['kind'],
    document.id,
    parseRecordDocument(document),
  );
}

/** Lists run from the newest to the oldest record; the cursor is a place in that order, which never changes. */
export async function records(asking: Asking, question: RecordsQuestion): Promise<RecordPage> {
  const ground = await asking.ground(question.at);
  const { kind = 'activity', search = '', offer, body, year, cursor } = question;
  const limit = Math.min(question.limit ?? usualLimit, largestLimit);
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'cursor',
      'The cursor is none of this ledger’s; ask for the first page again.',
    );
  const keys = [
    ...(offer === undefined ? [] : [`offer:${offer}`]),
    ...(body === undefined ? [] : [`body:${body}`]),
    ...(year === undefined ? [] : [`year:${year}`]),
  ];
  const words = foldText(search)
    .split(' ')
    .filter((word) => word !== '');
  const query = { collection: kind, upTo: ground.upTo, keys, words };
  const found = await readable(asking, ground, question.viewer, query, limit + 1, cursor);
  const page = found.slice(0, limit);
  return {
    ...ground.answered,
    illustrative: page.some((document) => parseRecordDocument(document).illustrative),
    records: page.map((document) => summaryOf(ground, document)),
    total: await totalFor(asking, ground, question.viewer, query),
    next: found.length > limit ? String(page.at(-1)?.ordinal ?? 0) : null,
  };
}

type Listed = Omit<DocumentQuery, 'limit' | 'beforeOrdinal'>;

/** The first documents of a list that a viewer may read. */
async function readable(
  asking: Asking,
  ground: Ground,
  viewer: Viewer,
  query: Listed,
  wanted: number,
  cursor: string | undefined,
): Promise<FoundDocument[]> {
  const found: FoundDocument[] = [];
  for (let before = cursor === undefined ? undefined : Number(cursor); found.length < wanted;) {
    const limit = largestLimit;
    const page = await asking.store.documents({
      ...query,
      limit,
      ...(before !== undefined && { beforeOrdinal: before }),
    });
    found.push(
      ...page.filter((document) => mayRead(ground.catalogue, parseRecordDocument(document), viewer)),
    );
    if (page.length < limit) break;
    before = page.at(-1)?.ordinal;
  }
  return found.slice(0, wanted);
}

/** How many records of a list a viewer may read: counted by offers where only some programmes are open. */
async function totalFor(
  asking: Asking,
  ground: Ground,
  viewer: Viewer,
  query: Listed,
): Promise<number | null> {
  const { records: programmes, persons, restricted } = viewer;
  if (programmes === 'all') {
    if (persons && restricted === 'all') return asking.store.countDocuments(query);
    return null;
  }
  let total = 0;
  for (const { id, programme } of ground.catalogue.offers.values())
    if (programmes.includes(programme) && !isHidden(ground.catalogue, id, viewer))
      total += await asking.store.countDocuments({ ...query, keys: [...(query.keys ?? []), `offer:${id}`] });
  return total;
}

/** One record: what it says now, and how it came to say it. */
export async function record(
  asking: Asking,
  kind: RecordSummary['kind'],
  id: string,
  viewer: Viewer,
  at?: AskedAt,
): Promise<RecordAnswer | undefined> {
  const ground = await asking.ground(at);
  const document = await asking.store.document(kind, id, ground.upTo);
  // What may not be read is not there: a refusal would tell that it is.
  if (document === undefined || !mayRead(ground.catalogue, parseRecordDocument(document), viewer))
    return undefined;
  const events = await readEvents(asking.log, `${kind}-${id}`, ground.upTo);
  const thing = foldEvents(events)?.thing;
  if (thing === undefined) return undefined;
  return {
    ...ground.answered,
    illustrative: thing.illustrative,
    record: summaryOf(ground, document),
    revision: String(thing.revision),
    contents: thing.contents.map(({ eventId, event, withdrawn }) => ({
      event: eventId,
      type: event.type,
      data: viewer.persons ? event.data : withoutPeople(event.data),
      withdrawn,
    })),
    history: events.map((_, at) => step(events.slice(0, at + 1), viewer)),
  };
}

/** The last of a record's events as a step of its story. */
function step(events: readonly DecodedEvent[], viewer: Viewer): HistoryStep {
  const last = events.at(-1);
  if (last === undefined) throw new RangeError('A step needs an event');
  const { body, event, position } = last;
  const reason = 'reason' in event.data && typeof event.data.reason === 'string' ? event.data.reason : null;
  const changes = changesBetween(foldEvents(events.slice(0, -1))?.thing, foldEvents(events)?.thing);
  return {
    position: String(position),
    event: body.id,
    type: body.type,
    recordedAt: body.recordedAt,
    actor: body.actor,
    changes: changes.filter(({ field }) => viewer.persons || !/^(team|person)\b/.test(field)),
    reason,
    noteRef: 'noteRef' in event.data ? (event.data.noteRef ?? null) : null,
    warnings: body.warnings ?? [],
    import: body.import ?? null,
  };
}
