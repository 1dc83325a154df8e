import { createHash } from 'node:crypto';
import { derivedId, streamOf } from '@ledger/events';
import { isLogError, type StreamWrite } from '@ledger/event-log';
import { readWorkbook, type Workbook } from '@ledger/spreadsheets';
import { typeTitle } from '@ledger/pages';
import { findReplay, stampCommand, type Command, type StampedCommand } from '../application/command';
import { refused } from '../application/faults';
import type { Recording } from '../application/recording';
import { matcherOf } from '../application/reference';
import { stampedImport } from '../application/imports';
import { BodyLookup } from './body-lookup';
import { importFields } from './import-fields';
import type { Mapping } from './mapping';
import { findMapping } from './mappings';
import { PeopleInFile } from './people-in-file';
import { planImport, type PlannedImport } from './plan-import';
import { readRow, type ReadRow } from './read-row';
import {
  isLoadable,
  reported,
  totalsOf,
  type ImportReport,
  type RowReport,
  type SheetReport,
} from './report';
import { fixedIn, givenIn, RowValues } from './row-values';
import { takingTurns, type ImportProgress } from './turn-taking';
import { takeSheets, type TakenSheet } from './sheet-rows';

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
}

/** Who imports, and whether it is tried only. */
export type ImportCommand = Omit<Command, 'request'>;

/** How often an import is decided anew when someone else wrote first. */
const mostAttempts = 5;

interface Prepared {
  readonly mapping: Mapping;
  readonly workbook: Workbook;
  readonly sheets: readonly TakenSheet[];
}

async function prepare(recording: Recording, { bytes, name, map }: SentFile): Promise<Prepared> {
  const mapping = await findMapping(recording, map);
  const workbook = await readWorkbook(bytes, name);
  return { mapping, workbook, sheets: takeSheets(workbook, mapping) };
}

async function readRows(
  recording: Recording,
  prepared: Prepared,
  people: PeopleInFile,
  tell: ((progress: ImportProgress) => void) | undefined,
): Promise<ReadRow[]> {
  const { mapping, workbook, sheets } = prepared;
  const reference = await recording.parts.reference();
  const setting = {
    reference,
    bodies: new BodyLookup(matcherOf(reference.register)),
    today: recording.parts.today(),
  };
  const fieldOf = new Map(importFields(mapping.type).map((field) => [field.name, field]));
  const fixed = fixedIn(mapping.fixed, fieldOf);
  const read: ReadRow[] = [];
  const total = sheets.reduce((sum, { rows }) => sum + rows.length, 0);
  for (const [sheet, { header, rows }] of sheets.entries())
    for (const { row, faults } of rows) {
      await takingTurns(read.length, total, 'reading', tell);
      const given = givenIn(row, header?.columns ?? [], fieldOf, workbook.date1904);
      // What a row says itself goes before what the mapping says of all.
      const own = new Set(given.map(({ field }) => field.name));
      const values = new RowValues([...fixed.filter(({ field }) => !own.has(field.name)), ...given], setting);
      for (const { mapped, letters } of header?.columns ?? []) {
        const field = fieldOf.get(mapped.field);
        if (field !== undefined) values.mention(field, letters);
      }
      values.faults.push(...faults);
      read.push(await readRow({ sheet, row: row.row, type: mapping.type }, values, people));
    }
  return read;
}

/** The rows of a file count on through its sheets, so that one number tells sheet and row. */
function rowNumbering(sheets: readonly TakenSheet[]): (row: ReadRow) => number {
  const before: number[] = [];
  let sum = 0;
  for (const { lastRow } of sheets) {
    before.push(sum);
    sum += lastRow;
  }
  return ({ sheet, row }) => (before[sheet] ?? 0) + row;
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
    faults: faults.map(reported),
    notes,
  }));
}

/** One attempt: everything read and decided, nothing recorded. */
interface Attempt {
  readonly report: ImportReport;
  readonly planned: PlannedImport;
  readonly importId: string;
  readonly people: PeopleInFile;
}

async function attempt(
  recording: Recording,
  command: Command,
  stamped: StampedCommand,
  file: SentFile,
  prepared: Prepared,
  tell: ((progress: ImportProgress) => void) | undefined,
): Promise<Attempt> {
  const { mapping, workbook, sheets } = prepared;
  const people = new PeopleInFile(recording.parts.vault.people);
  const importId = derivedId('import', stamped.id);
  const rows = await readRows(recording, prepared, people, tell);
  const planned = await planImport(rows, {
    recording,
    command,
    stamped,
    mapping,
    people,
    comment: file.comment,
    importId,
    rowNumber: rowNumbering(sheets),
    tell,
  });
  const reports = sheetReports(sheets, planned.rows);
  const report: ImportReport = {
    dryRun: command.dryRun === true,
    recorded: false,
    replayed: false,
    import: null,
    position: null,
    cursor: null,
    mapping: mapping.name,
    found: workbook.found,
    sheets: reports,
    totals: totalsOf(reports, people.added),
  };
  return { report, planned, importId, people };
}

/** What an import that is accepted writes first: itself, with its file named in the vault. */
async function ownWrite(
  recording: Recording,
  stamped: StampedCommand,
  file: SentFile,
  { mapping, sheets }: Prepared,
  { planned: { pending, rows }, importId }: Attempt,
): Promise<StreamWrite> {
  const { vault } = recording.parts;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const fileRef = await vault.putNote({
    commandKey: `${stamped.id}/file`,
    text: JSON.stringify({ name: file.name, sha256 }),
  });
  const accepted = {
    label: file.label ?? typeTitle(mapping.type),
    rows: rows.length,
    contentHash: vault.keyed(sha256),
    mapping: mapping.name,
    sheets: sheets.map(({ lastRow }) => lastRow),
    fileRef,
  };
  return {
    stream: streamOf('import', importId),
    expected: 'no-stream',
    events: [
      stampedImport(stamped, 'ImportAccepted', accepted),
      stampedImport(stamped, 'ImportCompleted', { events: pending.eventCount }),
    ],
  };
}

/**
 * Imports a file, or tries to: every row is read, compared and decided, and all is recorded in one append, or nothing
 * where a row is refused, asked about, or warned of without a comment. A file that changes nothing records nothing.
 * @throws UnreadableWorkbookError, DecisionRefused, EventLogError
 */
export async function importFile(
  recording: Recording,
  sent: ImportCommand,
  file: SentFile,
  tell?: (progress: ImportProgress) => void,
): Promise<ImportReport> {
  const prepared = await prepare(recording, file);
  const request = {
    file: recording.parts.vault.keyed(createHash('sha256').update(file.bytes).digest('hex')),
    map: file.map,
    label: file.label ?? null,
    comment: file.comment ?? null,
  };
  const command = { ...sent, request };
  const stamped = stampCommand(recording.parts.vault, 'import-file', command);
  for (let tried = 1; ; tried++) {
    const replay = sent.dryRun === true ? undefined : await findReplay(recording.parts.log, stamped);
    let now = await attempt(recording, command, stamped, file, prepared, tell);
    if (replay !== undefined) {
      const { position, cursor } = replay;
      const own = { import: now.importId, position: String(position), cursor };
      return { ...now.report, ...own, recorded: true, replayed: true };
    }
    if (sent.dryRun === true || !isLoadable(now.report.totals)) return now.report;
    if (now.people.added > 0) {
      // Everybody is in the vault before a record names them; their ids are then known, and the rows decided with them.
      const { added } = now.people;
      await now.people.keep();
      const again = await attempt(recording, command, stamped, file, prepared, tell);
      now = { ...again, report: { ...again.report, totals: { ...again.report.totals, newPeople: added } } };
      if (!isLoadable(now.report.totals)) return now.report;
    }
    if (now.planned.pending.eventCount === 0) return now.report;
    const { appendEvents } = recording.parts.log.limits;
    if (now.planned.pending.eventCount + 2 > appendEvents)
      throw refused(
        'too-many',
        'file',
        `the file would record ${now.planned.pending.eventCount} events at once, and ${appendEvents - 2} are possible; part it`,
      );
    try {
      const result = await recording.parts.log.append({
        writes: [await ownWrite(recording, stamped, file, prepared, now), ...now.planned.pending.writes()],
        checks: now.planned.pending.checks(),
        command: stamped.stamp,
        correlationId: stamped.id,
        causationId: stamped.id,
      });
      const { position, cursor, replayed } = result;
      return {
        ...now.report,
        recorded: true,
        replayed,
        import: now.importId,
        position: String(position),
        cursor,
      };
    } catch (error) {
      const meanwhile = isLogError(error, 'WRONG_EXPECTED_STATE') || isLogError(error, 'CHECK_FAILED');
      if (!meanwhile || tried >= mostAttempts) throw error;
    }
  }
}
