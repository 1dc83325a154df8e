import { financialYearSpan, parseFinancialYear } from '@ledger/calendar';
import { figureMapping } from '@ledger/demonstration';
import { seesEverything, type AskedAt, type LedgerQueries } from '@ledger/projections';

const groupings = ['region', 'type', 'control', 'party'] as const;

/** Every figure that a ledger can be asked for, by the question: totals, tables, take-up, what was published, lists. */
async function everyFigure(queries: LedgerQueries, at: AskedAt): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  const years = (await queries.yearsWithRecords(at)).flatMap((label) => parseFinancialYear(label) ?? []);
  for (const year of years) {
    answers.set(`totals ${year}`, await queries.annualTotals({ year, at }));
    answers.set(`quarters ${year}`, await queries.quarterlyTotals({ year, at }));
    answers.set(`savings ${year}`, await queries.savings({ year, at }));
    const asAt = `${financialYearSpan(year).from.slice(0, 4)}-09-30`;
    answers.set(`deliverables ${year}`, await queries.deliverables({ year, asAt, at }));
  }
  const year = years.at(-1) ?? 0;
  const offers = (await queries.offers(at)).map(({ id }) => id);
  answers.set('offers', offers);
  for (const [turn, offer] of offers.entries()) {
    const by = groupings[turn % groupings.length] ?? 'type';
    const of = { offer };
    answers.set(`take-up of ${offer}`, await queries.takeUp({ viewer: seesEverything, of, year, by, at }));
  }
  for (const { figure } of figureMapping) answers.set(`figure ${figure}`, await queries.figure(figure, at));
  answers.set('records', await queries.records({ viewer: seesEverything, at }));
  answers.set('periods', await queries.periods(at));
  return answers;
}

/** Holds all figures of one ledger against those of another; how many there are. */
export async function compareFigures(
  theirs: LedgerQueries,
  own: LedgerQueries,
  at: AskedAt,
): Promise<number> {
  const [found, expected] = [await everyFigure(theirs, at), await everyFigure(own, at)];
  for (const [question, answer] of expected)
    expect({ question, answer: found.get(question) }).toEqual({ question, answer });
  expect(found.size).toBe(expected.size);
  return expected.size;
}
