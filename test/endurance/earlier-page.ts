import { headingsOf, partNames, type EarlierPage } from './page';
import type { ReportRow } from './report';

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** A row of the table of parts, whose columns are named in its first line. */
function rowOf(columns: readonly string[], line: string): ReportRow {
  const cells = cellsOf(line);
  const valueOf = (column: string, cell: string): string | number =>
    // The columns of numbers, so that they are aligned as numbers are.
    ['minutes', 'passed', 'failed'].includes(column) ? Number(cell.replaceAll(',', '')) : cell;
  return Object.fromEntries(columns.map((column, at) => [column, valueOf(column, cells[at] ?? '')]));
}

/** Reads what a page of the long runs says of each part, so that parts can be run again by themselves. */
export function readPage(page: string): EarlierPage {
  const [head = '', ...told] = page.split(/^(?=## )/m);
  const lines = head.split('\n');
  const table = lines.filter((line) => line.startsWith('|'));
  const columns = cellsOf(table[0] ?? '');
  const rows = table.slice(2).map((line) => rowOf(columns, line));
  const texts = partNames.flatMap((part): [string, string][] => {
    const headings = headingsOf(part);
    const own = told.filter((text) => headings.includes(text.split('\n')[0] ?? ''));
    return own.length === 0 ? [] : [[part, `${own.join('').trimEnd()}\n`]];
  });
  return {
    rows: new Map(rows.map((row) => [String(row['part']), row])),
    // They are told of between the table and the first part.
    machines: lines.slice(lines.lastIndexOf(table.at(-1) ?? '') + 1).filter((line) => line !== ''),
    texts: new Map(texts),
  };
}
