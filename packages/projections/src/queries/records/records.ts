import { foldText } from '../../documents/fold-text';
import { parseStream } from '@ledger/events';
import { recordDocument, type RecordDocument } from '../../documents/record-document';
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
import { changesBetween } from './changes';

const usualLimit = 50;
const largestLimit = 500;

function summary(
  ground: Ground,
  kind: RecordSummary['kind'],
  id: string,
  document: RecordDocument,
): RecordSummary {
  const { type, title, offer, bodies, from, to, state, illustrative } = document;
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
    from,
    to,
    state,
    illustrative,
  };
}

/** A record of a list, read from its own stream as recorded by the ground's position. */
async function summaryAt(asking: Asking, ground: Ground, ordinal: number): Promise<RecordSummary> {
  const [first] = await asking.log.readPage({ after: BigInt(ordinal) - 1n, limit: 1 });
  const parsed = first && parseStream(first.stream);
  const thing = first && foldEvents(await readEvents(asking.log, first.stream, ground.upTo))?.thing;
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
  const found = await asking.records.find({ kind, keys, words }, ground.upTo);
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

/** One record: what it says now, and how it came to say it. */
export async function record(
  asking: Asking,
  kind: RecordSummary['kind'],
  id: string,
  at?: AskedAt,
): Promise<RecordAnswer | undefined> {
  const ground = await asking.ground(at);
  const events = await readEvents(asking.log, `${kind}-${id}`, ground.upTo);
  const thing = foldEvents(events)?.thing;
  if (thing === undefined) return undefined;
  return {
    ...ground.answered,
    illustrative: thing.illustrative,
    record: summary(ground, kind, id, recordDocument(thing)),
    revision: String(thing.revision),
    contents: thing.contents.map(({ eventId, event, withdrawn }) => ({
      event: eventId,
      type: event.type,
      data: event.data,
      withdrawn,
    })),
    history: events.map((_, at) => step(events.slice(0, at + 1))),
  };
}

/** The last of a record's events as a step of its story. */
function step(events: readonly DecodedEvent[]): HistoryStep {
  const last = events.at(-1);
  if (last === undefined) throw new RangeError('A step needs an event');
  const { body, event, position } = last;
  const reason = 'reason' in event.data && typeof event.data.reason === 'string' ? event.data.reason : null;
  return {
    position: String(position),
    event: body.id,
    type: body.type,
    recordedAt: body.recordedAt,
    actor: body.actor,
    changes: changesBetween(foldEvents(events.slice(0, -1))?.thing, foldEvents(events)?.thing),
    reason,
  };
}
