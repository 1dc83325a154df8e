import { cellText, columnLetters, readWorkbook, type Sheet, type SheetRow } from '@ledger/spreadsheets';
import type { FormType } from '../forms/form-fields';
import { findHeader, foldedHeading, headingsIn } from '../imports/find-columns';
import { importFields, templateHeading, type ImportField } from '../imports/import-fields';
import type { Mapping } from '../imports/mapping';
import { guessHeader, type GuessedHeader } from './guess-header';

/** A column of a file, with the field it is taken for until somebody says. */
export interface OfferedColumn {
  readonly letters: string;
  readonly heading: string;
  readonly hidden: boolean;
  readonly examples: string;
  readonly field: string;
}

/** The header of a file whose columns are to be named. */
export interface OfferedHeader {
  readonly sheet: string;
  /** Every sheet that holds something, to choose from. */
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[];
  readonly row: number;
  /** Whether the headings go over two rows. */
  readonly two: boolean;
  readonly columns: readonly OfferedColumn[];
  /** Rows below the header that are hidden and hold something. */
  readonly hiddenRows: number;
}

/** Which header is asked for; what is left out is guessed. */
export interface HeaderAsked {
  readonly sheet: string | undefined;
  readonly header: string | undefined;
  readonly two: boolean;
}

/** What a heading most likely means: the field of the same name; nothing where that is not certain. */
function fieldOfHeading(heading: string, fields: readonly ImportField[]): string {
  const folded = foldedHeading(heading);
  const same = fields.filter(
    (field) => foldedHeading(templateHeading(field)) === folded || foldedHeading(field.label) === folded,
  );
  return same[0]?.name ?? '';
}

/** The fields that a column can be taken for, on the page: further rows of a kind are for mappings in JSON. */
export function offeredFields(type: FormType): readonly ImportField[] {
  return importFields(type).filter(({ name }) => !/\.[2-9]\./.test(name));
}

function headerOf(sheet: Sheet, { header, two }: HeaderAsked, mapping: Mapping | undefined): GuessedHeader {
  const row = Number(header ?? '');
  if (Number.isInteger(row) && row > 0) return { row, two };
  const found = mapping === undefined ? undefined : findHeader(sheet, mapping, new Set());
  if (found === undefined || !('header' in found)) return guessHeader(sheet);
  return { row: found.header.firstRow, two: found.header.firstRow < found.header.row };
}

function examplesIn(rows: readonly SheetRow[], column: number): string {
  const shown = rows.map(({ cells }) => cellText(cells[column]).slice(0, 40)).filter((text) => text !== '');
  return shown.slice(0, 3).join(' · ');
}

/** Offers the columns of a sheet: as a mapping reads them, of the rows asked for, or of those most like a header. */
export async function offerColumns(
  file: { readonly bytes: Uint8Array; readonly name: string },
  type: FormType,
  asked: HeaderAsked,
  mapping?: Mapping,
): Promise<OfferedHeader> {
  const { sheets } = await readWorkbook(file.bytes, file.name);
  const held = sheets.filter(({ rows }) => rows.length > 0);
  const wanted = asked.sheet ?? mapping?.sheets?.[0];
  const sheet =
    held.find(({ name }) => name === wanted) ?? held.find(({ hidden }) => !hidden) ?? held[0] ?? sheets[0];
  if (sheet === undefined)
    return { sheet: file.name, sheets: [], row: 1, two: false, columns: [], hiddenRows: 0 };
  const { row, two } = headerOf(sheet, asked, mapping);
  const last = two ? row + 1 : row;
  const below = sheet.rows.filter((one) => one.row > last);
  const fields = offeredFields(type);
  const headings = headingsIn(sheet, row, two);
  const columns = headings.map((text, column): OfferedColumn => {
    const heading = text.slice(0, 200);
    return {
      letters: columnLetters(column),
      heading,
      hidden: sheet.hiddenColumns.has(column),
      examples: examplesIn(below.slice(0, 20), column),
      field: fieldOfHeading(heading, fields),
    };
  });
  return {
    sheet: sheet.name,
    sheets: held.map(({ name, hidden }) => ({ name, hidden })),
    row,
    two,
    columns: columns.filter(({ heading }) => heading !== ''),
    hiddenRows: below.filter(({ hidden }) => hidden).length,
  };
}
