import { financialYearLabel } from '@ledger/calendar';
import { checkFigures } from '@ledger/domain';
import type { AskedAt } from '../answered';
import type { Asking } from '../asking';
import type { PublishedFigures } from '../published-figures';
import type { FigureChecks } from './figure-check-answers';

/** Checks the amounts brought forward against one another: parts against totals, and one value under two scopes. */
export async function figureChecks(
  asking: Asking,
  published: PublishedFigures,
  at?: AskedAt,
): Promise<FigureChecks> {
  const ground = await asking.ground(at);
  const figures = await published.all(ground.upTo);
  const findings = checkFigures(figures).map(({ year, ...finding }) => ({
    ...finding,
    year: financialYearLabel(year),
  }));
  return { ...ground.answered, illustrative: false, findings };
}
