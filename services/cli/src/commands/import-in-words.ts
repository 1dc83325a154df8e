import { memberOf, rowsOf, table, text, textsOf } from '../output';

/** At most this many rows are shown to people; `--json` has all. */
const mostShown = 40;

type Row = Readonly<Record<string, unknown>>;

function faultLines(sheet: Row): string[][] {
  const name = text(sheet['name']);
  const ofSheet = rowsOf(sheet, 'faults').map((fault) => [name, '', '', 'rejected', text(fault['message'])]);
  const ofRows = rowsOf(sheet, 'rows').flatMap((row) =>
    rowsOf(row, 'faults').map((fault) => [
      name,
      text(row['row']),
      text(fault['column']),
      text(row['outcome']),
      withAnswer(fault),
    ]),
  );
  return [...ofSheet, ...ofRows];
}

/** What was found, with the nearest right answer where the sentence does not say it already. */
function withAnswer(fault: Row): string {
  const message = text(fault['message']);
  const answers = ['suggestion', 'alternative']
    .map((name) => text(fault[name]))
    .filter((answer) => answer !== '');
  return answers.every((answer) => message.includes(answer))
    ? message
    : `${message} ${answers.map((answer) => `[${answer}]`).join(' or ')}`;
}

/** The rows that change a record, with the fields that do. */
function changeLines(sheet: Row): string[][] {
  return rowsOf(sheet, 'rows').flatMap((row) => {
    const named = textsOf(row, 'fields').join(', ');
    return row['outcome'] === 'changes' ? [[text(sheet['name']), text(row['row']), named]] : [];
  });
}

function leftOutLines(sheet: Row): string[] {
  const name = text(sheet['name']);
  return [
    ...rowsOf(sheet, 'leftOut').map(({ row, why }) => `${name}, row ${text(row)} is left out: ${text(why)}.`),
    ...rowsOf(sheet, 'notes').map((said) => `${name}: ${text(said)}`),
  ];
}

/** A text of a file, in quotation marks. */
export function orNothing(said: unknown): string {
  return text(said) === '' ? 'nothing' : `“${text(said)}”`;
}

/** What is read in the place of what stands in the file. */
function answeredLines(answered: unknown): string[] {
  return rowsOf(answered, 'cells').map(
    ({ sheet, column, row, was, now }) =>
      `${text(sheet)}, ${text(column)}${text(row)} is read as ${orNothing(now)}, as answered; the file has ${orNothing(was)}.`,
  );
}

/** What may be of one thing with others, and what earlier files had: listed, and left to people. */
function besideLines(report: unknown): string[] {
  const duplicates = rowsOf(report, 'duplicates').map((row) => {
    const like = rowsOf(row, 'like').map((one) => {
      const record = memberOf(one, 'record');
      return record === undefined
        ? `${text(one['sheet'])}, row ${text(one['row'])}`
        : `${text(memberOf(record, 'kind'))} ${text(memberOf(record, 'id'))}`;
    });
    return [text(row['sheet']), text(row['row']), like.join('; '), text(row['why'])];
  });
  const gone = rowsOf(report, 'gone').map((row) => {
    const record = memberOf(row, 'record');
    return [
      text(row['row']),
      `${text(memberOf(record, 'kind'))} ${text(memberOf(record, 'id'))}`,
      text(row['title']),
    ];
  });
  return [
    ...listedUpTo(
      `New rows that may be recorded already, or twice in this file: ${duplicates.length}. They are loaded all the same; nothing is merged by itself.`,
      ['sheet', 'row', 'like', 'why'],
      duplicates,
    ),
    ...listedUpTo(
      `Records of earlier files that are not in this one: ${gone.length}. They stay as they are.`,
      ['row then', 'record', 'title'],
      gone,
    ),
  ];
}

function listedUpTo(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  if (rows.length === 0) return [];
  const more = rows.length - mostShown;
  return [
    title,
    table(headings, rows.slice(0, mostShown)),
    ...(more > 0 ? [`… and ${more} more; --json shows all.`] : []),
    '',
  ];
}

/** Rows in closed time, and what to do with a file that has some. */
function closedLines(report: unknown): string[] {
  const closed = Number(memberOf(memberOf(report, 'totals'), 'closed') ?? 0);
  if (closed === 0) return [];
  const rows = closed === 1 ? '1 row lies' : `${closed} rows lie`;
  const refused = rowsOf(report, 'sheets').some((sheet) =>
    rowsOf(sheet, 'rows').some((row) => row['closed'] === true && row['outcome'] === 'rejected'),
  );
  return [
    refused
      ? `${rows} wholly in closed time. Once nothing else is wrong, the whole file can be proposed with --propose --reason late-information, and a second person approves it; or leave them out with --leave.`
      : `${rows} wholly in closed time; with them the whole file waits for the approval of a second person.`,
    '',
  ];
}

function endOf(report: unknown): string {
  const said = (name: string): string => text(memberOf(report, name));
  if (memberOf(report, 'recorded') === true)
    return `Recorded as the import ${said('import')}, up to position ${said('position')}.`;
  if (said('proposed') !== '')
    return `Proposed as the adjustment ${said('proposed')}; nothing of it counts until somebody else approves it: ledger approve-adjustment ${said('proposed')}`;
  return memberOf(report, 'dryRun') === true
    ? 'This was a dry run; nothing was recorded.'
    : 'Nothing was recorded.';
}

/** What an import came to, for people. */
export function importInWords(report: unknown): string {
  const totals = memberOf(report, 'totals');
  const count = (name: string): string => text(memberOf(totals, name));
  const sheets = rowsOf(report, 'sheets');
  const faults = sheets.flatMap(faultLines);
  const changes = sheets.flatMap(changeLines);
  const counts = ['new', 'changes', 'unchanged', 'warning', 'question', 'rejected'].map((name) => [
    name,
    count(name),
  ]);
  return [
    ...rowsOf(report, 'found').map(text),
    ...sheets.flatMap(leftOutLines),
    ...answeredLines(memberOf(report, 'answered')),
    '',
    table(['outcome', 'rows'], counts),
    '',
    ...(changes.length === 0 ? [] : [table(['sheet', 'row', 'changes'], changes.slice(0, mostShown)), '']),
    ...(changes.length > mostShown
      ? [`… and ${changes.length - mostShown} more changes; --json shows all.`, '']
      : []),
    ...(faults.length === 0
      ? []
      : [table(['sheet', 'row', 'column', 'outcome', 'what was found'], faults.slice(0, mostShown)), '']),
    ...(faults.length > mostShown ? [`… and ${faults.length - mostShown} more; --json shows all.`, ''] : []),
    ...besideLines(report),
    ...closedLines(report),
    endOf(report),
  ].join('\n');
}
