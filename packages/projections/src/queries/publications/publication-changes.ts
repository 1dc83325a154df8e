import { parseFinancialYear } from '@ledger/calendar';
import type { AskedAt } from '../answered';
import type { ChangeAfterClose } from '../answers';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import { appendsAfter, causesOf, type AppendedEvent } from '../changes-after-close/appends';
import { isDatedIn } from '../changes-after-close/dated-in';
import { citedKey } from '../citations/cited-figure';
import type { CitableQueries } from '../citations/cited-figures';
import { DifferenceFinder } from './difference-finder';
import { FiguresAgain, saidBy, saysTheSame } from './figures-again';
import type { PublicationChanges } from './publication-answers';
import { findPublication, type FoundPublication } from './publications';

/** How much one page reads of the log, and how many changes it lists. */
const eventsRead = 20_000;
const changesListed = 25;

/** Where a page begins: the position that all pages are of, and how far the list has come. */
function parseCursor(cursor: string | undefined): { position: bigint; from: bigint } | undefined {
  if (cursor === undefined) return undefined;
  const parts = /^(\d{1,15})-(\d{1,15})$/.exec(cursor);
  if (parts === null)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'cursor',
      'The cursor is none of this list; begin without one.',
    );
  return { position: BigInt(parts[1] ?? 0), from: BigInt(parts[2] ?? 0) };
}

/** The figures of a publication that say something else now: only those are asked again and again. */
async function differing(
  queries: CitableQueries,
  { ground, own, summary }: FoundPublication,
): Promise<FoundPublication['own']> {
  const all = new FiguresAgain(
    queries,
    own.map(({ figure }) => figure),
  );
  const [then, now] = [await all.at(BigInt(summary.asRecordedBy)), await all.at(ground.position)];
  return own.filter(({ figure }) => {
    const [was, is] = [then.get(citedKey(figure)), now.get(citedKey(figure))];
    return !saysTheSame(was && saidBy(was), is && saidBy(is));
  });
}

/** Whether what a command recorded is looked at by itself: it is of the years of the figures, or of what they are joined with. */
async function isCandidate(
  asking: Asking,
  ground: Ground,
  append: readonly AppendedEvent[],
  years: ReadonlySet<number>,
): Promise<boolean> {
  const causes = causesOf(append);
  if (causes.size === 0) return false;
  if (causes.size > 1 || !causes.has('records')) return true;
  for (const event of append)
    for (const year of years) if (await isDatedIn(asking, event, { year }, ground)) return true;
  return false;
}

/** Changes of figures from one position on, in the order in which they were recorded. */
class ChangesFrom {
  readonly changes: ChangeAfterClose[] = [];

  constructor(
    readonly finder: DifferenceFinder,
    /** Up to here everything is explained. */
    public explained: bigint,
  ) {}

  /** Explains what lies up to a position by records of other years, which rules that look back count. */
  async upTo(position: bigint): Promise<void> {
    const found = await this.finder.between(this.explained, position);
    this.changes.push(...found);
    if (position > this.explained) this.explained = position;
  }

  /** Explains what one command did. */
  async by(append: readonly AppendedEvent[]): Promise<void> {
    const [first, last] = [append[0], append.at(-1)];
    if (first === undefined || last === undefined) return;
    await this.upTo(first.recorded.position - 1n);
    const change = await this.finder.change(append);
    if (change !== undefined) this.changes.push(change);
    this.explained = last.recorded.position;
  }
}

/**
 * The events that made the figures of a publication differ from what they said: every change of a figure that differs now,
 * also what was changed back later, so that the effects add up. Undefined where there is no such publication.
 */
export async function publicationChanges(
  { asking, queries }: { readonly asking: Asking; readonly queries: CitableQueries },
  { id, cursor, at }: { readonly id: string; readonly cursor?: string; readonly at?: AskedAt },
): Promise<PublicationChanges | undefined> {
  const resumed = parseCursor(cursor);
  const found = await findPublication(
    asking,
    id,
    resumed === undefined ? at : { position: resumed.position },
  );
  if (found === undefined) return undefined;
  const { ground, summary } = found;
  const figures = (await differing(queries, found)).map(({ figure }) => figure);
  const years = new Set(figures.map(({ parameters }) => parseFinancialYear(parameters['year'] ?? '') ?? 0));
  const finder = new DifferenceFinder(asking, new FiguresAgain(queries, figures));
  const list = new ChangesFrom(finder, resumed?.from ?? BigInt(summary.asRecordedBy));
  let next: string | null = null;
  if (figures.length > 0) {
    let read = 0;
    for await (const append of appendsAfter(asking, list.explained, ground.position)) {
      const last = append.at(-1)?.recorded.position ?? ground.position;
      if (await isCandidate(asking, ground, append, years)) await list.by(append);
      read += append.length;
      if ((read >= eventsRead || list.changes.length >= changesListed) && last < ground.position) {
        await list.upTo(last);
        next = `${ground.position}-${last}`;
        break;
      }
    }
    if (next === null) await list.upTo(ground.position);
  }
  return { ...ground.answered, publication: summary, changes: list.changes, next };
}
