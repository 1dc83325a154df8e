import { financialYearLabel, parseFinancialYear } from '@ledger/calendar';
import { saidBesides, type CitedFigure, type LedgerQueries, type PublishedFact } from '@ledger/projections';
import type { BundleFigure } from '@ledger/seal';

/** A year of which figures are wanted, as recorded by a position. */
export interface WantedYear {
  /** For example 201617. */
  readonly year: number;
  readonly position: bigint;
}

/** A figure as a bundle names it, as recorded by a position; undefined where it is withheld. */
export function bundleFigure(figure: CitedFigure, position: bigint): BundleFigure | undefined {
  const { ask, parameters, rule, value, unit, label } = figure;
  if (value === null) return undefined;
  return {
    ask,
    parameters,
    position: String(position),
    rule: rule.id,
    value,
    unit,
    label,
    ...saidBesides(figure),
  };
}

/** The annual totals and the savings of a year, each with its rule. */
export async function figuresOf(
  queries: Pick<LedgerQueries, 'citedFigures'>,
  { year, position }: WantedYear,
): Promise<BundleFigure[]> {
  const parameters = { year: financialYearLabel(year) };
  const figures: BundleFigure[] = [];
  for (const ask of ['annual-total', 'savings'] as const) {
    const table = await queries.citedFigures({ question: { ask, parameters }, at: { position } });
    figures.push(...table.figures.flatMap((figure) => bundleFigure(figure, position) ?? []));
  }
  return figures;
}

/** A figure just as it was published, with its publication. */
export function publishedFigure({ publication, figure }: PublishedFact): BundleFigure {
  const { ask, parameters, position, rule, value, unit, label } = figure;
  return {
    ask,
    parameters,
    position,
    rule,
    value,
    unit,
    label,
    ...saidBesides(figure),
    publication,
  };
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
