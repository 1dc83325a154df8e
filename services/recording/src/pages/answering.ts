import { createHash } from 'node:crypto';
import { canonicalJson } from '@ledger/events';
import { upperFirst, type Fields } from '@ledger/http';
import { addressOf, type Answers } from '../imports/answers';
import type { ImportReport, RowReport } from '../imports/report';

/** A cell or a row about which something was found, with what can be done about it on the page. */
export interface ShownPlace {
  readonly sheet: string;
  readonly row: number;
  readonly column: string | null;
  /** How it is named in the form. */
  readonly address: string;
  readonly outcome: string;
  readonly faults: readonly {
    readonly message: string;
    /** The nearest right answers, each with the number of its button where it is the value of a cell. */
    readonly nearest: readonly { readonly answer: string; readonly take?: number }[];
  }[];
  /** What the cell holds, and whether that is in several lines. */
  readonly holds: string;
  readonly lines: boolean;
  /** Of merged cells: it may be said that the cell is empty. */
  readonly maybeEmpty: boolean;
  readonly hidden: boolean;
  /** The address of its row, where that was not said before on the page. */
  readonly rowAddress: string | null;
}

type Fault = RowReport['faults'][number];

function inColumns(faults: readonly Fault[]): ReadonlyMap<string | null, readonly Fault[]> {
  const columns = new Map<string | null, Fault[]>();
  for (const fault of faults) columns.set(fault.column, [...(columns.get(fault.column) ?? []), fault]);
  return columns;
}

/** The cells and rows of a report that want something, each once, in the order of the file. */
export function placesToLookAt({ sheets }: ImportReport): readonly ShownPlace[] {
  let take = 0;
  const places: ShownPlace[] = [];
  for (const { name: sheet, rows } of sheets)
    for (const { row, outcome, faults } of rows)
      for (const [at, [column, found]] of [...inColumns(faults)].entries()) {
        const holds = found.find((fault) => fault.holds !== undefined)?.holds ?? '';
        places.push({
          sheet,
          row,
          column,
          address: addressOf(sheet, column ?? '', row),
          outcome,
          faults: found.map(({ message, suggestion, alternative }) => ({
            message: upperFirst(message),
            // What goes for a whole row is no value of a cell.
            nearest: [suggestion ?? [], alternative ?? []]
              .flat()
              .map((answer) => ({ answer, ...(column !== null && { take: take++ }) })),
          })),
          holds,
          lines: holds.includes('\n'),
          maybeEmpty: found.some(({ code }) => code === 'merged-cell'),
          hidden: found.some(({ code }) => code === 'hidden-row'),
          rowAddress: at === 0 ? addressOf(sheet, '', row) : null,
        });
      }
  return places;
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/** What was typed beside the cells: what differs from what they held; a field that comes empty comes not at all. */
function typedIn(form: Fields): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const name of Object.keys(form)) {
    const address = /^shown-(.+)$/s.exec(name)?.[1];
    if (address === undefined) continue;
    // Of a cell that is empty a form sends a mark, since it cannot send nothing.
    const held = plain(form[`was-${address}`] ?? '');
    const now = plain(form[`cell-${address}`] ?? '');
    if (now !== held) typed[address] = now;
  }
  return typed;
}

/** The answers so far with those of a form: values that were typed, and the one button that was pressed. */
export function answersWith({ cells, rows }: Answers, form: Fields): Answers {
  const { take, empty, leave, hidden, undo } = form;
  const at = form[`at-${take ?? ''}`];
  const nearest = form[`nearest-${take ?? ''}`];
  const answered = {
    cells: {
      ...cells,
      ...typedIn(form),
      ...(at !== undefined && nearest !== undefined && { [at]: nearest }),
      ...(empty !== undefined && { [empty]: '' }),
    },
    rows: {
      ...rows,
      ...(leave !== undefined && { [leave]: 'leave' as const }),
      ...(hidden !== undefined && { [hidden]: 'take' as const }),
    },
  };
  return answersWithout(answered, undo === undefined ? [] : [undo]);
}

/** Answers without those to some addresses. */
export function answersWithout(answers: Answers, addresses: readonly string[]): Answers {
  const gone = new Set(addresses);
  const kept = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([address]) => !gone.has(address)));
  return { cells: kept(answers.cells), rows: kept(answers.rows) };
}

/** Tells answers apart, so that what is loaded is what was shown. */
export function markOf(answers: Answers): string {
  return createHash('sha256').update(canonicalJson(answers)).digest('hex').slice(0, 16);
}
