import { parse } from 'csv-parse/sync';
import type { SheetRow, Workbook } from '../cells';
import { HeldTexts } from '../held-texts';
import { ReadingCount, UnreadableWorkbookError, type ReadingLimits } from '../unreadable';
import { decodeText } from './encoding';

const delimiters = [
  { sign: ',', called: 'commas' },
  { sign: ';', called: 'semicolons' },
  { sign: '\t', called: 'tabs' },
  { sign: '|', called: 'upright bars' },
] as const;
type Delimiter = (typeof delimiters)[number];

function parsed(text: string, delimiter: string, rows?: number): string[][] {
  return parse(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    ...(rows !== undefined && { to: rows }),
  });
}

/** How well a file reads with a delimiter: most rows of one length longer than 1, then the longer rows. */
function fitOf(text: string, { sign }: Delimiter): { readonly rows: number; readonly columns: number } {
  let rows: string[][];
  try {
    rows = parsed(text, sign, 200);
  } catch {
    return { rows: 0, columns: 0 };
  }
  const lengths = new Map<number, number>();
  for (const { length } of rows) if (length > 1) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  const [columns, found] = [...lengths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return { rows: found, columns };
}

/** What parts the cells: said by a first line `sep=;`, else what fits most rows. */
function delimiterOf(text: string): { readonly delimiter: Delimiter; readonly said: boolean } {
  const said = /^\uFEFF?sep=(.)\r?\n/.exec(text)?.[1];
  const named = delimiters.find(({ sign }) => sign === said);
  if (named !== undefined) return { delimiter: named, said: true };
  const [usual] = delimiters;
  let best: { delimiter: Delimiter; rows: number; columns: number } = {
    delimiter: usual,
    rows: 0,
    columns: 0,
  };
  for (const delimiter of delimiters) {
    const fit = fitOf(text, delimiter);
    if (fit.rows > best.rows || (fit.rows === best.rows && fit.columns > best.columns))
      best = { delimiter, ...fit };
  }
  return { delimiter: best.delimiter, said: false };
}

/** Reads CSV as a workbook of one sheet; encoding and delimiter are found out and said. @throws UnreadableWorkbookError */
export function readCsv(bytes: Uint8Array, name: string, limits: ReadingLimits): Workbook {
  const { text, encoding } = decodeText(bytes);
  const { delimiter, said } = delimiterOf(text);
  const count = new ReadingCount(limits);
  count.unpacked(text.length);
  let records: string[][];
  try {
    records = parsed(text, delimiter.sign);
  } catch (error) {
    throw new UnreadableWorkbookError(
      `The file is no CSV that can be read (${error instanceof Error ? error.message : String(error)}). Close the quotes, or save it anew.`,
    );
  }
  const texts = new HeldTexts();
  const rows: SheetRow[] = [];
  for (const [at, record] of records.entries()) {
    if (said && at === 0) continue;
    const cells = record.map((cell) => (cell.trim() === '' ? undefined : texts.hold(cell)));
    const held = cells.filter((cell) => cell !== undefined).length;
    if (held === 0) continue;
    count.row(held);
    rows.push({ row: at + 1, hidden: false, cells });
  }
  return {
    format: 'csv',
    date1904: undefined,
    sheets: [{ name, hidden: false, rows, hiddenColumns: new Set(), merged: [] }],
    found: [`Text in ${encoding}; its cells are parted by ${delimiter.called}.`],
  };
}
