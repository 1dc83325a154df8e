import { cellText, columnLetters, readWorkbook, type SheetRow } from '@ledger/spreadsheets';
import type { FormType } from '../forms/form-fields';
import { foldedHeading } from '../imports/find-columns';
import { importFields, templateHeading, type ImportField } from '../imports/import-fields';

/** A column of a file, with the field it is taken for until somebody says. */
export interface OfferedColumn {
  readonly letters: string;
  readonly heading: string;
  readonly examples: string;
  readonly field: string;
}

/** The header of a file whose columns are to be named. */
export interface OfferedHeader {
  readonly sheet: string;
  readonly row: number;
  readonly columns: readonly OfferedColumn[];
}

const rowsLooked = 40;

function textsIn({ cells }: SheetRow): number {
  return cells.filter((cell) => typeof cell === 'string').length;
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

/** Offers the columns of a file: those of a row, or of the one that looks most like a header. */
export async function offerColumns(
  bytes: Uint8Array,
  name: string,
  type: FormType,
  wanted: number | undefined,
): Promise<OfferedHeader> {
  const { sheets } = await readWorkbook(bytes, name);
  const sheet = sheets.find(({ hidden, rows }) => !hidden && rows.length > 0) ?? sheets[0];
  const rows = sheet?.rows ?? [];
  const guessed = rows
    .slice(0, rowsLooked)
    .reduce<SheetRow | undefined>(
      (best, row) => (best === undefined || textsIn(row) > textsIn(best) ? row : best),
      undefined,
    );
  const header = rows.find(({ row }) => row === wanted) ?? guessed;
  const fields = offeredFields(type);
  const below = rows.filter(({ row }) => row > (header?.row ?? 0)).slice(0, 3);
  const columns = Array.from(header?.cells ?? [], (cell, column): OfferedColumn => {
    const heading = cellText(cell).replaceAll(/\s+/g, ' ').slice(0, 200);
    return {
      letters: columnLetters(column),
      heading,
      examples: below
        .map(({ cells }) => cellText(cells[column]).slice(0, 40))
        .filter((text) => text !== '')
        .join(' · '),
      field: fieldOfHeading(heading, fields),
    };
  });
  return {
    sheet: sheet?.name ?? name,
    row: header?.row ?? 1,
    columns: columns.filter(({ heading }) => heading !== ''),
  };
}
