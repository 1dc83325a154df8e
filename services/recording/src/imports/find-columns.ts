import { cellText, columnLetters, type Sheet, type SheetRow } from '@ledger/spreadsheets';
import type { MappedColumn, Mapping } from './mapping';
import { mergedInRow } from './merged-over';
import { question, rejection, type CellFault } from './row-faults';

/** A mapped column, found in a sheet. */
export interface FoundColumn {
  readonly column: number;
  readonly letters: string;
  readonly mapped: MappedColumn;
}

/** The header of a sheet: its columns, and the row under which data begin. */
export interface Header {
  readonly columns: readonly FoundColumn[];
  /** The last row of the header, and its first. */
  readonly row: number;
  readonly firstRow: number;
  /** Headings of columns that the mapping leaves out. */
  readonly unmapped: readonly string[];
  readonly headings: readonly string[];
  /** Headings of the mapping that the sheet does not have and can do without. */
  readonly absent: readonly string[];
}

/** A header is looked for in the first rows that hold something. */
const rowsLooked = 60;

/** A heading without what does not matter: case, spaces, stars of required fields. */
export function foldedHeading(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[*:]+$/g, '')
    .trim();
}

function textsOf({ cells }: SheetRow): string[] {
  return Array.from(cells, (cell) => cellText(cell).replaceAll(/\s+/g, ' '));
}

/** Two rows as one header: what stands above several columns is above each of them. */
function joined(sheet: Sheet, above: SheetRow, below: SheetRow): string[] {
  const [upper, lower] = [textsOf(above), textsOf(below)];
  const width = Math.max(upper.length, lower.length);
  const mergedAt = mergedInRow(sheet, above.row);
  const overhead = (column: number): string => {
    const own = upper[column] ?? '';
    const merged = mergedAt(column);
    return own !== '' || merged === undefined ? own : (upper[merged.fromColumn] ?? '');
  };
  return Array.from({ length: width }, (_, column) => {
    const [top, bottom] = [overhead(column), lower[column] ?? ''];
    return top === '' || bottom === '' ? top + bottom : `${top} / ${bottom}`;
  });
}

/** The headings of a sheet whose header begins in a row and is one row or two. */
export function headingsIn(sheet: Sheet, first: number, two: boolean): readonly string[] {
  const above = sheet.rows.find(({ row }) => row === first);
  const below = two ? sheet.rows.find(({ row }) => row === first + 1) : undefined;
  if (above === undefined) return [];
  return below === undefined ? textsOf(above) : joined(sheet, above, below);
}

/** How many of the mapped headings stand among texts. */
function matching(texts: readonly string[], wanted: ReadonlySet<string>): number {
  return new Set(texts.map(foldedHeading).filter((text) => wanted.has(text))).size;
}

interface BestHeader {
  readonly texts: string[];
  readonly firstRow: number;
  readonly row: number;
  readonly found: number;
}

/** The rows that fit the mapped headings best: one row, or two that belong together. */
function bestHeader(sheet: Sheet, wanted: ReadonlySet<string>): BestHeader | undefined {
  let best: BestHeader | undefined;
  const rows = sheet.rows.slice(0, rowsLooked);
  for (const [at, row] of rows.entries()) {
    const next = rows[at + 1];
    const single = { texts: textsOf(row), row: row.row };
    const double = next?.row === row.row + 1 ? [{ texts: joined(sheet, row, next), row: next.row }] : [];
    for (const candidate of [single, ...double]) {
      const found = matching(candidate.texts, wanted);
      if (found > (best?.found ?? 0)) best = { ...candidate, firstRow: row.row, found };
    }
  }
  return best;
}

/** What was found out about the header of a sheet. */
export type HeaderFound =
  | { readonly header: Header }
  | { readonly faults: readonly { readonly heading: string; readonly fault: CellFault }[] }
  | { readonly none: true };

/** Finds the header of a sheet by the headings of a mapping, below titles and over one or two rows. */
export function findHeader(sheet: Sheet, mapping: Mapping, required: ReadonlySet<string>): HeaderFound {
  const wanted = new Set(mapping.columns.map(({ heading }) => foldedHeading(heading)));
  const best = bestHeader(sheet, wanted);
  // One heading alone is a word that happens to stand there.
  if (best === undefined || best.found < Math.min(2, wanted.size)) return { none: true };
  const folded = best.texts.map(foldedHeading);
  const faults: { heading: string; fault: CellFault }[] = [];
  const columns: FoundColumn[] = [];
  const absent: string[] = [];
  for (const mapped of mapping.columns) {
    const heading = foldedHeading(mapped.heading);
    const [column, ...others] = folded.flatMap((text, at) => (text === heading ? [at] : []));
    if (column === undefined) {
      // A column that may be empty may be missing.
      if (!required.has(mapped.field)) {
        absent.push(mapped.heading);
        continue;
      }
      faults.push({
        heading: mapped.heading,
        fault: rejection(
          'column-found',
          `there is no column “${mapped.heading}” in the sheet “${sheet.name}”; its columns are: ${best.texts.filter((text) => text !== '').join(', ')}`,
        ),
      });
    } else if (others.length > 0)
      faults.push({
        heading: mapped.heading,
        fault: question(
          'column-two-ways',
          `two columns of the sheet “${sheet.name}” are headed “${mapped.heading}”: ${[column, ...others].map(columnLetters).join(', ')}; give each its own heading`,
        ),
      });
    else columns.push({ column, letters: columnLetters(column), mapped });
  }
  if (faults.length > 0) return { faults };
  const taken = new Set(columns.map(({ column }) => column));
  const unmapped = best.texts.filter((text, at) => text !== '' && !taken.has(at));
  const { row, firstRow, texts: headings } = best;
  return { header: { columns, row, firstRow, unmapped, headings, absent } };
}
