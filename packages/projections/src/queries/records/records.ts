import { foldText } from '../../documents/fold-text';
import { parseStream } from '@ledger/events';
import { recordDocument } from '../../documents/record-document';
import type { RecordSearch } from '../../documents/record-finder';
import type { RecordKeyName } from '../../documents/record-key';
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
import { NumberSet } from '../../roll-ups/number-set';
import { isHidden, mayRead, typesOfOnePerson, withoutPeople, type Viewer } from '../viewer';
import { approvalFrom, approvalOf } from './approval';
import { changesBetween } from './changes';
import { summary } from './summary';

const usualLimit = 50;
const largestLimit = 500;

/** A record of a list, read from its own stream as recorded by the ground's position. */
async function summaryAt(asking: Asking, ground: Ground, ordinal: number): Promise<RecordSummary> {
  const [first] = await asking.log.readPage({ after: BigInt(ordinal) - 1n, limit: 1 });
  const parsed = first && parseStream(first.stream);
  const thing = first && foldEvents(await readEvents(asking.log, first.stream, ground.upTo));
  if (parsed === undefined || thing === undefined)
    throw new RangeError(`The index names a record at position ${ordinal}, and the log has none there`);
  return summary(ground, thing.kind, parsed.id, recordDocument(thing));
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
    ...(offer === undefined ? [] : [{ name: 'offer' as const, value: offer }]),
    ...(body === undefined ? [] : [{ name: 'body' as const, value: body }]),
    ...(year === undefined ? [] : [{ name: 'year' as const, value: String(year) }]),
  ];
  const words = foldText(search)
    .split(' ')
    .filter((word) => word !== '');
  const readableOnes = await readable(asking, ground, question.viewer, { kind, keys, words });
  const found =
    question.waiting === true ? await waitingAmong(asking, ground, kind, readableOnes) : readableOnes;
  const page = found.below(cursor === undefined ? Infinity : Number(cursor), limit + 1);
  const shown = page.slice(0, limit);
  const summaries = await Promise.all(shown.map((ordinal) => summaryAt(asking, ground, ordinal)));
  return {
    ...ground.answered,
    illustrative: summaries.some(({ illustrative }) => illustrative),
    records: summaries,
    total: found.size,
    next: page.length > limit ? String(shown.at(-1) ?? 0) : null,
  };
}

/**
 * Those of records that wait for approval. Only what was recorded since a programme asked for it can, so only that is
 * looked at, one record at a time.
 */
async function waitingAmong(
  asking: Asking,
  ground: Ground,
  kind: RecordSummary['kind'],
  found: NumberSet,
): Promise<NumberSet> {
  const { catalogue, upTo } = ground;
  const waiting = new NumberSet();
  for (const { id } of catalogue.offers.values()) {
    const from = approvalFrom(catalogue, id);
    if (from === null) continue;
    const ofOffer = await asking.records.find(
      { kind, keys: [{ name: 'offer', value: id }], words: [] },
      upTo,
    );
    for (const ordinal of ofOffer)
      if (BigInt(ordinal) > from && found.has(ordinal) && (await waits(asking, ground, ordinal)))
        waiting.add(ordinal);
  }
  return waiting;
}

async function waits(asking: Asking, ground: Ground, ordinal: number): Promise<boolean> {
  const [first] = await asking.log.readPage({ after: BigInt(ordinal) - 1n, limit: 1 });
  const thing = first && foldEvents(await readEvents(asking.log, first.stream, ground.upTo));
  return thing !== undefined && (await approvalOf(asking.log, ground, thing)).waiting;
}

/** The records that fit and that a viewer may read: what is hidden is neither listed nor counted. */
async function readable(
  asking: Asking,
  ground: Ground,
  viewer: Viewer,
  search: RecordSearch,
): Promise<NumberSet> {
  const { records: programmes, persons } = viewer;
  const alsoWith = async (name: RecordKeyName, value: string): Promise<NumberSet> =>
    asking.records.find({ ...search, keys: [...search.keys, { name, value }] }, ground.upTo);
  const offers = [...ground.catalogue.offers.values()];
  const found = new NumberSet();
  if (programmes === 'all') found.addAll(await asking.records.find(search, ground.upTo));
  else
    for (const { id, programme } of offers)
      if (programmes.includes(programme)) found.addAll(await alsoWith('offer', id));
  for (const { id } of offers)
    if (isHidden(ground.catalogue, id, viewer))
      for (const one of await alsoWith('offer', id)) found.delete(one);
  if (!persons)
    for (const type of typesOfOnePerson) for (const one of await alsoWith('type', type)) found.delete(one);
  return found;
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
  const events = await readEvents(asking.log, `${kind}-${id}`, ground.upTo);
  const thing = foldEvents(events);
  // What is parked has changed nothing yet, so it is no part of the story.
  const told = events.filter(({ revision }) => thing !== undefined && revision <= thing.revision);
  // What may not be read is not there: a refusal would tell that it is.
  if (thing === undefined || !mayRead(ground.catalogue, recordDocument(thing), viewer)) return undefined;
  return {
    ...ground.answered,
    illustrative: thing.illustrative,
    record: summary(ground, kind, id, recordDocument(thing)),
    revision: String(thing.revision),
    contents: thing.contents.map(({ eventId, event, withdrawn }) => ({
      event: eventId,
      type: event.type,
      data: viewer.persons ? event.data : withoutPeople(event.data),
      withdrawn,
    })),
    approval: await approvalOf(asking.log, ground, thing),
    history: historyOf(told, viewer),
  };
}

/** The events of a record as the steps of its story, without people for whoever may not see them. */
export function historyOf(events: readonly DecodedEvent[], viewer: Viewer): readonly HistoryStep[] {
  return events.map((_, at) => step(events.slice(0, at + 1), viewer));
}

/** The last of a record's events as a step of its story. */
function step(events: readonly DecodedEvent[], viewer: Viewer): HistoryStep {
  const last = events.at(-1);
  if (last === undefined) throw new RangeError('A step needs an event');
  const { body, event, position } = last;
  const reason = 'reason' in event.data && typeof event.data.reason === 'string' ? event.data.reason : null;
  const changes = changesBetween(foldEvents(events.slice(0, -1)), foldEvents(events));
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
