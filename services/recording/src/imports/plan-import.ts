import type { Fault, Thing } from '@ledger/domain';
import { derivedId, streamOf, type LedgerEvent } from '@ledger/events';
import { kindOfRecord } from '../application/kind-of';
import type { Command, StampedCommand } from '../application/command';
import { checkOwnProgramme } from '../application/own-programme';
import type { PendingWrites } from '../application/pending-writes';
import { personsIn } from '../application/persons-in';
import type { Recording } from '../application/recording';
import { decideRow, type RowDecision } from './decide-row';
import { importedHistory } from './imported-history';
import type { Mapping } from './mapping';
import { naturalKey } from './natural-key';
import type { PeopleInFile } from './people-in-file';
import type { ReadRow } from './read-row';
import { outcomeOfFaults, reported, type RowReport } from './report';
import { question, type RowFault } from './row-faults';
import { takingTurns, type ImportProgress } from './turn-taking';

/** What an import would write, and what it says of each row. */
export interface PlannedImport {
  readonly pending: PendingWrites;
  readonly rows: readonly { readonly sheet: number; readonly report: RowReport }[];
}

/** What rows are decided with. */
export interface PlanSetting {
  readonly recording: Recording;
  readonly command: Command;
  readonly stamped: StampedCommand;
  readonly mapping: Mapping;
  readonly people: PeopleInFile;
  /** Accepts the warnings of every row that has no comment of its own. */
  readonly comment: string | undefined;
  readonly importId: string;
  /** The row that an event names: rows count on through the sheets. */
  readonly rowNumber: (row: ReadRow) => number;
  readonly tell: ((progress: ImportProgress) => void) | undefined;
}

/** Rows of one file with one natural key may be one thing written twice, or two: somebody must say. */
function askAboutRepeats(rows: readonly ReadRow[], keys: readonly (string | undefined)[]): void {
  const byKey = new Map<string, ReadRow[]>();
  for (const [at, row] of rows.entries()) {
    const key = keys[at];
    if (key === undefined) continue;
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [row]);
    else same.push(row);
  }
  for (const same of byKey.values()) {
    if (same.length < 2) continue;
    for (const row of same) {
      const others = same.filter((other) => other !== row).map((other) => other.row);
      row.faults.push({
        column: null,
        ...question(
          'row-once',
          `${others.length === 1 ? 'row' : 'rows'} ${others.slice(0, 5).join(', ')}${others.length > 5 ? ' and more' : ''} of this file ${others.length === 1 ? 'is' : 'are'} of the same thing; take the repeats out, or give each a reference of its own`,
        ),
      });
    }
  }
}

/** Decides on every row of a file, in order. What it says is the same in a dry run as in the run itself. */
export async function planImport(rows: readonly ReadRow[], setting: PlanSetting): Promise<PlannedImport> {
  const { recording, stamped, mapping } = setting;
  const reference = await recording.parts.reference();
  const context = recording.context(reference);
  const pending = recording.pending(stamped, reference);
  const keys = rows.map((row) => naturalKey(row, mapping.name));
  askAboutRepeats(rows, keys);
  const planned: { sheet: number; report: RowReport }[] = [];
  for (const [at, row] of rows.entries()) {
    await takingTurns(at, rows.length, 'deciding', setting.tell);
    const key = keys[at];
    const report =
      key === undefined || row.content === undefined || row.faults.length > 0
        ? faulty(row)
        : await decided(row, row.content, key);
    planned.push({ sheet: row.sheet, report });
  }
  return { pending, rows: planned };

  async function decided(row: ReadRow, content: LedgerEvent, key: string): Promise<RowReport> {
    const kind = kindOfRecord(content.type);
    const id = derivedId('imported', recording.parts.vault.keyed(key));
    const thing = await pending.thing(kind, id);
    const decision = await decide(thing, content);
    const record = { kind, id };
    if ('fault' in decision) row.faults.push({ column: null, ...decision.fault });
    else if ('refused' in decision) row.faults.push(...at(row, decision.refused, 'rejected'));
    else if (decision.outcome === 'unchanged')
      return { row: row.row, outcome: 'unchanged', record, faults: [] };
    else {
      const closed = await pending.closedFaultsWith(thing, decision.events);
      if (closed.length === 0) return add(row, thing, content, decision);
      row.faults.push(...at(row, closed, 'rejected'));
    }
    return faulty(row);
  }

  async function decide(thing: Thing, content: LedgerEvent): Promise<RowDecision> {
    const contents = thing.contents.map(({ event }) => event);
    const { programmes } = setting.command;
    const history =
      contents.length === 0
        ? { last: undefined, reversed: false }
        : await importedHistory(recording.parts.log, streamOf(thing.kind, thing.id), content.type);
    try {
      checkOwnProgramme(reference.catalogue, programmes, [content, ...contents], 'data.offer');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'NOT_YOUR_PROGRAMME')) throw error;
      return { refused: [{ code: 'own-programme', path: 'data.offer', message: error.message }] };
    }
    return decideRow(thing, content, history, context);
  }

  async function add(
    row: ReadRow,
    thing: Thing,
    content: LedgerEvent,
    decision: Extract<RowDecision, { outcome: 'new' | 'changes' }>,
  ): Promise<RowReport> {
    const comment = row.comment ?? setting.comment;
    const warned = at(row, decision.warnings, 'warning');
    if (warned.length > 0 && comment === undefined) {
      row.faults.push(...warned);
      return faulty(row);
    }
    const number = setting.rowNumber(row);
    const about = personsIn([content]);
    const stamps =
      setting.command.dryRun === true
        ? {}
        : await recording.accept(stamped, decision.warnings, comment, String(number), about);
    for (const event of decision.events)
      await pending.add(thing, event, { import: { id: setting.importId, row: number }, ...stamps });
    const standIn = about.some((person) => setting.people.isNew(person));
    return {
      row: row.row,
      outcome: decision.outcome,
      // The id of a record about somebody who is not in the vault yet is not known yet.
      ...(!standIn && { record: { kind: thing.kind, id: thing.id } }),
      ...(decision.outcome === 'changes' && { fields: decision.fields }),
      faults: warned.map(reported),
    };
  }
}

/** Faults of the rules, each at its column. */
function at(row: ReadRow, faults: readonly Fault[], level: RowFault['level']): RowFault[] {
  const found = faults.map(({ path, code, message }) => ({
    level,
    column: row.columnOf(path),
    code,
    message: level === 'warning' ? `${message}; if it is right, give a comment that says why` : message,
  }));
  // One cell may say two ends of a span; what is wrong with both is said once.
  return found.filter(
    ({ column, code }, here) => found.findIndex((one) => one.column === column && one.code === code) === here,
  );
}

function faulty(row: ReadRow): RowReport {
  const outcome = outcomeOfFaults(row.faults) ?? 'rejected';
  return { row: row.row, outcome, faults: row.faults.map(reported) };
}
