import { financialYearLabel, financialYearSpan, quarterSpan } from '@ledger/calendar';
import {
  claimChangedIn,
  contentsChanged,
  isThingKind,
  newThing,
  partInWords,
  spanOfContent,
  yearsDated,
} from '@ledger/domain';
import { decodeStoredBody, parseStream, type LedgerEvent, type StoredBody } from '@ledger/events';
import type { RecordedEvent } from '@ledger/event-log';
import type { AskedAt, ChangeAfterClose, ChangesAfterClose, LedgerQueries } from '../answers';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import type { PublishedFigures } from '../published-figures';
import { FiguresOfYear, type PartOfYear } from './year-figures';

/** How much one page reads of the log, and how many changes it lists. */
const eventsRead = 20_000;
const changesListed = 25;
const pageSize = 1000;
interface AppendedEvent {
  readonly recorded: RecordedEvent;
  readonly body: StoredBody;
}

type Cause = ChangeAfterClose['cause'];

/** What events of a stream are about; undefined where they cannot bear on a figure. */
function causeOf({ body }: AppendedEvent): Cause | undefined {
  switch (parseStream(body.stream)?.kind) {
    case 'activity':
    case 'claim':
    case 'observation':
    case 'deliverable':
      return 'records';
    case 'body':
      return 'register';
    case 'measure':
      return 'rules';
    case 'theme':
    case 'programme':
    case 'savings-area':
    case 'offer':
      return 'catalogue';
    default:
      return undefined;
  }
}

/** Whether a content is of a part of a year: dated in its quarter, and of an offer of its programme. */
function isOfPart(
  event: LedgerEvent,
  offer: string | undefined,
  year: number,
  { quarter, programme }: PartOfYear,
  ground: Ground,
): boolean {
  const { from, to } = quarter === undefined ? financialYearSpan(year) : quarterSpan(year, quarter);
  const span = spanOfContent(event);
  const dated =
    quarter === undefined
      ? // A membership goes on: it is dated in this year if it began before its end.
        yearsDated(event, to).includes(year)
      : span !== undefined && span.from <= to && from <= span.to;
  if (programme === undefined) return dated;
  return dated && ground.catalogue.offers.get(offer ?? '')?.programme === programme;
}

/** Whether an event changes contents of a record that are of the part of the year. */
async function isDatedIn(
  asking: Asking,
  { recorded, body }: AppendedEvent,
  { year, part }: FiguresOfYear,
  ground: Ground,
): Promise<boolean> {
  const parsed = parseStream(body.stream);
  if (parsed === undefined || !isThingKind(parsed.kind)) return false;
  const events = await readEvents(asking.log, body.stream, Number(recorded.position));
  const before = foldEvents(events.slice(0, -1)) ?? newThing(parsed.kind, parsed.id);
  const after = foldEvents(events.slice(-1), before);
  if (after === undefined) return false;
  // A rating is of the offer of what was agreed.
  const [first] = after.contents;
  const offerOf = ({ data }: LedgerEvent): string | undefined => ('offer' in data ? data.offer : undefined);
  const ofContents = contentsChanged(before, after).some(({ event }) =>
    isOfPart(event, offerOf(event) ?? (first && offerOf(first.event)), year, part, ground),
  );
  if (ofContents || first === undefined) return ofContents;
  // What is delivered, verified or lapsed is of a year, and of no quarter of it.
  const { quarter, programme } = part;
  const ofProgramme =
    programme === undefined ||
    ground.catalogue.offers.get(offerOf(first.event) ?? '')?.programme === programme;
  return quarter === undefined && ofProgramme && claimChangedIn(before, after, year);
}

/** The log after a position, an append at a time: what one command wrote is one change. */
async function* appendsAfter(
  asking: Asking,
  after: bigint,
  upTo: bigint,
): AsyncGenerator<readonly AppendedEvent[], undefined> {
  let append: AppendedEvent[] = [];
  for (let last = after; last < upTo;) {
    const page = await asking.log.readPage({ after: last, limit: pageSize });
    if (page.length === 0) break;
    for (const recorded of page) {
      if (recorded.position > upTo) break;
      const body = decodeStoredBody(recorded.bytes);
      if (append[0] !== undefined && append[0].body.correlationId !== body.correlationId) {
        yield append;
        append = [];
      }
      append.push({ recorded, body });
    }
    last = page.at(-1)?.position ?? upTo;
  }
  if (append.length > 0) yield append;
  return undefined;
}

function countsOfTypes(append: readonly AppendedEvent[]): ChangeAfterClose['events'] {
  const counts = new Map<string, number>();
  for (const { body } of append) counts.set(body.type, (counts.get(body.type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, count }));
}

/** One append as a change after a close; undefined where it neither is dated in the year nor changes a figure of it. */
async function changeOf(
  asking: Asking,
  figures: FiguresOfYear,
  ground: Ground,
  append: readonly AppendedEvent[],
): Promise<ChangeAfterClose | undefined> {
  const [first, last] = [append[0], append.at(-1)];
  const causes = new Set(append.flatMap((event) => causeOf(event) ?? []));
  if (first === undefined || last === undefined || causes.size === 0) return undefined;
  let dated = false;
  for (const event of append) dated ||= await isDatedIn(asking, event, figures, ground);
  // Records of other years are many, and bear on this one only by rules that look back: their sum is said apart.
  if (!dated && causes.size === 1 && causes.has('records')) return undefined;
  const effect = await figures.changes(first.recorded.position - 1n, last.recorded.position);
  if (!dated && effect.length === 0) return undefined;
  const adjustment = append.find(({ body }) => body.type === 'AdjustmentApproved')?.body.stream;
  return {
    from: String(first.recorded.position),
    to: String(last.recorded.position),
    recordedAt: first.body.recordedAt,
    actor: first.body.actor,
    cause: adjustment !== undefined ? 'adjustment' : ([...causes][0] ?? 'records'),
    adjustment: adjustment === undefined ? null : (parseStream(adjustment)?.id ?? null),
    events: countsOfTypes(append),
    effect,
  };
}

export interface ChangesQuestion extends PartOfYear {
  readonly year: number;
  readonly cursor?: string;
  readonly at?: AskedAt;
}

/**
 * What was recorded after a year, or a quarter or programme of it, was closed and is dated in it or changes a figure of it: records, register, catalogue and
 * rules, each with its effect (A9). @throws QuestionRefusedError where the year is not closed
 */
export async function changesAfterClose(
  parts: {
    readonly asking: Asking;
    readonly queries: Pick<LedgerQueries, 'savings'>;
    readonly published: PublishedFigures;
  },
  { year, quarter, programme, cursor, at }: ChangesQuestion,
): Promise<ChangesAfterClose> {
  const { asking } = parts;
  const resumed = cursor === undefined ? undefined : /^(\d{1,15})-(\d{1,15})$/.exec(cursor);
  if (resumed === null)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'cursor',
      'The cursor is none of this list; begin without one.',
    );
  // Further pages are of the same position as the first.
  const ground = await asking.ground(resumed === undefined ? at : { position: BigInt(resumed[1] ?? 0) });
  const closing = [...(ground.periods.get(year)?.closings.values() ?? [])].find(
    (one) => one.quarter === (quarter ?? null) && one.programme === (programme ?? null),
  );
  const part = {
    ...(quarter !== undefined && { quarter }),
    ...(programme !== undefined && { programme }),
  };
  const named = partInWords(year, { quarter: quarter ?? null, programme: programme ?? null });
  if (closing === undefined)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'year',
      `${named} is not closed by itself; changes are listed from its closing on.`,
    );
  const figures = new FiguresOfYear(asking, parts.queries, parts.published, year, part);
  const changes: ChangeAfterClose[] = [];
  let next: string | null = null;
  let read = 0;
  const start = resumed === undefined ? closing.position : BigInt(resumed[2] ?? 0);
  for await (const append of appendsAfter(asking, start, ground.position)) {
    const change = await changeOf(asking, figures, ground, append);
    if (change !== undefined) changes.push(change);
    read += append.length;
    const last = append.at(-1)?.recorded.position ?? ground.position;
    if ((read >= eventsRead || changes.length >= changesListed) && last < ground.position) {
      next = `${ground.position}-${last}`;
      break;
    }
  }
  return {
    ...ground.answered,
    year: financialYearLabel(year),
    quarter: quarter ?? null,
    programme: programme ?? null,
    state: closing.state,
    closedAt: String(closing.position),
    changes,
    total: await figures.changes(closing.position, ground.position),
    next,
  };
}
