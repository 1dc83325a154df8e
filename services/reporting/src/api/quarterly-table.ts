import type { QuarterlyTotals } from '@ledger/projections';
import { csvOf } from '@ledger/http';

/** Quarterly totals as CSV: a row for each quarter, one for what lies in no one quarter, and one for the year. */
export function quarterlyTotalsCsv({ year, rows, position }: QuarterlyTotals): string {
  return csvOf(
    [
      'measure',
      'label',
      'financial_year',
      'period',
      'value',
      'unit',
      'quarters_add_up',
      'illustrative',
      'rule',
      'position',
    ],
    rows.flatMap(({ measure, label, unit, addsUp, rule, periods }) =>
      periods.map((one) => [
        measure,
        label,
        year,
        one.period,
        one.value,
        unit,
        addsUp,
        one.illustrative,
        rule.id,
        position,
      ]),
    ),
  );
}
