import type { QuarterlyTotals } from '@ledger/projections';
import { csvOf } from '@ledger/http';
import { standingCells, standingColumns, statusCells } from './standing-cells';

/** Quarterly totals as CSV: a row for each quarter, one for what lies in no one quarter, and one for the year. */
export function quarterlyTotalsCsv(totals: QuarterlyTotals): string {
  const { year, rows } = totals;
  return csvOf(
    [
      'measure',
      'label',
      'financial_year',
      'period',
      'value',
      'unit',
      'status',
      'final_value',
      'quarters_add_up',
      'illustrative',
      'rule',
      ...standingColumns,
    ],
    rows.flatMap(({ measure, label, unit, addsUp, rule, periods }) =>
      periods.map((one) => [
        measure,
        label,
        year,
        one.period,
        one.value,
        unit,
        ...statusCells(one.standing),
        addsUp,
        one.illustrative,
        rule.id,
        ...standingCells(totals),
      ]),
    ),
  );
}
