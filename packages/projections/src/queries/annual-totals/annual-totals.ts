import { financialYearLabel, financialYearSpan, previousFinancialYear, sameDayOf } from '@ledger/calendar';
import type { Measure } from '@ledger/domain';
import type { AnnualTotalRow, AnnualTotals, Change, LedgerQueries } from '../answers';
import type { Asking, Ground } from '../asking';
import { beside } from '../comparing';
import { countRecords, datedOnlyToYear } from '../dated-only-to-year';
import { cite, evaluateMeasure, measuresAsked } from '../measure-evaluation';
import { provisional } from '../periods/provisional';
import type { PublishedFigures } from '../published-figures';
import { pathWith, showCount, showValue, valueOf } from '../showing';

/** A change on the year before, with the value it is a change of (S3); null where that year has none. */
export function changeOn(previous: number, value: number): Change | null {
  if (previous === 0) return null;
  const difference = value - previous;
  // The exact ratio rounded half up, away from nought for a fall.
  const whole = Math.sign(difference) * Math.floor((200 * Math.abs(difference) + previous) / (2 * previous));
  return {
    previous,
    base: previous,
    percentage: whole,
    shown: `${whole > 0 ? '+' : whole < 0 ? '−' : ''}${Math.abs(whole)}% on ${showCount(previous)}`,
  };
}

async function row(
  asking: Asking,
  ground: Ground,
  published: PublishedFigures,
  measure: Measure,
  { year, asAt, onlyToYear }: AskedTotals,
): Promise<AnnualTotalRow> {
  const only = onlyToYear.get(measure.id)?.size ?? 0;
  const asked = { measure: measure.id, year, ...(asAt !== undefined && { asAt }) };
  const { rule, evaluation, lines } = await evaluateMeasure(asking, ground, asked);
  const { illustrative } = evaluation;
  const earlier = previousFinancialYear(year);
  const previous = await evaluateMeasure(asking, ground, {
    measure: measure.id,
    year: earlier,
    ...(asAt !== undefined && { asAt: sameDayOf(earlier, asAt) }),
  });
  const value = valueOf(measure, evaluation);
  const figures = await published.matching({ ask: 'annual-total', ...asked }, ground.upTo);
  return {
    measure: measure.id,
    label: measure.label,
    value,
    unit: measure.unit,
    shown: showValue(measure, evaluation),
    standing: provisional,
    ...(evaluation.base !== undefined && { numerator: evaluation.value, base: evaluation.base }),
    rule: cite(rule),
    change: changeOn(valueOf(measure, previous.evaluation), value),
    published: await Promise.all(
      figures.map((figure) => beside(ground, figure, { value, illustrative, lines, year })),
    ),
    leftOut: [
      ...evaluation.remainders,
      ...(only === 0 ? [] : [{ label: 'dated only to the year', count: only }]),
    ],
    illustrative,
    explain: pathWith('/api/explain', {
      ask: 'annual-total',
      measure: measure.id,
      year: financialYearLabel(year),
      asAt,
      asRecordedBy: ground.answered.asRecordedBy ?? undefined,
    }),
  };
}

interface AskedTotals {
  readonly year: number;
  readonly asAt: string | undefined;
  /** Records of each measure that are left out because they are dated only to the year. */
  readonly onlyToYear: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Totals of a whole year leave nothing out, and need no look at single records. */
const nothingLeftOut: AskedTotals['onlyToYear'] = new Map();

/** Every measure in force, for one financial year or up to a day of it. */
export async function annualTotals(
  asking: Asking,
  published: PublishedFigures,
  question: Parameters<LedgerQueries['annualTotals']>[0],
): Promise<AnnualTotals> {
  const { year, asAt, measures } = question;
  const ground = await asking.ground(question.at);
  const whole = asAt === undefined || asAt === financialYearSpan(year).to;
  const onlyToYear = whole ? nothingLeftOut : await datedOnlyToYear(asking, ground, year);
  const rows: AnnualTotalRow[] = [];
  for (const measure of measuresAsked(ground, measures))
    rows.push(await row(asking, ground, published, measure, { year, asAt, onlyToYear }));
  return {
    ...ground.answered,
    illustrative: rows.some(({ illustrative }) => illustrative),
    year: financialYearLabel(year),
    asAt: asAt ?? null,
    datedOnlyToYear: countRecords(onlyToYear),
    rows,
  };
}
