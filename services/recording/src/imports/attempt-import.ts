import type { CorrectionReason } from '@ledger/events';
import { readWorkbook } from '@ledger/spreadsheets';
import type { Command, StampedCommand } from '../application/command';
import { mostWithheld } from '../application/most-withheld';
import type { Recording } from '../application/recording';
import { AnsweredSheets } from './answered-sheets';
import { noAnswers, type Answers } from './answers';
import type { DecidedRow, RowSetting } from './decide-rows';
import type { Candidate } from './duplicate-candidates';
import { findDuplicates } from './find-duplicates';
import { findGone, type GoneRow } from './find-gone';
import { findMapping } from './mappings';
import { PeopleInFile } from './people-in-file';
import {
  reported,
  totalsOf,
  type ImportReport,
  type ReportedDuplicate,
  type RowReport,
  type SheetReport,
} from './report';
import { RowReader, type PreparedFile } from './row-reader';
import { takeSheets, type TakenSheet } from './sheet-rows';
import { tryRows, type TriedRows } from './try-rows';
import type { ImportProgress } from './turn-taking';

/** Why a file is proposed as an adjustment. */
export interface FileProposal {
  readonly reason: CorrectionReason;
  /** Kept in the vault. */
  readonly note?: string | undefined;
}

/** A file to import, as it was sent. */
export interface SentFile {
  readonly bytes: Uint8Array;
  /** What the file is called; it goes to the vault. */
  readonly name: string;
  /** The name of a saved mapping, or the type of a template. */
  readonly map: string;
  /** What the import is called in lists; the kind of record if nothing is said. */
  readonly label?: string | undefined;
  /** Accepts every warning that has no comment of its own. */
  readonly comment?: string | undefined;
  /** What is answered to what a dry run asked. */
  readonly answers?: Answers | undefined;
  /** Proposes all of it as an adjustment to closed time, in the place of recording it. */
  readonly proposal?: FileProposal | undefined;
}

/** Events of the import's own stream that go with its records in one append. */
const ownEvents = 2;

/** Reads a file and finds the rows that its mapping takes. @throws UnreadableWorkbookError, DecisionRefused */
export async function prepare(
  recording: Recording,
  { bytes, name, map, answers = noAnswers }: SentFile,
): Promise<PreparedFile> {
  const mapping = await findMapping(recording, map);
  const workbook = await readWorkbook(bytes, name);
  const at = new AnsweredSheets(workbook.sheets, answers);
  return { mapping, workbook, sheets: takeSheets(workbook, mapping, at), answered: at.answered() };
}

function sheetReports(
  sheets: readonly TakenSheet[],
  rows: readonly { readonly sheet: number; readonly report: RowReport }[],
): SheetReport[] {
  const bySheet = sheets.map((): RowReport[] => []);
  for (const { sheet, report } of rows) bySheet[sheet]?.push(report);
  return sheets.map(({ name, leftOut, faults, notes }, at) => ({
    name,
    rows: bySheet[at] ?? [],
    leftOut,
    faults: faults.map((fault) => reported(fault)),
    notes,
  }));
}

/** One attempt: everything read and decided, nothing recorded. */
export interface Attempt {
  readonly report: ImportReport;
  readonly tried: TriedRows;
  readonly people: PeopleInFile;
  readonly setting: RowSetting;
}

/** What every attempt at an import shares. */
export interface Importing {
  readonly recording: Recording;
  readonly command: Command;
  readonly stamped: StampedCommand;
  readonly file: SentFile;
  readonly prepared: PreparedFile;
  readonly importId: string;
  /** The streams of records of which something is proposed, each with the adjustment that holds it. */
  readonly waiting: ReadonlyMap<string, string>;
  readonly tell: ((progress: ImportProgress) => void) | undefined;
}

/** What was found about the rows together. */
export interface FoundBeside {
  readonly newPeople: number;
  readonly duplicates: readonly ReportedDuplicate[];
  readonly gone: readonly GoneRow[];
}

/** What rows came to, sheet by sheet, before anything of it is recorded. */
export function reportOf(
  { command, prepared }: Importing,
  rows: readonly DecidedRow[],
  { newPeople, duplicates, gone }: FoundBeside,
): ImportReport {
  const sheets = sheetReports(prepared.sheets, rows);
  return {
    dryRun: command.dryRun === true,
    recorded: false,
    replayed: false,
    import: null,
    proposed: null,
    position: null,
    cursor: null,
    mapping: prepared.mapping.name,
    found: prepared.workbook.found,
    answered: prepared.answered,
    sheets,
    duplicates,
    gone,
    totals: totalsOf(sheets, { newPeople, duplicates: duplicates.length, gone: gone.length }),
  };
}

async function duplicatesIn(
  { recording, prepared: { sheets } }: Importing,
  candidates: readonly Candidate[],
  people: PeopleInFile,
): Promise<readonly ReportedDuplicate[]> {
  const nameOf = (sheet: number): string => sheets[sheet]?.name ?? '';
  const found = await findDuplicates(recording, candidates, people);
  return found.map(({ sheet, row, why, like }) => ({
    sheet: nameOf(sheet),
    row,
    why,
    like: like.map((one) => ('record' in one ? one : { sheet: nameOf(one.sheet), row: one.row })),
  }));
}

/** How many events of records one append takes beside those of the import itself, and of an approval. */
export function mostAtOnceOf({ recording, file }: Pick<Importing, 'recording' | 'file'>): number {
  const { log } = recording.parts;
  return (file.proposal === undefined ? log.limits.appendEvents : mostWithheld(log)) - ownEvents;
}

/**
 * Reads, compares and decides every row; nothing is recorded.
 * @param known whether few enough events are known to come of it: otherwise those of a large file are not kept
 */
export async function attempt(importing: Importing, known: 'few' | 'not' = 'not'): Promise<Attempt> {
  const { recording, command, stamped, file, prepared, importId, waiting, tell } = importing;
  const people = new PeopleInFile(recording.parts.vault.people);
  const { vault, today } = recording.parts;
  const reader = new RowReader(prepared, await recording.parts.reference(), today(), vault);
  const { comment } = file;
  const proposes = file.proposal !== undefined;
  const setting = { recording, command, stamped, reader, people, comment, importId, waiting, proposes };
  const most = mostAtOnceOf(importing);
  const mostKept = command.dryRun === true || (known === 'not' && reader.total > most) ? 0 : most;
  const tried = await tryRows(setting, mostKept, tell);
  const held = new Set(tried.rows.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const report = reportOf(importing, tried.rows, {
    newPeople: people.added,
    duplicates: await duplicatesIn(importing, tried.candidates, people),
    gone: await findGone(recording, prepared.mapping.name, tried.sources, held),
  });
  return { report, tried: { ...tried, candidates: [] }, people, setting };
}
