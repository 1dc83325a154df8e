import { financialYearLabel } from '@ledger/calendar';
import { quarters, type Measure, type Quarter } from '@ledger/domain';
import type { LedgerQueries, PeriodTotal, QuarterlyRow, QuarterlyTotals } from '../answers';
import type { Asking, Ground } from '../asking';
import { countRecords, datedOnlyToYear } from '../dated-only-to-year';
import { cite, evaluateMeasure, measuresAsked, ruleOf } from '../measure-evaluation';
import { provisional } from '../periods/provisional';
import { pathWith, showValue, valueOf } from '../showing';

const labels: Readonly<Record<Quarter | 'year', string>> = {
  1: 'Quarter 1, April to June',
  2: 'Quarter 2, July to September',
  3: 'Quarter 3, October to December',
  4: 'Quarter 4, January to March',
  'not-known': 'Quarter not known',
  year: 'Year',
};

async function period(
  asking: Asking,
  ground: Ground,
  measure: Measure,
  { year, period: asked }: { readonly year: number; readonly period: PeriodTotal['period'] },
): Promise<PeriodTotal> {
  const quarter = asked === 'year' ? {} : { quarter: asked };
  const { evaluation } = await evaluateMeasure(asking, ground, { measure: measure.id, year, ...quarter });
  return {
    period: asked,
    label: labels[asked],
    value: valueOf(measure, evaluation),
    shown: showValue(measure, evaluation),
    ...(evaluation.base !== undefined && { numerator: evaluation.value, base: evaluation.base }),
    standing: provisional,
    illustrative: evaluation.illustrative,
    explain: pathWith('/api/explain', {
      ask: 'annual-total',
      measure: measure.id,
      year: financialYearLabel(year),
      ...quarter,
      asRecordedBy: ground.answered.asRecordedBy ?? undefined,
    }),
  };
}

/** A level is of a day, so its quarter is always known. */
const noUnknownQuarter: PeriodTotal = {
  period: 'not-known',
  label: labels['not-known'],
  value: null,
  shown: '–',
  standing: provisional,
  illustrative: false,
  explain: null,
};

async function row(asking: Asking, ground: Ground, measure: Measure, year: number): Promise<QuarterlyRow> {
  const rule = ruleOf(measure);
  const periods: PeriodTotal[] = [];
  for (const asked of rule.sequence === true ? [] : quarters)
    periods.push(
      asked === 'not-known' && measure.kind === 'stock'
        ? noUnknownQuarter
        : await period(asking, ground, measure, { year, period: asked }),
    );
  periods.push(await period(asking, ground, measure, { year, period: 'year' }));
  return {
    measure: measure.id,
    label: measure.label,
    unit: measure.unit,
    kind: measure.kind,
    rule: cite(rule),
    addsUp: rule.additive === true && measure.kind === 'flow',
    periods,
  };
}

/** Every measure in force by the quarters of one financial year. */
export async function quarterlyTotals(
  asking: Asking,
  question: Parameters<LedgerQueries['quarterlyTotals']>[0],
): Promise<QuarterlyTotals> {
  const { year, measures } = question;
  const ground = await asking.ground(question.at);
  const rows: QuarterlyRow[] = [];
  for (const measure of measuresAsked(ground, measures)) rows.push(await row(asking, ground, measure, year));
  return {
    ...ground.answered,
    illustrative: rows.some(({ periods }) => periods.some(({ illustrative }) => illustrative)),
    year: financialYearLabel(year),
    datedOnlyToYear: countRecords(await datedOnlyToYear(asking, ground, year)),
    rows,
  };
}
