import { financialYearLabel, parseFinancialYear } from '@ledger/calendar';
import type { LedgerQueries } from '@ledger/projections';
import type { BundleFigure } from '@ledger/seal';

/** A year of which figures are wanted, as recorded by a position. */
export interface WantedYear {
  /** For example 201617. */
  readonly year: number;
  readonly position: bigint;
}

/** The questions that can be asked anew from a bundle. */
export type AskedAgain = Pick<LedgerQueries, 'annualTotals' | 'savings'>;

/** The annual totals and the savings of a year, each with its rule: what a bundle says, and what it is recomputed by. */
export async function figuresOf(
  queries: AskedAgain,
  { year, position }: WantedYear,
): Promise<BundleFigure[]> {
  const at = { position };
  const label = financialYearLabel(year);
  const [totals, savings] = [await queries.annualTotals({ year, at }), await queries.savings({ year, at })];
  const of = (
    ask: string,
    more: Record<string, string>,
  ): Pick<BundleFigure, 'ask' | 'parameters' | 'position'> => ({
    ask,
    parameters: { ...more, year: label },
    position: String(position),
  });
  return [
    ...totals.rows.map(({ measure, label: words, rule, value, unit }) => ({
      ...of('annual-total', { measure }),
      rule: rule.id,
      value: String(value),
      unit,
      label: words,
    })),
    ...savings.rows.map(({ area, label: words, pence }) => ({
      ...of('savings', { area: area ?? 'none' }),
      rule: savings.rule.id,
      value: String(pence),
      unit: 'pence',
      label: words,
    })),
    {
      ...of('savings', {}),
      rule: savings.rule.id,
      value: String(savings.total.pence),
      unit: 'pence',
      label: savings.total.label,
    },
  ];
}

/** What tells one figure from another. */
export function figureKey({ ask, parameters, position }: BundleFigure): string {
  const sorted = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([ask, sorted, position]);
}

/** Years that are finally closed, each as recorded by its closing, and others that are asked for, as recorded now. */
export async function wantedYears(
  queries: Pick<LedgerQueries, 'periods'>,
  asked: readonly number[],
  position: bigint,
): Promise<readonly WantedYear[]> {
  const { periods } = await queries.periods({ position });
  const closed = periods.flatMap(({ year, closed: parts }) => {
    const final = parts.find(
      ({ state, quarter, programme }) => state === 'final' && quarter === null && programme === null,
    );
    const number = parseFinancialYear(year);
    return final === undefined || number === undefined
      ? []
      : [{ year: number, position: BigInt(final.position) }];
  });
  return [...closed, ...asked.map((year) => ({ year, position }))];
}
