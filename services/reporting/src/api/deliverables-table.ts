import type { Deliverables } from '@ledger/projections';
import { csvOf } from '@ledger/http';
import { standingCells, standingColumns } from './standing-cells';

/** Deliverables as CSV: one row for each, with what its rating meant. */
export function deliverablesCsv(deliverables: Deliverables): string {
  const { year, asAt, rows, rule } = deliverables;
  return csvOf(
    [
      'deliverable',
      'title',
      'offer',
      'target',
      'financial_year',
      'as_at',
      'rating',
      'rated_as_at',
      'achieved',
      'target_count',
      'percentage',
      'green_means',
      'amber_means',
      'red_means',
      'illustrative',
      'rule',
      ...standingColumns,
    ],
    rows.map((row) => [
      row.id,
      row.title,
      row.offer,
      row.target,
      year,
      asAt,
      row.rag ?? 'not rated',
      row.ratedAsAt,
      row.progress?.numerator ?? null,
      row.progress?.base ?? null,
      row.progress?.percentage ?? null,
      row.definition.green,
      row.definition.amber,
      row.definition.red,
      row.illustrative,
      rule.id,
      ...standingCells(deliverables),
    ]),
  );
}
