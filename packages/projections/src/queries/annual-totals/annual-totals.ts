import { financialYearLabel, previousFinancialYear } from '@ledger/calendar';
import type { Measure } from '@ledger/domain';
import type { AnnualTotalRow, AnnualTotals, AskedAt, Change } from '../answers';
import type { Asking, Ground } from '../asking';
import { beside } from '../comparing';
import { cite, evaluateMeasure } from '../measure-evaluation';
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
  question: { readonly year: number; readonly at?: AskedAt },
): Promise<AnnualTotalRow> {
  const { year } = question;
  const { rule, evaluation, lines } = await evaluateMeasure(asking, ground, { measure: measure.id, year });
  const { illustrative } = evaluation;
  const previous = await evaluateMeasure(asking, ground, {
    measure: measure.id,
    year: previousFinancialYear(year),
  });
  const value = valueOf(measure, evaluation);
  const figures = await published.matching({ ask: 'annual-total', measure: measure.id, year }, ground.upTo);
  return {
    measure: measure.id,
    label: measure.label,
    value,
    unit: measure.unit,
    shown: showValue(measure, evaluation),
    ...(evaluation.base !== undefined && { numerator: evaluation.value, base: evaluation.base }),
    rule: cite(rule),
    change: changeOn(valueOf(measure, previous.evaluation), value),
    published: await Promise.all(
      figures.map((figure) => beside(ground, figure, { value, illustrative, lines, year })),
    ),
    leftOut: evaluation.remainders,
    illustrative,
    explain: pathWith('/api/explain', {
      ask: 'annual-total',
      measure: measure.id,
      year: financialYearLabel(year),
      asRecordedBy: ground.answered.asRecordedBy ?? undefined,
    }),
  };
}

/** Every measure in force, for one financial year. */
export async function annualTotals(
  asking: Asking,
  published: PublishedFigures,
  question: { readonly year: number; readonly at?: AskedAt },
): Promise<AnnualTotals> {
  const ground = await asking.ground(question.at);
  const rows: AnnualTotalRow[] = [];
  for (const measure of ground.catalogue.measures.values())
    rows.push(await row(asking, ground, published, measure, question));
  return {
    ...ground.answered,
    illustrative: rows.some(({ illustrative }) => illustrative),
    year: financialYearLabel(question.year),
    rows,
  };
}
