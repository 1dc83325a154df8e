import type { DecisionContext, Fault, Thing } from '@ledger/domain';
import { streamOf, type LedgerEvent } from '@ledger/events';
import { kindOfRecord } from '../application/kind-of';
import type { Command, StampedCommand } from '../application/command';
import { checkOwnProgramme } from '../application/own-programme';
import { wholeFaults } from '../application/part-of';
import type { PendingWrites } from '../application/pending-writes';
import { personsIn } from '../application/persons-in';
import type { Recording } from '../application/recording';
import { decideRow, type RowDecision } from './decide-row';
import { importedHistory } from './imported-history';
import { importedId, naturalKey } from './natural-key';
import type { PeopleInFile } from './people-in-file';
import type { ReadRow } from './read-row';
import { nearestAnswers } from './nearest-answers';
import { outcomeOfFaults, reported, type ReportedFault, type RowReport } from './report';
import { answersOf, question, type CellFault, type RowFault } from './row-faults';
import type { RowReader } from './row-reader';

/** What rows are decided with. */
export interface RowSetting {
  readonly recording: Recording;
  readonly command: Command;
  readonly stamped: StampedCommand;
  readonly reader: RowReader;
  readonly people: PeopleInFile;
  /** Accepts the warnings of every row that has no comment of its own. */
  readonly comment: string | undefined;
  readonly importId: string;
  /** The streams of records of which something is proposed, each with the adjustment that holds it. */
  readonly waiting: ReadonlyMap<string, string>;
  /** Whether what is decided is to be proposed: then rows in closed time are held back with the others. */
  readonly proposes: boolean;
}

/** What a row came to. */
export interface DecidedRow {
  readonly sheet: number;
  readonly report: RowReport;
  /** The id of its record, where the row could be read: rows of one id are of one thing. */
  readonly id?: string;
  /** What it says, where it records something new. */
  readonly content?: LedgerEvent;
}

const noFaults: readonly never[] = [];

/** Decides on the rows of a file, one by one. What it says is the same in a dry run as in the run itself. */
export class RowDeciding {
  readonly #context: DecisionContext;
  /** The imports that wrote to the records of the rows. */
  readonly sources = new Set<string>();

  constructor(readonly setting: RowSetting) {
    this.#context = setting.recording.context(setting.reader.reference);
  }

  /** @param pending takes the events of the row, where it records any */
  async decide(row: ReadRow, pending: PendingWrites): Promise<DecidedRow> {
    const { mapping } = this.setting.reader.file;
    const key = naturalKey(row, mapping.name);
    const { sheet, content } = row;
    if (key === undefined || content === undefined || row.faults.length > 0)
      return { sheet, report: faulty(row) };
    const id = importedId(key, this.setting.recording.parts.vault);
    const report = await this.#decided(row, content, id, pending);
    return { sheet, id, report, ...(report.outcome === 'new' && { content }) };
  }

  async #decided(row: ReadRow, content: LedgerEvent, id: string, pending: PendingWrites): Promise<RowReport> {
    const kind = kindOfRecord(content.type);
    const thing = await pending.thing(kind, id);
    const decision = await this.#decision(thing, content, pending);
    if ('fault' in decision) row.faults.push({ column: null, ...decision.fault });
    else if ('refused' in decision) row.faults.push(...at(row, decision.refused, 'rejected'));
    else if (decision.outcome === 'unchanged')
      return { row: row.row, outcome: 'unchanged', record: { kind, id }, faults: noFaults };
    else {
      const adjustment = this.setting.waiting.get(streamOf(kind, id));
      if (adjustment !== undefined) {
        row.faults.push({ column: null, ...proposedAlready(adjustment) });
        return faulty(row);
      }
      const closed = await pending.closedFaultsWith(thing, decision.events);
      const isClosed = closed.length > 0 && { closed: true as const };
      if (closed.length === 0 || this.setting.proposes)
        return { ...(await this.#add(row, thing, content, decision, pending)), ...isClosed };
      row.faults.push(...at(row, closed, 'rejected'));
      return { ...faulty(row), ...isClosed };
    }
    return faulty(row);
  }

  async #decision(thing: Thing, content: LedgerEvent, pending: PendingWrites): Promise<RowDecision> {
    const { recording, command, reader } = this.setting;
    const contents = thing.contents.map(({ event }) => event);
    const history =
      contents.length === 0
        ? { last: undefined, reversed: false, imports: [] }
        : await importedHistory(recording.parts.log, streamOf(thing.kind, thing.id), content.type);
    for (const source of history.imports) this.sources.add(source);
    try {
      const { catalogue } = reader.reference;
      checkOwnProgramme(catalogue, command.programmes, [content, ...contents], 'data.offer');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'NOT_YOUR_PROGRAMME')) throw error;
      return { refused: [{ code: 'own-programme', path: 'data.offer', message: error.message }] };
    }
    const decision = decideRow(thing, content, history, this.#context);
    const adds = 'outcome' in decision && decision.outcome !== 'unchanged';
    const ofWhole = adds ? await wholeFaults(pending, content) : [];
    return ofWhole.length > 0 ? { refused: ofWhole } : decision;
  }

  async #add(
    row: ReadRow,
    thing: Thing,
    content: LedgerEvent,
    decision: Extract<RowDecision, { outcome: 'new' | 'changes' }>,
    pending: PendingWrites,
  ): Promise<RowReport> {
    const { recording, command, stamped, reader, people, importId } = this.setting;
    const comment = row.comment ?? this.setting.comment;
    const warned = at(row, decision.warnings, 'warning');
    if (warned.length > 0 && comment === undefined) {
      row.faults.push(...warned);
      return faulty(row);
    }
    const number = reader.rowNumber(row);
    const about = personsIn([content]);
    const stamps =
      command.dryRun === true
        ? {}
        : await recording.accept(stamped, decision.warnings, comment, String(number), about);
    for (const event of decision.events)
      await pending.add(thing, event, { import: { id: importId, row: number }, ...stamps });
    const standIn = about.some((person) => people.isNew(person));
    return {
      row: row.row,
      outcome: decision.outcome,
      // The id of a record about somebody who is not in the vault yet is not known yet.
      ...(!standIn && { record: { kind: thing.kind, id: thing.id } }),
      ...(decision.outcome === 'changes' && { fields: decision.fields }),
      faults: warned.length === 0 ? noFaults : warned.map((fault) => reportedIn(row, fault)),
    };
  }
}

/** Of one record one change is proposed at a time: approving one would make the other one out of date. */
function proposedAlready(adjustment: string): CellFault {
  return question(
    'proposed-already',
    `a change of this record waits in the adjustment ${adjustment}; have that approved or declined first, or leave the row out`,
  );
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

/** Sentences of a schema, which say what must be, some with what was read; what stands in the cell takes that one's place. */
const saysWhatMustBe = /^(“.*?” )?(?=must be )/s;

/** A fault with what its cell holds, and the nearest right answers to that where it has none yet. */
function reportedIn(row: ReadRow, fault: RowFault): ReportedFault {
  const { column, code, message, suggestion } = fault;
  const holds = column === null ? '' : row.textIn(column);
  if (column === null || holds === '') return reported(fault);
  const as = row.readAs(column);
  const nearest =
    suggestion !== undefined || as === undefined ? [] : nearestAnswers(code, holds, as.kind, as.counts);
  const shown = message.endsWith('characters')
    ? `the text of ${holds.length} characters`
    : `“${holds.slice(0, 60)}”`;
  const said = message.replace(saysWhatMustBe, () => `${shown} `);
  return reported(
    { ...fault, message: said, ...answersOf(nearest.length > 0 ? nearest : [suggestion, fault.alternative]) },
    row.textIn,
  );
}

function byColumn({ column: one }: RowFault, { column: other }: RowFault): number {
  const [a, b] = [one ?? '', other ?? ''];
  if (a === b) return 0;
  return a.length - b.length || (a < b ? -1 : 1);
}

function faulty(row: ReadRow): RowReport {
  const outcome = outcomeOfFaults(row.faults) ?? 'rejected';
  // In the order in which somebody goes along the row; what is about all of it first.
  const inOrder = row.faults.toSorted(byColumn);
  return { row: row.row, outcome, faults: inOrder.map((fault) => reportedIn(row, fault)) };
}
