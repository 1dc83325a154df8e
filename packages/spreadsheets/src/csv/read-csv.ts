import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import type { SheetRow, Workbook } from '../cells';
import { HeldTexts } from '../held-texts';
import { mostColumns, ReadingCount, UnreadableWorkbookError, type ReadingLimits } from '../unreadable';
import { decodeText } from './encoding';

const delimiters = [
  { sign: ',', called: 'commas' },
  { sign: ';', called: 'semicolons' },
  { sign: '\t', called: 'tabs' },
  { sign: '|', called: 'upright bars' },
] as const;
type Delimiter = (typeof delimiters)[number];

const dialect = { bom: true, relax_column_count: true } as const;

/** Whether a line has more cells than a row of a sheet: the parser would hold all of them. */
function isTooWide(text: string, { sign }: Delimiter): boolean {
  const [parting, lineFeed, carriageReturn] = [sign.charCodeAt(0), 10, 13];
  let cells = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) cells = 1;
    else if (code === parting && ++cells > mostColumns) return true;
  }
  return false;
}

/** Bytes that are parsed at once: others have their turn between them, also where each is a line. */
const bytesAtOnce = 8192;

/** Parses a text, and hands each record over as it comes. */
async function parseEach(
  text: string,
  { sign }: Delimiter,
  take: (record: readonly string[]) => void,
): Promise<void> {
  const bytes = Buffer.from(text);
  const inPieces = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += bytesAtOnce) {
      yield bytes.subarray(at, at + bytesAtOnce);
      await nextTurn();
    }
  };
  // What is taken is not kept by the parser.
  const parser = parse({
    ...dialect,
    delimiter: sign,
    on_record: (record: readonly string[]) => {
      take(record);
      return null;
    },
  });
  parser.resume();
  await pipeline(inPieces, parser);
}

/** How well a file reads with a delimiter: most rows of one length longer than 1, then the longer rows. */
function fitOf(text: string, delimiter: Delimiter): { readonly rows: number; readonly columns: number } {
  if (isTooWide(text, delimiter)) return { rows: 0, columns: 0 };
  let rows: string[][];
  try {
    rows = parseAtOnce(text, { ...dialect, delimiter: delimiter.sign, to: 200 });
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
export async function readCsv(bytes: Uint8Array, name: string, limits: ReadingLimits): Promise<Workbook> {
  const { text, encoding } = decodeText(bytes);
  const { delimiter, said } = delimiterOf(text);
  const count = new ReadingCount(limits);
  count.unpacked(text.length);
  if (isTooWide(text, delimiter))
    throw new UnreadableWorkbookError(
      `A line of the file has more than ${mostColumns} cells, the most of a sheet. Save it anew, without empty columns.`,
    );
  const texts = new HeldTexts();
  const rows: SheetRow[] = [];
  let row = 0;
  const take = (record: readonly string[]): void => {
    row += 1;
    if (row > limits.lines)
      throw new UnreadableWorkbookError(
        `The file has more than ${limits.lines} lines. Save it anew without its empty lines, or send it in parts.`,
      );
    if (said && row === 1) return;
    let held = 0;
    const cells = record.map((cell) => {
      if (cell.trim() === '') return undefined;
      held += 1;
      count.longText(cell.length);
      count.characters(cell.length);
      return texts.hold(cell);
    });
    if (held === 0) return;
    count.row(held, row);
    rows.push({ row, hidden: false, cells });
  };
  try {
    await parseEach(text, delimiter, take);
  } catch (error) {
    if (error instanceof UnreadableWorkbookError) throw error;
    throw new UnreadableWorkbookError(
      `The file is no CSV that can be read (${error instanceof Error ? error.message : String(error)}). Close the quotes, or save it anew.`,
    );
  }
  return {
    format: 'csv',
    date1904: undefined,
    sheets: [{ name, hidden: false, rows, hiddenColumns: new Set(), merged: [] }],
    found: [`Text in ${encoding}; its cells are parted by ${delimiter.called}.`],
  };
}
