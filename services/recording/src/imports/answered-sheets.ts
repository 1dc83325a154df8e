import { DecisionRefused, type Fault } from '@ledger/domain';
import { cellText, type Sheet, type SheetRow } from '@ledger/spreadsheets';
import { placeOf, type Answers } from './answers';
import type { FoundColumn } from './find-columns';

/** A cell in whose place another value is read. */
export interface AnsweredCell {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  /** What stands in the file, as text. */
  readonly was: string;
  /** What is read in its place; empty for nothing. */
  readonly now: string;
}

/** A row about which it is said what becomes of it. */
export interface AnsweredRow {
  readonly sheet: string;
  readonly row: number;
  readonly answer: 'leave' | 'take';
}

/** What was answered about a file, where it stands. */
export interface Answered {
  readonly cells: readonly AnsweredCell[];
  readonly rows: readonly AnsweredRow[];
}

/** What is answered about one row. */
export interface RowAnswer {
  /** Values by the letters of their columns. */
  readonly cells: ReadonlyMap<string, string>;
  readonly row: 'leave' | 'take' | undefined;
}

interface Given {
  readonly cells: Map<string, { readonly address: string; readonly value: string }>;
  row: { readonly address: string; readonly answer: 'leave' | 'take' } | undefined;
}

function fault(address: string, message: string): Fault {
  return { code: 'answer-place', path: `answers.${address}`, message };
}

/**
 * Answers to what a dry run asked, at the cells and rows of a file. The file is not changed: what is answered is read in
 * the place of what stands there.
 */
export class AnsweredSheets {
  readonly #given = new Map<string, Map<number, Given>>();
  readonly #used = new Set<string>();
  readonly #cells: AnsweredCell[] = [];
  readonly #rows: AnsweredRow[] = [];

  /** @throws DecisionRefused for an address of no cell or row, or of a sheet that the file does not have */
  constructor(
    sheets: readonly Sheet[],
    readonly answers: Answers,
  ) {
    const faults: Fault[] = [];
    const at = (address: string, isCell: boolean): { given: Given; letters: string } | undefined => {
      const place = placeOf(address);
      if (place === undefined || isCell !== (place.letters !== '')) {
        faults.push(
          fault(address, `“${address}” is no ${isCell ? 'cell, as Sheet!F33' : 'row, as Sheet!33'}`),
        );
        return undefined;
      }
      const named = place.sheet?.toLowerCase();
      const [sheet, ...others] = sheets.filter(
        ({ name }) => named === undefined || name.toLowerCase() === named,
      );
      if (sheet === undefined || others.length > 0) {
        const names = sheets.map(({ name }) => name).join(', ');
        faults.push(fault(address, `“${address}” does not say a sheet of the file; they are: ${names}`));
        return undefined;
      }
      const rows = this.#given.get(sheet.name) ?? new Map<number, Given>();
      this.#given.set(sheet.name, rows);
      const given = rows.get(place.row) ?? { cells: new Map(), row: undefined };
      rows.set(place.row, given);
      return { given, letters: place.letters };
    };
    for (const [address, value] of Object.entries(answers.cells)) {
      const found = at(address, true);
      if (found === undefined) continue;
      const { given, letters } = found;
      if (given.cells.has(letters))
        faults.push(fault(address, `“${address}” is answered twice; leave one out`));
      given.cells.set(letters, { address, value: value.replaceAll('\r\n', '\n').trim() });
    }
    for (const [address, answer] of Object.entries(answers.rows)) {
      const found = at(address, false);
      if (found === undefined) continue;
      if (found.given.row !== undefined)
        faults.push(fault(address, `“${address}” is answered twice; leave one out`));
      found.given.row = { address, answer };
    }
    if (faults.length > 0) throw new DecisionRefused(faults);
  }

  /** A row with what was answered about it; undefined where nothing was. */
  read(sheet: string, row: SheetRow, columns: readonly FoundColumn[]): [SheetRow, RowAnswer] | undefined {
    const given = this.#given.get(sheet)?.get(row.row);
    if (given === undefined) return undefined;
    if (given.row !== undefined) {
      this.#used.add(given.row.address);
      this.#rows.push({ sheet, row: row.row, answer: given.row.answer });
    }
    const cells = [...row.cells];
    const answered = new Map<string, string>();
    for (const { column, letters } of columns) {
      const answer = given.cells.get(letters);
      if (answer === undefined) continue;
      this.#used.add(answer.address);
      // What is left out is not read, so nothing is read in its place.
      if (given.row?.answer === 'leave') continue;
      const { value: now } = answer;
      this.#cells.push({ sheet, row: row.row, column: letters, was: cellText(row.cells[column]), now });
      cells[column] = now === '' ? undefined : now;
      answered.set(letters, now);
    }
    return [
      { ...row, cells },
      { cells: answered, row: given.row?.answer },
    ];
  }

  /** What was answered, in the order of the file. @throws DecisionRefused for answers about what is not read */
  answered(): Answered {
    const faults: Fault[] = [];
    for (const [sheet, rows] of this.#given)
      for (const [row, { cells, row: ofRow }] of rows) {
        if (ofRow !== undefined && !this.#used.has(ofRow.address))
          faults.push(
            fault(
              ofRow.address,
              `nothing is read of row ${row} of the sheet “${sheet}”; take the answer out`,
            ),
          );
        for (const [letters, { address }] of cells)
          if (!this.#used.has(address))
            faults.push(
              fault(
                address,
                `nothing is read of the cell ${letters}${row} of the sheet “${sheet}”: it is in no row or column of data; take the answer out`,
              ),
            );
      }
    if (faults.length > 0) throw new DecisionRefused(faults);
    return { cells: this.#cells, rows: this.#rows };
  }
}
