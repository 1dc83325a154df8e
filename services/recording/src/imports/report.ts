import type { LeftOut } from './sheet-rows';
import type { RowFault } from './row-faults';

const outcomes = ['new', 'changes', 'unchanged', 'warning', 'question', 'rejected'] as const;
/** What a row comes to. A warning is accepted only with a comment; questions and rejections stop an import. */
export type RowOutcome = (typeof outcomes)[number];

export interface RowReport {
  readonly row: number;
  readonly outcome: RowOutcome;
  /** The record, where there is one already or its id is known. */
  readonly record?: { readonly kind: string; readonly id: string };
  /** Of changes: the fields. */
  readonly fields?: readonly string[];
  readonly faults: readonly Omit<RowFault, 'level'>[];
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
  /** Faults of sheets. */
  readonly sheetFaults: number;
  /** People who are not in the vault yet. */
  readonly newPeople: number;
};

/** What an import does, or would do, row by row: the dry run and the run say the same. */
export interface ImportReport {
  readonly dryRun: boolean;
  /** Whether anything was recorded. */
  readonly recorded: boolean;
  readonly replayed: boolean;
  /** The import, where one was recorded. */
  readonly import: string | null;
  readonly position: string | null;
  readonly cursor: string | null;
  readonly mapping: string;
  /** What was found out about the file. */
  readonly found: readonly string[];
  readonly sheets: readonly SheetReport[];
  readonly totals: Totals;
}

/** Counts a report. */
export function totalsOf(sheets: readonly SheetReport[], newPeople: number): Totals {
  const count = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<RowOutcome, number>;
  let rows = 0;
  for (const sheet of sheets)
    for (const { outcome } of sheet.rows) {
      count[outcome] += 1;
      rows += 1;
    }
  return {
    rows,
    ...count,
    leftOut: sheets.reduce((sum, { leftOut }) => sum + leftOut.length, 0),
    sheetFaults: sheets.reduce((sum, { faults }) => sum + faults.length, 0),
    newPeople,
  };
}

/** Whether nothing stands in the way of recording. */
export function isLoadable({ rejected, question, warning, sheetFaults }: Totals): boolean {
  return rejected + question + warning + sheetFaults === 0;
}

/** The worst of the faults of a row. */
export function outcomeOfFaults(faults: readonly RowFault[]): RowOutcome | undefined {
  for (const level of ['rejected', 'question', 'warning'] as const)
    if (faults.some((fault) => fault.level === level)) return level;
  return undefined;
}

/** A fault as it is reported. */
export function reported({ column, code, message, suggestion }: RowFault): Omit<RowFault, 'level'> {
  return { column, code, message, ...(suggestion !== undefined && { suggestion }) };
}
