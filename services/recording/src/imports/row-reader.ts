import { cellText, type Workbook } from '@ledger/spreadsheets';
import type { Vault } from '@ledger/vault';
import type { Answered } from './answered-sheets';
import { matcherOf, type Reference } from '../application/reference';
import { BodyLookup } from './body-lookup';
import type { FoundColumn } from './find-columns';
import { importFields, type ImportField } from './import-fields';
import type { Mapping } from './mapping';
import { NamedLookup } from './named-lookup';
import { importedId, referenceKey } from './natural-key';
import type { PeopleInFile } from './people-in-file';
import { readRow, type ReadAs, type ReadRow } from './read-row';
import { fixedIn, givenIn, RowValues } from './row-values';
import type { TakenSheet } from './sheet-rows';

/** A file with the mapping it is read by. */
export interface PreparedFile {
  readonly mapping: Mapping;
  readonly workbook: Workbook;
  readonly sheets: readonly TakenSheet[];
  readonly answered: Answered;
}

/** What the columns of a sheet are read as, by their letters. */
function readingOf(
  columns: readonly FoundColumn[],
  fieldOf: ReadonlyMap<string, ImportField>,
): ReadRow['readAs'] {
  const read = new Map<string, ReadAs>();
  for (const { letters, mapped } of columns) {
    const field = fieldOf.get(mapped.field);
    if (field !== undefined) read.set(letters, { kind: field.kind, counts: mapped.unit });
  }
  return (letters) => read.get(letters);
}

/**
 * Reads the rows of a file, one at a time and as often as they are wanted. What a row is read into is many times the size
 * of its cells, so nobody holds more of them than they are deciding on.
 */
export class RowReader {
  /** How many rows there are. */
  readonly total: number;
  readonly #before: readonly number[];

  constructor(
    readonly file: PreparedFile,
    readonly reference: Reference,
    /** The London date of recording. */
    readonly today: string,
    readonly vault: Pick<Vault, 'keyed'>,
  ) {
    this.total = file.sheets.reduce((sum, { rows }) => sum + rows.length, 0);
    const before: number[] = [];
    let sum = 0;
    for (const { lastRow } of file.sheets) {
      before.push(sum);
      sum += lastRow;
    }
    this.#before = before;
  }

  /** The row that an event names: rows count on through the sheets, so that one number tells sheet and row. */
  rowNumber({ sheet, row }: Pick<ReadRow, 'sheet' | 'row'>): number {
    return (this.#before[sheet] ?? 0) + row;
  }

  /** @param which the rows that are wanted; left out, all */
  async *rows(people: PeopleInFile, which: 'all' | 'answered' = 'all'): AsyncGenerator<ReadRow> {
    const { mapping, workbook, sheets } = this.file;
    const bodies = new BodyLookup(matcherOf(this.reference.register));
    const idOfReference = (reference: string): string =>
      importedId(referenceKey(reference, mapping.name), this.vault);
    const { catalogue } = this.reference;
    const setting = {
      reference: this.reference,
      bodies,
      offers: new NamedLookup(catalogue.offers.values(), 'offer'),
      savingsAreas: new NamedLookup(catalogue.savingsAreas.values(), 'savings area'),
      today: this.today,
      idOfReference,
    };
    const fieldOf = new Map(importFields(mapping.type).map((field) => [field.name, field]));
    const fixed = fixedIn(mapping.fixed, fieldOf);
    for (const [sheet, { header, rows }] of sheets.entries()) {
      const readAs = readingOf(header?.columns ?? [], fieldOf);
      for (const { row, faults, answered } of rows) {
        if (which === 'answered' && !answered) continue;
        const given = givenIn(row, header?.columns ?? [], fieldOf, workbook.date1904);
        // What a row says itself goes before what the mapping says of all.
        const own = new Set(given.map(({ field }) => field.name));
        const values = new RowValues(
          [...fixed.filter(({ field }) => !own.has(field.name)), ...given],
          setting,
        );
        for (const { mapped, letters } of header?.columns ?? []) {
          const field = fieldOf.get(mapped.field);
          if (field !== undefined) values.mention(field, letters);
        }
        values.faults.push(...faults);
        const textIn = (letters: string): string =>
          cellText(row.cells[header?.columns.find((one) => one.letters === letters)?.column ?? -1]);
        yield await readRow({ sheet, row: row.row, type: mapping.type, textIn, readAs }, values, people);
      }
    }
  }
}
