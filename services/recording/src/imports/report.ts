import type { Answered } from './answered-sheets';
import type { GoneRow } from './find-gone';
import type { LeftOut } from './sheet-rows';
import { answersOf, type RowFault } from './row-faults';

const outcomes = ['new', 'changes', 'unchanged', 'warning', 'question', 'rejected'] as const;
/** What a row comes to. A warning is accepted only with a comment; questions and rejections stop an import. */
export type RowOutcome = (typeof outcomes)[number];

/** A fault as it is reported. */
export interface ReportedFault extends Omit<RowFault, 'level'> {
  /** What the cell holds, as text; left out where it holds nothing or a whole row is meant. */
  readonly holds?: string;
}

export interface RowReport {
  readonly row: number;
  readonly outcome: RowOutcome;
  /** The record, where there is one already or its id is known. */
  readonly record?: { readonly kind: string; readonly id: string };
  /** Of changes: the fields. */
  readonly fields?: readonly string[];
  /** The row lies wholly in closed time: refused for that, or, of a file that is proposed, held back. */
  readonly closed?: true;
  readonly faults: readonly ReportedFault[];
}

export interface SheetReport {
  readonly name: string;
  readonly rows: readonly RowReport[];
  readonly leftOut: readonly LeftOut[];
  /** What is wrong with the sheet itself: a column that is missing, or stands twice. */
  readonly faults: readonly Omit<RowFault, 'level'>[];
  readonly notes: readonly string[];
}

export type Totals = Readonly<Record<RowOutcome, number>> & {
  readonly rows: number;
  readonly leftOut: number;
  /** Rows that lie wholly in closed time. */
  readonly closed: number;
  /** Faults of sheets. */
  readonly sheetFaults: number;
  /** People who are not in the vault yet. */
  readonly newPeople: number;
  /** New rows that may be of one thing with another row or with a record of the ledger. */
  readonly duplicates: number;
  /** Records that earlier files had rows of, and this one has not. */
  readonly gone: number;
};

/** A new row that may be of one thing with others; it is listed, and never merged. */
export interface ReportedDuplicate {
  readonly sheet: string;
  readonly row: number;
  readonly why: string;
  /** The first few that it is like: rows of this file, or records of the ledger. */
  readonly like: readonly (
    | { readonly sheet: string; readonly row: number }
    | { readonly record: { readonly kind: string; readonly id: string } }
  )[];
}

/** What an import does, or would do, row by row: the dry run and the run say the same. */
export interface ImportReport {
  readonly dryRun: boolean;
  /** Whether anything was recorded. */
  readonly recorded: boolean;
  readonly replayed: boolean;
  /** The import, where one was recorded. */
  readonly import: string | null;
  /** The adjustment that holds all of it until somebody else approves it, where it was proposed. */
  readonly proposed: string | null;
  readonly position: string | null;
  readonly cursor: string | null;
  readonly mapping: string;
  /** What was found out about the file. */
  readonly found: readonly string[];
  /** What was answered about cells and rows, and is read in the place of what stands there. */
  readonly answered: Answered;
  readonly sheets: readonly SheetReport[];
  readonly duplicates: readonly ReportedDuplicate[];
  /** What earlier files had and this one has not; nothing is taken away by that. */
  readonly gone: readonly GoneRow[];
  readonly totals: Totals;
}

/** Counts a report. */
export function totalsOf(
  sheets: readonly SheetReport[],
  beside: Pick<Totals, 'newPeople' | 'duplicates' | 'gone'>,
): Totals {
  const count = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<RowOutcome, number>;
  let [rows, closed] = [0, 0];
  for (const sheet of sheets)
    for (const { outcome, closed: isClosed } of sheet.rows) {
      if (isClosed === true) closed += 1;
      count[outcome] += 1;
      rows += 1;
    }
  return {
    rows,
    ...count,
    leftOut: sheets.reduce((sum, { leftOut }) => sum + leftOut.length, 0),
    closed,
    sheetFaults: sheets.reduce((sum, { faults }) => sum + faults.length, 0),
    ...beside,
  };
}

/** Whether nothing stands in the way of recording. */
export function isLoadable({ rejected, question, warning, sheetFaults }: Totals): boolean {
  return rejected + question + warning + sheetFaults === 0;
}

/** What keeps a file from being recorded, in words; a warning needs only a comment. */
export function inTheWay({ rejected, question, sheetFaults }: Totals): readonly string[] {
  return [
    ...counted(rejected, 'row is refused', 'rows are refused'),
    ...counted(question, 'row asks a question', 'rows ask a question'),
    ...counted(sheetFaults, 'thing is wrong with the columns', 'things are wrong with the columns'),
  ];
}

/** That rows want a comment, in words. */
export function wantingComment({ warning }: Totals): readonly string[] {
  return counted(warning, 'row wants a comment', 'rows want a comment');
}

function counted(count: number, one: string, several: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
}

/** The worst of the faults of a row. */
export function outcomeOfFaults(faults: readonly RowFault[]): RowOutcome | undefined {
  for (const level of ['rejected', 'question', 'warning'] as const)
    if (faults.some((fault) => fault.level === level)) return level;
  return undefined;
}

/** A fault as it is reported, with what its cell holds. */
export function reported(
  { column, code, message, suggestion, alternative }: RowFault,
  textIn: (column: string) => string = () => '',
): ReportedFault {
  const holds = column === null ? '' : textIn(column);
  return {
    column,
    code,
    message,
    ...answersOf([suggestion, alternative]),
    ...(holds !== '' && { holds }),
  };
}
