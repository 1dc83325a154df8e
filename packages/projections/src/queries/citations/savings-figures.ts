import { parseFinancialYear } from '@ledger/calendar';
import type { CitedParameters } from '@ledger/domain';
import { Qualifier } from '@ledger/events';
import type { AskedAt, AttributedAmount, FigureStanding, LedgerQueries } from '../answers';
import { provisional } from '../periods/provisional';
import type { CitedFigure, CitedTable } from './cited-figure';

/** The savings annex of a year: its areas, its sorts of gain, the total, and what is not apportioned. */
export async function savingsFigures(
  queries: Pick<LedgerQueries, 'savings'>,
  parameters: CitedParameters<'savings'>,
  at: AskedAt | undefined,
): Promise<CitedTable> {
  const year = parseFinancialYear(parameters.year) ?? 0;
  const answer = await queries.savings({ year, ...(at !== undefined && { at }) });
  const { rows, total, split, notApportioned, target: _, rule, year: label, ...answered } = answer;
  const figure = (
    more: Readonly<Record<string, string>>,
    words: string,
    amount: AttributedAmount & { readonly illustrative?: boolean; readonly standing?: FigureStanding },
  ): CitedFigure => ({
    ask: 'savings',
    parameters: { ...more, year: label },
    label: words,
    rule,
    value: String(amount.pence),
    unit: 'pence',
    shown: amount.shown,
    qualifier: Qualifier.parse(amount.qualifier),
    attributed: String(amount.attributedPence),
    standing: amount.standing ?? provisional,
    illustrative: amount.illustrative ?? answer.illustrative,
  });
  // An area may have some of the year's sorts and not others; its label names all that may be in it (B5).
  const sorts = split.map((one) => one.label.toLowerCase()).join('; ');
  const mixed = sorts === '' ? '' : `, adding up what there is of: ${sorts}`;
  return {
    ...answered,
    title: `Savings annex, ${label}`,
    figures: [
      ...rows.map((row) =>
        figure({ area: row.area ?? 'none' }, `Gains, ${row.label}, ${label}${mixed}`, row),
      ),
      figure({}, total.label, total),
      ...split.map((one) => {
        const { realisation, gainType, amountBasis } = one;
        return figure({ realisation, gainType, amountBasis }, `${one.label}, ${label}`, one);
      }),
      figure(
        { notApportioned: 'true' },
        `Gains of any realisation, gain type and basis together, not apportioned to years, ${label} among them`,
        notApportioned,
      ),
    ],
  };
}
