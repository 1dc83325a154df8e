import type { TakeUpOf } from '@ledger/domain';
import type { FigureStanding, LedgerQueries, PeriodTotal, QuarterlyTotals } from '../answers';
import type { Asking, Ground } from '../asking';
import type { PublishedFigures } from '../published-figures';
import { selectionIn } from '../select-lines';
import { finalPosition, type AboutOffers } from './final-position';
import { asClosed, standingOf } from './standing-of';

function offersOf(ground: Ground, programmes: readonly string[]): readonly string[] {
  return [...ground.catalogue.offers.values()].flatMap(({ id, programme }) =>
    programmes.includes(programme) ? [id] : [],
  );
}

/** The offers that a measure selects; null where it selects by none. */
function offersOfMeasure(ground: Ground, id: string): AboutOffers {
  const measure = ground.catalogue.measures.get(id);
  const selection = measure && selectionIn(measure);
  if (selection === undefined) return null;
  const { offers, programmes } = selection;
  if (offers !== undefined) return offers;
  return programmes === undefined ? null : offersOf(ground, programmes);
}

function offersAsked(ground: Ground, of: TakeUpOf): AboutOffers {
  if ('offer' in of) return [of.offer];
  return 'programme' in of ? offersOf(ground, [of.programme]) : offersOfMeasure(ground, of.measure);
}

/**
 * Lets every figure say whether it is provisional, final or restated (D6). **Rule**: final is as recorded by the
 * closing of its year, restated is now; so the same question is asked once more as recorded by the closing.
 */
export function withStanding(
  queries: LedgerQueries,
  asking: Asking,
  published: PublishedFigures,
): LedgerQueries {
  const groundOf = async ({ position }: { readonly position: string }): Promise<Ground> =>
    asking.ground({ position: BigInt(position) });

  return {
    ...queries,
    annualTotals: async (question) => {
      const answer = await queries.annualTotals(question);
      const ground = await groundOf(answer);
      const closings = new Map(
        answer.rows.map(({ measure }) => [
          measure,
          finalPosition(ground, question.year, offersOfMeasure(ground, measure)),
        ]),
      );
      const then = new Map<bigint, Awaited<ReturnType<LedgerQueries['annualTotals']>> | undefined>();
      for (const closing of new Set(closings.values()))
        if (closing !== undefined)
          then.set(closing, await asClosed(closing, async (at) => queries.annualTotals({ ...question, at })));
      const rows = answer.rows.map((row) => {
        const closing = closings.get(row.measure);
        if (closing === undefined) return row;
        const before = then.get(closing)?.rows.find(({ measure }) => measure === row.measure);
        return { ...row, standing: standingOf(row, before, closing) };
      });
      return { ...answer, rows };
    },
    quarterlyTotals: async (question) => {
      const answer = await queries.quarterlyTotals(question);
      const ground = await groundOf(answer);
      const closingOf = (measure: string, period: PeriodTotal['period']): bigint | undefined =>
        finalPosition(
          ground,
          question.year,
          offersOfMeasure(ground, measure),
          typeof period === 'number' ? period : null,
        );
      const closings = answer.rows.flatMap(({ measure, periods }) =>
        periods.map(({ period }) => closingOf(measure, period)),
      );
      const then = new Map<bigint, QuarterlyTotals | undefined>();
      for (const closing of new Set(closings))
        if (closing !== undefined)
          then.set(
            closing,
            await asClosed(closing, async (at) => queries.quarterlyTotals({ ...question, at })),
          );
      const rows = answer.rows.map((row) => ({
        ...row,
        periods: row.periods.map((one) => {
          const closing = closingOf(row.measure, one.period);
          if (closing === undefined) return one;
          const before = then
            .get(closing)
            ?.rows.find(({ measure }) => measure === row.measure)
            ?.periods.find(({ period }) => period === one.period);
          return { ...one, standing: standingOf(one, before, closing) };
        }),
      }));
      return { ...answer, rows };
    },
    savings: async (question) => {
      const answer = await queries.savings(question);
      const closing = finalPosition(await groundOf(answer), question.year, null);
      if (closing === undefined) return answer;
      const then = await asClosed(closing, async (at) => queries.savings({ ...question, at }));
      const rows = answer.rows.map((row) => ({
        ...row,
        standing: standingOf(
          row,
          then?.rows.find(({ area }) => area === row.area),
          closing,
        ),
      }));
      return {
        ...answer,
        rows,
        total: { ...answer.total, standing: standingOf(answer.total, then?.total, closing) },
      };
    },
    takeUp: async (question) => {
      const answer = await queries.takeUp(question);
      const ground = await groundOf(answer);
      const closing = finalPosition(ground, question.year, offersAsked(ground, question.of));
      if (closing === undefined) return answer;
      const then = await asClosed(closing, async (at) => queries.takeUp({ ...question, at }));
      const standing = (row: typeof answer.total, before: typeof answer.total | undefined): FigureStanding =>
        standingOf(
          { ...row, value: row.numerator },
          before && { ...before, value: before.numerator },
          closing,
        );
      const rows = answer.rows.map((row) => ({
        ...row,
        standing: standing(
          row,
          then?.rows.find(({ group }) => group === row.group),
        ),
      }));
      return { ...answer, rows, total: { ...answer.total, standing: standing(answer.total, then?.total) } };
    },
    figure: async (id, at) => {
      const answer = await queries.figure(id, at);
      const query = published.queryOf(id);
      if (answer?.computed === undefined || query === undefined) return answer;
      const ground = await groundOf(answer);
      const about =
        query.ask === 'annual-total'
          ? offersOfMeasure(ground, query.measure)
          : query.ask === 'take-up'
            ? offersAsked(ground, query)
            : null;
      const closing = finalPosition(ground, query.year, about);
      if (closing === undefined) return answer;
      const then = await asClosed(closing, async (asked) => queries.figure(id, asked));
      const standing = standingOf(answer.computed, then?.computed, closing);
      return { ...answer, computed: { ...answer.computed, standing } };
    },
    explain: async (question) => {
      const answer = await queries.explain(question);
      const ground = await groundOf(answer);
      const about =
        question.ask === 'annual-total'
          ? offersOfMeasure(ground, question.measure)
          : question.ask === 'take-up'
            ? offersAsked(ground, question.of)
            : null;
      const quarter =
        question.ask === 'annual-total' && typeof question.quarter === 'number' ? question.quarter : null;
      const closing = finalPosition(ground, question.year, about, quarter);
      if (closing === undefined) return answer;
      const { cursor: _, ...asked } = question;
      const then = await asClosed(closing, async (at) => queries.explain({ ...asked, at, limit: 1 }));
      return { ...answer, standing: standingOf(answer, then, closing) };
    },
    sum: async (question) => {
      const answer = await queries.sum(question);
      const ground = await groundOf(answer);
      const abouts = question.measures.map((measure) => offersOfMeasure(ground, measure));
      const about = abouts.some((offers) => offers === null)
        ? null
        : abouts.flatMap((offers) => offers ?? []);
      const closing = finalPosition(ground, question.year, about);
      if (closing === undefined) return answer;
      const then = await asClosed(closing, async (at) => queries.sum({ ...question, at }));
      return { ...answer, standing: standingOf(answer, then, closing) };
    },
  };
}
