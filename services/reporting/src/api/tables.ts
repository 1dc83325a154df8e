import type { AnnualTotals, ChangesAfterClose, SavingsTable, TakeUp } from '@ledger/projections';
import { csvOf, type Cell } from '@ledger/http';
import { standingCells, standingColumns, statusCells } from './standing-cells';

/*
 * The tables as CSV. Each row says which position it is of, by which rule it was counted and whether anything is missing
 * from it, so that a file on its own still says what it is.
 */

function publishedCells(published: readonly { readonly value: number; readonly reason: string }[]): Cell[] {
  return [published[0]?.value ?? null, published[0]?.reason ?? null];
}

export function annualTotalsCsv(totals: AnnualTotals): string {
  const { year, asAt, rows } = totals;
  return csvOf(
    [
      'measure',
      'label',
      'financial_year',
      'as_at',
      'value',
      'unit',
      'status',
      'final_value',
      'change_percent',
      'change_base',
      'published',
      'published_note',
      'illustrative',
      'rule',
      ...standingColumns,
    ],
    rows.map((row) => [
      row.measure,
      row.label,
      year,
      asAt,
      row.value,
      row.unit,
      ...statusCells(row.standing),
      row.change?.percentage ?? null,
      row.change?.base ?? null,
      ...publishedCells(row.published),
      row.illustrative,
      row.rule.id,
      ...standingCells(totals),
    ]),
  );
}

export function savingsCsv(table: SavingsTable): string {
  const { year, rows, split, total, notApportioned, rule } = table;
  const tail: Cell[] = [rule.id, ...standingCells(table)];
  return csvOf(
    [
      'table',
      'label',
      'financial_year',
      'pounds',
      'qualifier',
      'status',
      'final_value',
      'claims',
      'published',
      'published_note',
      'rule',
      ...standingColumns,
    ],
    [
      ...rows.map((row) => [
        'by savings area',
        row.label,
        year,
        row.value,
        row.qualifier,
        ...statusCells(row.standing),
        row.claims,
        ...publishedCells(row.published),
        ...tail,
      ]),
      [
        'total',
        total.label,
        year,
        total.value,
        total.qualifier,
        ...statusCells(total.standing),
        null,
        ...publishedCells(total.published),
        ...tail,
      ],
      ...split.map((row) => [
        'by realisation, gain type and basis',
        row.label,
        year,
        row.value,
        row.qualifier,
        null,
        null,
        row.claims,
        null,
        null,
        ...tail,
      ]),
      [
        'not apportioned',
        'Amounts over several years',
        year,
        notApportioned.value,
        notApportioned.qualifier,
        null,
        null,
        notApportioned.claims,
        null,
        null,
        ...tail,
      ],
    ],
  );
}

export function takeUpCsv(takeUp: TakeUp): string {
  const { of, year, by, referenceDate, rows, total, rule } = takeUp;
  return csvOf(
    [
      by,
      'of',
      'financial_year',
      'reference_date',
      'numerator',
      'base',
      'percentage',
      'shown',
      'status',
      'final_value',
      'published',
      'published_note',
      'rule',
      ...standingColumns,
    ],
    [...rows, total].map((row) => [
      row.group,
      of,
      year,
      referenceDate,
      row.numerator,
      row.base,
      row.percentage,
      row.shown,
      ...statusCells(row.standing),
      ...publishedCells(row.published),
      rule.id,
      ...standingCells(takeUp),
    ]),
  );
}

/** A row for each figure that a change after a close changed, and one for a change without effect. */
export function changesCsv(answer: ChangesAfterClose): string {
  const { year, quarter, programme, changes } = answer;
  return csvOf(
    [
      'financial_year',
      'quarter',
      'programme',
      'from_position',
      'to_position',
      'recorded_at',
      'cause',
      'across_the_close',
      'events',
      'figure',
      'unit',
      'before',
      'now',
      'difference',
      'brought_forward',
      'told_in',
      ...standingColumns,
    ],
    changes.flatMap(({ from, to, recordedAt, cause, acrossTheClose, events, effect }) => {
      const types = events.map(({ type, count }) => `${count} ${type}`).join('; ');
      const head: Cell[] = [
        year,
        quarter,
        programme,
        from,
        to,
        recordedAt,
        cause,
        acrossTheClose ? 'yes' : 'no',
        types,
      ];
      if (effect.length === 0)
        return [[...head, null, null, null, null, null, null, null, ...standingCells(answer)]];
      return effect.map((one) => [
        ...head,
        one.label,
        one.unit,
        one.before,
        one.now,
        one.difference,
        one.figures.join('; '),
        one.toldIn.map(({ title, shown }) => `${title}: ${shown}`).join('; '),
        ...standingCells(answer),
      ]);
    }),
  );
}
