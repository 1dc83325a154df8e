import type { StreamCheck } from '@ledger/event-log';
import { DecidedOn } from '../application/in-parts';
import type { PendingWrites } from '../application/pending-writes';
import { candidateOf, type Candidate } from './duplicate-candidates';
import { RowDeciding, type DecidedRow, type RowSetting } from './decide-rows';
import { reported } from './report';
import { question } from './row-faults';
import { takingTurns, type ImportProgress } from './turn-taking';

/** A file tried: what each of its rows comes to, and nothing recorded. */
export interface TriedRows {
  readonly rows: DecidedRow[];
  /** How many events the rows would record. */
  readonly events: number;
  /** The events, where they were to be kept and are few enough. */
  readonly pending: PendingWrites | undefined;
  /** The closings that the rows were decided on. */
  readonly checks: readonly StreamCheck[];
  /** The new records among them, to be compared with others. */
  readonly candidates: readonly Candidate[];
  /** The imports that wrote to the records of the rows. */
  readonly sources: ReadonlySet<string>;
}

/** Records that are held while rows are only tried: their events are counted, and let go. */
const heldAtOnce = 200;

/**
 * Decides on every row of a file, in order.
 * @param mostKept how many events are kept to be appended; beyond it they are counted only
 */
export async function tryRows(
  setting: RowSetting,
  mostKept: number,
  tell: ((progress: ImportProgress) => void) | undefined,
): Promise<TriedRows> {
  const { recording, stamped, reader } = setting;
  const deciding = new RowDeciding(setting);
  const rows: DecidedRow[] = [];
  const candidates: Candidate[] = [];
  const repeats = new Repeats();
  const decidedOn = new DecidedOn();
  const begin = (): PendingWrites => recording.pending(stamped, reader.reference);
  let pending = begin();
  let kept = mostKept > 0;
  let gone = 0;
  for await (const row of reader.rows(setting.people)) {
    await takingTurns(rows.length, reader.total, 'reading', tell);
    const { content, ...decided } = await deciding.decide(row, pending);
    if (content !== undefined && decided.id !== undefined) {
      const candidate = candidateOf(content, { sheet: row.sheet, row: row.row, id: decided.id });
      if (candidate !== undefined) candidates.push(candidate);
    }
    repeats.saw(decided, rows.length);
    rows.push(decided);
    if (kept && pending.eventCount > mostKept) kept = false;
    if (!kept && rows.length % heldAtOnce === 0) {
      gone += pending.eventCount;
      decidedOn.add(pending);
      pending = begin();
    }
  }
  repeats.askIn(
    rows,
    reader.file.sheets.map(({ name }) => name),
  );
  decidedOn.add(pending);
  return {
    rows,
    events: gone + pending.eventCount,
    pending: kept ? pending : undefined,
    checks: decidedOn.checks(),
    candidates: candidates.filter(({ id }) => !repeats.has(id)),
    sources: deciding.sources,
  };
}

/** Of the other rows of a thing, so many are named in a question. */
const mostNamed = 5;

/** Rows of one file with one natural key may be one thing written twice, or two: somebody must say. */
class Repeats {
  readonly #first = new Map<string, number>();
  readonly #all = new Map<string, number[]>();

  saw({ id }: DecidedRow, at: number): void {
    if (id === undefined) return;
    const first = this.#first.get(id);
    if (first === undefined) this.#first.set(id, at);
    else {
      const all = this.#all.get(id);
      if (all === undefined) this.#all.set(id, [first, at]);
      else all.push(at);
    }
  }

  /** Whether several rows are of a record. */
  has(id: string): boolean {
    return this.#all.has(id);
  }

  /**
   * Puts the question in the place of whatever else such rows came to.
   * @param sheets the names of the sheets
   */
  askIn(rows: DecidedRow[], sheets: readonly string[]): void {
    for (const [id, places] of this.#all)
      for (const place of places) {
        const decided = rows[place];
        if (decided === undefined) continue;
        const named = places.slice(0, mostNamed + 1).filter((other) => other !== place);
        const others = named.slice(0, mostNamed).flatMap((other) => {
          const same = rows[other];
          if (same === undefined) return [];
          const elsewhere = same.sheet === decided.sheet ? '' : ` of the sheet “${sheets[same.sheet] ?? ''}”`;
          return [`${same.report.row}${elsewhere}`];
        });
        const one = places.length === 2;
        const fault = question(
          'row-once',
          `${one ? 'row' : 'rows'} ${others.join(', ')}${places.length - 1 > mostNamed ? ' and more' : ''} of this file ${one ? 'is' : 'are'} of the same thing; take the repeats out, or give each a reference of its own`,
        );
        const { row } = decided.report;
        const faults = [reported({ column: null, ...fault })];
        rows[place] = { sheet: decided.sheet, id, report: { row, outcome: 'question', faults } };
      }
  }
}
