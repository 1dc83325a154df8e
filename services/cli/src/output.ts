/* Everything the command prints: one JSON document for machines, tables for people. */

export interface Printing {
  readonly json: boolean;
}

/** What people are shown of an answer. */
export type ForPeople = (answer: unknown) => string;

function out(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function print(answer: unknown, { json }: Printing, forPeople: ForPeople): void {
  out(json ? JSON.stringify(answer) : forPeople(answer));
}

/** A line to whom it may concern, never among the answers. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

type Row = Readonly<Record<string, unknown>>;

/** Rows of an answer; an answer of another shape has none. */
export function rowsOf(answer: unknown, name: string): readonly Row[] {
  const found = memberOf(answer, name);
  return Array.isArray(found) ? found : [];
}

/** The list that a member of an answer is, as texts; an answer of another shape has none. */
export function textsOf(answer: unknown, name: string): readonly string[] {
  const found = memberOf(answer, name);
  return Array.isArray(found) ? found.map(text) : [];
}

export function memberOf(answer: unknown, name: string): unknown {
  return typeof answer === 'object' && answer !== null && name in answer
    ? Reflect.get(answer, name)
    : undefined;
}

export function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A table: numbers to the right, everything else to the left. */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = rows.map((row) => row.map(text));
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const numeric = columns.map(
    (_, at) =>
      rows.length > 0 &&
      rows.every(
        (row) => typeof row[at] === 'number' || /^[£−+\d]/.test(text(row[at])) || text(row[at]) === '',
      ),
  );
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, at) =>
        numeric[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [lineOf(columns), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(lineOf)].join(
    '\n',
  );
}

/** A number of events, in words. */
export function eventsAre(events: unknown): string {
  return events === 1 ? '1 event is' : `${text(events)} events are`;
}
