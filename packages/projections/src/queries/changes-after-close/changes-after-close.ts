import { financialYearLabel } from '@ledger/calendar';
import { partInWords } from '@ledger/domain';
import type { AskedAt, ChangesAfterClose, LedgerQueries, ListedChange } from '../answers';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import type { PublishedFigures } from '../published-figures';
import { isAcrossTheClose } from './across-the-close';
import { appendsAfter, causesOf, changeBy, type AppendedEvent } from './appends';
import { isDatedIn } from './dated-in';
import { FiguresOfYear, type PartOfYear } from './year-figures';

/** How much one page reads of the log, and how many changes it lists. */
const eventsRead = 20_000;
const changesListed = 25;

/** One append as a change after a close; undefined where it neither is dated in the year nor changes a figure of it. */
async function changeOf(
  asking: Asking,
  figures: FiguresOfYear,
  ground: Ground,
  append: readonly AppendedEvent[],
): Promise<ListedChange | undefined> {
  const [first, last] = [append[0], append.at(-1)];
  const causes = causesOf(append);
  if (first === undefined || last === undefined || causes.size === 0) return undefined;
  let dated = false;
  for (const event of append) dated ||= await isDatedIn(asking, event, figures, ground);
  // Records of other years are many, and bear on this one only by rules that look back: their sum is said apart.
  if (!dated && causes.size === 1 && causes.has('records')) return undefined;
  const effect = await figures.changes(first.recorded.position - 1n, last.recorded.position);
  if (!dated && effect.length === 0) return undefined;
  const change = await changeBy(asking, append, effect);
  return change && { ...change, acrossTheClose: dated && (await isAcrossTheClose(asking, append)) };
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
  const changes: ListedChange[] = [];
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
