import {
  cellText,
  columnLetters,
  heldCells,
  type Sheet,
  type SheetRow,
  type Workbook,
} from '@ledger/spreadsheets';
import type { AnsweredSheets, RowAnswer } from './answered-sheets';
import { findHeader, foldedHeading, type Header } from './find-columns';
import { importFields } from './import-fields';
import type { Mapping } from './mapping';
import { mergedInColumn } from './merged-over';
import { mergedCell, question, rejection, rowOfOneCell, type RowFault } from './row-faults';

/** A row that is left out, and why: said, never silent. */
export interface LeftOut {
  readonly row: number;
  readonly why: string;
}

/** A sheet as a mapping takes it. */
export interface TakenSheet {
  readonly name: string;
  readonly header: Header | undefined;
  readonly rows: readonly {
    readonly row: SheetRow;
    readonly faults: readonly RowFault[];
    /** Whether something else is read in it than what stands there. */
    readonly answered: boolean;
  }[];
  readonly leftOut: readonly LeftOut[];
  /** What is wrong with the sheet itself. */
  readonly faults: readonly RowFault[];
  readonly notes: readonly string[];
  readonly lastRow: number;
}

const none: readonly never[] = [];

/** Totals and averages, and totals of something; no offer that begins with the word, such as “Total Leadership”. */
const totals = /^(?:(?:grand |sub[- ]?)?totals?|averages?|mean)(?:$| *:| (?:for|of|in|to)\b| *\d)/i;

function isTotals(row: SheetRow, header: Header, required: ReadonlySet<string>): boolean {
  const [at, first] = heldCells(row)[0] ?? [];
  if (typeof first !== 'string' || !totals.test(first.trim())) return false;
  // A total has numbers, and no day, offer or council of its own.
  return header.columns.some(({ column, mapped: { field } }) => {
    const isDay = field.startsWith('occurred');
    if (isDay && column === at) return true;
    const ownToRecords = required.has(field) || isDay || field.startsWith('bodies.');
    return ownToRecords && row.cells[column] === undefined;
  });
}

/** The row of a number, found by halves: a file may have merged cells in each of many rows. */
function rowAt({ rows }: Sheet, number: number): SheetRow | undefined {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((rows[middle]?.row ?? number) < number) from = middle + 1;
    else to = middle;
  }
  return rows[from]?.row === number ? rows[from] : undefined;
}

/** A column of a row whose value stands in the first of merged cells above or before it, and that value. */
interface CoveredColumn {
  readonly letters: string;
  readonly over: string;
}

/** Says which columns of a row are covered, asked from the top to the bottom. */
function coveredColumns(sheet: Sheet, header: Header): (row: SheetRow) => readonly CoveredColumn[] {
  const columns = header.columns.map((found) => ({
    ...found,
    mergedAt: mergedInColumn(sheet, found.column),
  }));
  return ({ row }) =>
    columns.flatMap(({ column, letters, mergedAt }) => {
      const merged = mergedAt(row);
      if (merged === undefined || (merged.fromRow === row && merged.fromColumn === column)) return [];
      return [{ letters, over: cellText(rowAt(sheet, merged.fromRow)?.cells[merged.fromColumn]) }];
    });
}

function faultsOfRow(
  row: SheetRow,
  covered: readonly CoveredColumn[],
  header: Header,
  hidden: Mapping['hiddenRows'],
  answer: RowAnswer | undefined,
): readonly RowFault[] {
  const unanswered = covered.filter(({ letters }) => answer?.cells.has(letters) !== true);
  const faults: RowFault[] = unanswered.map(({ letters, over }) => ({
    column: letters,
    ...question(
      mergedCell,
      'the cell is part of merged cells, so it may hold their value or none; unmerge them and fill in each row',
      over === '' ? undefined : over,
    ),
  }));
  const alone = aloneIn(row, header);
  if (alone !== undefined)
    faults.push({
      column: null,
      ...question(
        rowOfOneCell,
        `only “${alone.trim().slice(0, 60)}” stands in the row; if it is a heading, take the row out, otherwise fill it in`,
      ),
    });
  if (row.hidden && hidden === undefined && answer?.row !== 'take')
    faults.push({
      column: null,
      ...question(
        'hidden-row',
        'the row is hidden; show or delete it, or say where the columns are named whether hidden rows are taken',
      ),
    });
  return faults.length === 0 ? none : faults;
}

/** Whether a row is the header again, as where a page begins. */
function isHeaderAgain({ cells }: SheetRow, header: Header): boolean {
  const standing = header.columns.flatMap(({ column, mapped }) => {
    const text = foldedHeading(cellText(cells[column]));
    return text === '' ? [] : [foldedHeading(mapped.heading).endsWith(text)];
  });
  // Of a header over two rows, the lower one has gaps.
  return standing.length > header.columns.length / 2 && standing.every((same) => same);
}

/** What stands alone in a row of a wide table: most likely a heading among the rows. */
function aloneIn({ cells }: SheetRow, { columns }: Header): string | undefined {
  const [only, ...others] = columns.flatMap(({ column }) => {
    const cell = cells[column];
    return cell === undefined ? [] : [cell];
  });
  return columns.length > 2 && others.length === 0 && typeof only === 'string' ? only : undefined;
}

function notesOf(sheet: Sheet, header: Header, mapping: Mapping): string[] {
  const hidden = [...sheet.hiddenColumns].filter((column) => (header.headings[column] ?? '') !== '');
  const taken = new Map(header.columns.map(({ column, letters }) => [column, letters]));
  return [
    ...hidden.map((column) =>
      taken.has(column)
        ? `Column ${columnLetters(column)} is hidden, and is read all the same.`
        : `Column ${columnLetters(column)} is hidden and left out.`,
    ),
    // A template has columns that most teams leave out.
    ...(header.absent.length === 0 || mapping.name === mapping.type
      ? []
      : [`Headings that the sheet does without: ${header.absent.join(', ')}.`]),
    ...(header.unmapped.length === 0 ? [] : [`Columns that are left out: ${header.unmapped.join(', ')}.`]),
  ];
}

function taken(
  sheet: Sheet,
  mapping: Mapping,
  header: Header,
  required: ReadonlySet<string>,
  answers: AnsweredSheets,
): TakenSheet {
  const leftOut: LeftOut[] = [];
  const rows: { row: SheetRow; faults: readonly RowFault[]; answered: boolean }[] = [];
  const coveredIn = coveredColumns(sheet, header);
  for (const standing of sheet.rows) {
    if (standing.row <= header.row) continue;
    const [row, answer] = answers.read(sheet.name, standing, header.columns) ?? [standing, undefined];
    if (answer?.row === 'leave') leftOut.push({ row: row.row, why: 'it is answered that it be left out' });
    else if (header.columns.every(({ column }) => row.cells[column] === undefined))
      leftOut.push({ row: row.row, why: 'nothing stands in a column that is read' });
    else if (isTotals(row, header, required)) leftOut.push({ row: row.row, why: 'a row of totals' });
    else if (isHeaderAgain(row, header)) leftOut.push({ row: row.row, why: 'the header again' });
    else if (row.hidden && mapping.hiddenRows === 'leave' && answer?.row !== 'take')
      leftOut.push({ row: row.row, why: 'a hidden row; they are to be left out' });
    else {
      const faults = faultsOfRow(row, coveredIn(row), header, mapping.hiddenRows, answer);
      rows.push({ row, faults, answered: answer !== undefined && answer.cells.size > 0 });
    }
  }
  return {
    name: sheet.name,
    header,
    rows,
    leftOut,
    faults: [],
    notes: notesOf(sheet, header, mapping),
    lastRow: sheet.rows.at(-1)?.row ?? 0,
  };
}

function untaken(sheet: Sheet, found: Pick<TakenSheet, 'faults' | 'notes'>): TakenSheet {
  return { name: sheet.name, header: undefined, rows: [], leftOut: [], lastRow: 0, ...found };
}

/** Takes the rows of a file that a mapping reads, with what was answered about them; what is left out is said. */
export function takeSheets(
  { sheets, format }: Workbook,
  mapping: Mapping,
  answers: AnsweredSheets,
): readonly TakenSheet[] {
  const fixed = new Set(mapping.fixed.map(({ field }) => field));
  const required = new Set(
    importFields(mapping.type)
      .filter(({ name, required: must }) => must && !fixed.has(name))
      .map(({ name }) => name),
  );
  // Text has one sheet, which has no name of its own.
  const named = format === 'csv' ? undefined : mapping.sheets?.map((name) => name.toLowerCase());
  const found = sheets.map((sheet) => {
    if (named !== undefined && !named.includes(sheet.name.toLowerCase()))
      return untaken(sheet, {
        faults: [],
        notes: ['It is not among the sheets to be read, and is left out.'],
      });
    if (named === undefined && sheet.hidden)
      return untaken(sheet, {
        faults: [],
        notes: ['The sheet is hidden and left out; choose it where the columns are named to take it.'],
      });
    const header = findHeader(sheet, mapping, required);
    if ('header' in header) return taken(sheet, mapping, header.header, required, answers);
    if ('none' in header)
      return untaken(sheet, {
        faults: [],
        notes: ['None of the headings stands here; the sheet is left out.'],
      });
    return untaken(sheet, {
      faults: header.faults.map(({ fault }) => ({ ...fault, column: null })),
      notes: [],
    });
  });
  return found.some(({ header, faults }) => header !== undefined || faults.length > 0)
    ? found
    : withoutHeader(found, mapping);
}

/** A file in which no sheet has any of the headings is no file of this mapping. */
function withoutHeader(found: readonly TakenSheet[], mapping: Mapping): readonly TakenSheet[] {
  const [first, ...others] = found;
  if (first === undefined) return found;
  const headings = mapping.columns.map(({ heading }) => heading).join(', ');
  const fault = rejection(
    'column-found',
    `no sheet has a row with the headings of “${mapping.label}”: ${headings}`,
  );
  return [{ ...first, faults: [{ ...fault, column: null }] }, ...others];
}
