import { decodeStoredBody } from '@ledger/events';
import type { AskedAt } from '../answered';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import type { CitableQueries } from '../citations/cited-figures';
import { citedKey } from '../citations/cited-figure';
import { FiguresAgain, saidBy, saidThen, saysTheSame, type FiguresThen } from './figures-again';
import type {
  CitedSince,
  PublicationAnswer,
  PublicationsAnswer,
  PublicationSummary,
} from './publication-answers';
import { lastBefore, publishedFacts, type PublishedFact } from './published-facts';

const usualLimit = 25;

/** The figures of each publication, in the order in which they were published. */
function byPublication(facts: readonly PublishedFact[]): ReadonlyMap<string, readonly PublishedFact[]> {
  const found = new Map<string, PublishedFact[]>();
  for (const fact of facts) {
    const known = found.get(fact.publication);
    if (known === undefined) found.set(fact.publication, [fact]);
    else known.push(fact);
  }
  return found;
}

async function actorOf(asking: Asking, position: bigint): Promise<string> {
  const [recorded] = await asking.log.readPage({ after: position - 1n, limit: 1 });
  return recorded === undefined ? '' : decodeStoredBody(recorded.bytes).actor;
}

async function summaryOf(
  asking: Asking,
  facts: readonly PublishedFact[],
): Promise<PublicationSummary | undefined> {
  const [first, last] = [facts[0], facts.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return {
    id: first.publication,
    title: first.figure.publication,
    position: String(last.position),
    recordedAt: first.recordedAt,
    actor: await actorOf(asking, first.position),
    asRecordedBy: first.figure.position,
    figures: facts.length,
  };
}

/** What was published, the newest first. @throws QuestionRefusedError for a cursor that is none */
export async function publications(
  asking: Asking,
  question: { readonly limit?: number; readonly cursor?: string; readonly at?: AskedAt },
): Promise<PublicationsAnswer> {
  const { limit = usualLimit, cursor, at } = question;
  const ground = await asking.ground(at);
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'cursor',
      'The cursor is none of this list; begin without one.',
    );
  const all = [...byPublication(publishedFacts(await asking.publicationFacts(ground.position))).values()];
  const before = cursor === undefined ? undefined : BigInt(cursor);
  const rest = all
    .filter(([first]) => first !== undefined && (before === undefined || first.position < before))
    .reverse();
  const page = rest.slice(0, limit);
  const summaries = await Promise.all(page.map((facts) => summaryOf(asking, facts)));
  const next = rest.length > page.length ? page.at(-1)?.[0]?.position : undefined;
  return {
    ...ground.answered,
    publications: summaries.flatMap((summary) => summary ?? []),
    total: all.length,
    next: next === undefined ? null : String(next),
  };
}

/** Whole pence and hundredths stay exact when differences are taken of pounds and days. */
function difference(now: string | null | undefined, then: string): number | null {
  if (now === null || now === undefined) return null;
  return Math.round(100 * Number(now) - 100 * Number(then)) / 100;
}

function citedSince(
  { event, figure }: PublishedFact,
  [then, now]: readonly [FiguresThen, FiguresThen],
  earlier: PublishedFact | undefined,
): CitedSince {
  const key = citedKey(figure);
  const said = saidThen(figure);
  const [again, since] = [then.get(key), now.get(key)];
  const recounted = again === undefined ? null : saidBy(again);
  const present = since === undefined ? null : saidBy(since);
  return {
    event,
    ask: figure.ask,
    parameters: figure.parameters,
    label: figure.label,
    unit: figure.unit,
    standing: figure.standing,
    said,
    recounted,
    agrees: recounted !== null && recounted.rule === said.rule && saysTheSame(recounted, said),
    now: present,
    changed: !saysTheSame(present ?? undefined, said),
    difference: difference(present?.value, figure.value),
    before:
      earlier === undefined
        ? null
        : {
            publication: earlier.publication,
            title: earlier.figure.publication,
            recordedAt: earlier.recordedAt,
            shown: earlier.figure.shown,
            restated: !saysTheSame(saidThen(earlier.figure), said),
          },
  };
}

/** A publication as it is found at a position, with all that was published by then. */
export interface FoundPublication {
  readonly ground: Ground;
  readonly all: readonly PublishedFact[];
  readonly own: readonly PublishedFact[];
  readonly summary: PublicationSummary;
}

export async function findPublication(
  asking: Asking,
  id: string,
  at: AskedAt | undefined,
): Promise<FoundPublication | undefined> {
  const ground = await asking.ground(at);
  const all = publishedFacts(await asking.publicationFacts(ground.position));
  const own = all.filter(({ publication }) => publication === id);
  const summary = await summaryOf(asking, own);
  return summary && { ground, all, own, summary };
}

/** A publication: what it said, counted again, what it says now; undefined where there is none. */
export async function publication(
  parts: { readonly asking: Asking; readonly queries: CitableQueries },
  id: string,
  at?: AskedAt,
): Promise<PublicationAnswer | undefined> {
  const found = await findPublication(parts.asking, id, at);
  if (found === undefined) return undefined;
  const { ground, all, own, summary } = found;
  const again = new FiguresAgain(
    parts.queries,
    own.map(({ figure }) => figure),
  );
  const then = await again.at(BigInt(summary.asRecordedBy));
  const now = await again.at(ground.position);
  const earlier = lastBefore(all, own[0]?.position ?? 0n);
  return {
    ...ground.answered,
    illustrative: [...then.values(), ...now.values()].some(({ illustrative }) => illustrative),
    publication: summary,
    figures: own.map((fact) => citedSince(fact, [then, now], earlier.get(citedKey(fact.figure)))),
  };
}
