import { parseFinancialYear } from '@ledger/calendar';
import { gainsColumns, type CitedParameters, type GainsColumn } from '@ledger/domain';
import type { AskedAt, LedgerQueries } from '../answers';
import { provisional } from '../periods/provisional';
import type { GainsCells, GainsTable } from '../savings-tables/gains-table-answers';
import { showPounds } from '../showing';
import type { CitedFigure, CitedTable } from './cited-figure';

/** What a column says, in pence, and the part of it that is put down to the programme. */
const saidIn: Readonly<
  Record<GainsColumn, (cells: GainsCells) => readonly [pence: number, attributed: number]>
> = {
  estimate: (cells) => [cells.estimatePence, cells.estimateAttributedPence],
  delivered: (cells) => [cells.deliveredPence, cells.deliveredAttributedPence],
  'delivered-net': (cells) => [cells.deliveredNetPence, cells.deliveredNetAttributedPence],
  verified: (cells) => [cells.verifiedPence, cells.verifiedAttributedPence],
};

/** What a column that can be published says in a row, in pence; undefined for a column of another name. */
export function publishedPence(column: string, cells: GainsCells): number | undefined {
  const known = gainsColumns.find((one) => one === column);
  return known === undefined ? undefined : saidIn[known](cells)[0];
}

function columnLabel({ columns }: GainsTable, column: GainsColumn): string {
  return columns[column === 'delivered-net' ? 'deliveredNet' : column];
}

/** Savings by area or programme from estimate to verified: a figure for every cell. */
export async function savingsTableFigures(
  queries: Pick<LedgerQueries, 'gainsTable'>,
  { year: text, by }: CitedParameters<'savings-table'>,
  at: AskedAt | undefined,
): Promise<CitedTable> {
  const year = parseFinancialYear(text) ?? 0;
  const table = await queries.gainsTable({ year, by, ...(at !== undefined && { at }) });
  const { rows, total, columns: _, footnotes: __, rule, by: ___, year: label, ...answered } = table;
  const all = [
    ...rows.map(({ id, ...row }) => ({ ...row, id: id ?? 'none' })),
    { ...total, id: 'all', label: 'All' },
  ];
  const figure = (row: (typeof all)[number], column: GainsColumn): CitedFigure => {
    const [pence, attributed] = saidIn[column](row);
    return {
      ask: 'savings-table',
      parameters: { year: label, by, row: row.id, column },
      label: `${row.label}, ${label}. ${columnLabel(table, column)}`,
      rule,
      value: String(pence),
      unit: 'pence',
      shown: showPounds(pence),
      attributed: String(attributed),
      standing: provisional,
      illustrative: table.illustrative,
    };
  };
  return {
    ...answered,
    title: `Savings from estimate to verified by ${by}, ${label}`,
    figures: all.flatMap((row) => gainsColumns.map((column) => figure(row, column))),
  };
}
