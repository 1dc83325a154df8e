import { parseFinancialYear } from '@ledger/calendar';
import type { LedgerQueries } from '../answers';
import type { Asking } from '../asking';
import { finalPosition } from '../periods/final-position';
import { asClosed, standingOf } from '../periods/standing-of';
import { citedFigures, type CitableQueries } from './cited-figures';
import { citedKey, type CitedFigure } from './cited-figure';

function comparable({ value, base, shown }: CitedFigure): Parameters<typeof standingOf>[0] {
  return { value: value === null ? null : Number(value), shown, ...(base !== undefined && { base }) };
}

/**
 * Figures as they can be cited, each with its standing (D6). Questions about gains are of whole years and of all
 * programmes, and some of their rows say nothing of it themselves: those are asked once more as recorded by the closing.
 */
export function citedWithStanding(queries: CitableQueries, asking: Asking): LedgerQueries['citedFigures'] {
  return async (asked) => {
    const table = await citedFigures(queries, asked);
    const { ask, parameters } = asked.question;
    if (ask !== 'savings' && ask !== 'savings-table') return table;
    const ground = await asking.ground({ position: BigInt(table.position) });
    const closing = finalPosition(ground, parseFinancialYear(parameters.year) ?? 0, null);
    if (closing === undefined) return table;
    const then = await asClosed(closing, async (at) => citedFigures(queries, { ...asked, at }));
    const before = new Map(then?.figures.map((figure) => [citedKey(figure), comparable(figure)]));
    const figures = table.figures.map((figure) => ({
      ...figure,
      standing: standingOf(comparable(figure), before.get(citedKey(figure)), closing),
    }));
    return { ...table, figures };
  };
}
