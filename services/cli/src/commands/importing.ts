import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { LedgerAccess } from '../access';
import { calledFrom } from '../called-from';
import { exitCodes } from '../exit-codes';
import { memberOf, note, print, rowsOf, table, text, textsOf } from '../output';
import { showingProgress } from '../progress';
import { readGiven } from '../read-given';
import { readItems, readJson, UnreadableFileError } from '../read-items';
import { RefusedError } from '../refused-error';
import { repeated } from '../repeated';
import { command, withLedger, type CommonOptions } from './context';
import { importInWords, orNothing } from './import-in-words';
import { proposable, sendOrPropose, whyOf } from './proposing';
import type { RecordingOptions } from './recording';
import { done, readText, writing } from './writing';

/** Here `--set` is of cells, not of the fields of a record. */
interface ImportOptions extends Omit<RecordingOptions, 'set'> {
  readonly map?: string;
  readonly comment?: string;
  readonly result?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly leave?: readonly string[];
  readonly takeHidden?: readonly string[];
  readonly answers?: string;
}

/** What the options answer: those of a file first, then those given one by one. Undefined for nothing. */
function answersOf({ set = {}, leave = [], takeHidden = [], answers }: ImportOptions): unknown {
  const kept: unknown = answers === undefined ? undefined : readJson(readText(answers), answers);
  const row = (as: string) => (address: string) => [address, as] as const;
  const given = {
    cells: set,
    rows: Object.fromEntries([...leave.map(row('leave')), ...takeHidden.map(row('take'))]),
  };
  if (kept === undefined)
    return Object.keys({ ...given.cells, ...given.rows }).length === 0 ? undefined : given;
  if (typeof kept !== 'object' || kept === null) return kept;
  // Whatever the file says beside, the ledger refuses by name.
  return {
    ...kept,
    cells: { ...membersOf(memberOf(kept, 'cells')), ...given.cells },
    rows: { ...membersOf(memberOf(kept, 'rows')), ...given.rows },
  };
}

function membersOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** `F33=Watford` with those before: a cell, and what is read in its place. */
function cellSaid(said: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  // The sheet may have a sign of equality in its name, and what is read too: the first after a number parts them.
  const [, address, value] = /^(.*?\d+)=(.*)$/s.exec(said) ?? [];
  if (address === undefined || value === undefined)
    throw new InvalidArgumentError('Say which cell, and what is read in its place: Sheet!F33=Watford');
  return { ...before, [address]: value };
}

function bytesOf(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readGiven(file));
}

async function importing(file: string, options: ImportOptions, map: string): Promise<void> {
  const ledger = LedgerAccess.of(options);
  const json = options.json === true;
  try {
    const { label, comment, note: said } = options;
    const proposed = options.propose === true ? { propose: whyOf(options)['reason'], note: said } : {};
    const query = { map, name: basename(file), label, comment, ...proposed };
    const beside = { answers: answersOf(options) };
    const bytes = bytesOf(file);
    if (options.result !== undefined) {
      const result = await ledger.fileOfFile(
        '/api/import-results',
        { map, name: query.name, comment, propose: proposed.propose },
        bytes,
        beside,
      );
      writeFileSync(calledFrom(options.result), result);
      note(`Written: ${options.result}, a copy in which each row says what it comes to.`);
    }
    const report = await showingProgress(
      async () => {
        const [first] = rowsOf(await ledger.get('/api/import-files'), 'running');
        if (first === undefined) return undefined;
        return { done: Number(first['done']), total: Number(first['total']), doing: text(first['doing']) };
      },
      500,
      () => ledger.postFile('/api/import-files', query, bytes, options, beside),
    );
    print(report, { json }, importInWords);
  } catch (error) {
    // A file that was refused is answered with what each row came to, as in a dry run.
    if (!(error instanceof RefusedError) || memberOf(error.problem, 'sheets') === undefined) throw error;
    print(error.problem, { json }, importInWords);
    note(error.problem.detail);
    process.exitCode = exitCodes.refused;
  } finally {
    await ledger.close();
  }
}

function listed(answer: unknown): string {
  return table(
    ['import', 'recorded', 'rows', 'events', 'state', 'label'],
    rowsOf(answer, 'imports').map((row) =>
      ['id', 'recordedAt', 'rows', 'events', 'state', 'label'].map((name) => row[name]),
    ),
  );
}

/** What was answered when an import was loaded. */
function openedAnswers(answers: unknown): string[] {
  const rowsIn = (name: string): string => textsOf(answers, name).join(', ');
  const erased = text(memberOf(answers, 'erased'));
  return [
    ...rowsOf(answers, 'cells').map(
      ({ sheet, column, row, was, now }) =>
        `${text(sheet)}!${text(column)}${text(row)} was read as ${orNothing(now)}; the file had ${orNothing(was)}.`,
    ),
    ...(erased === '' || erased === '0' ? [] : [`${erased} more were about people who are erased.`]),
    ...(rowsIn('left') === '' ? [] : [`Rows left out: ${rowsIn('left')}.`]),
    ...(rowsIn('taken') === '' ? [] : [`Hidden rows taken: ${rowsIn('taken')}.`]),
  ];
}

function opened(answer: unknown): string {
  const rows = rowsOf(answer, 'records').map(({ row, kind, id, changedSince }) => [
    row,
    kind,
    id,
    changedSince === true ? 'changed since' : '',
  ]);
  return [
    `${text(memberOf(answer, 'label'))}: ${text(memberOf(answer, 'state'))}; ${text(memberOf(answer, 'changedSince'))} of its records were changed since.`,
    ...openedAnswers(memberOf(answer, 'answers')),
    table(['row', 'kind', 'record', ''], rows),
  ].join('\n');
}

function mappingCommand(): Command {
  const made = command('mapping', 'Save and show how the columns of your own files are read');
  made.addCommand(
    writing('save', 'Save a mapping under a name, in place of the one before')
      .argument('<name>', 'lower-case letters, digits and hyphens')
      .argument(
        '<file>',
        'JSON: {"label","type","columns":[{"heading","field"}],"fixed":[{"field","value"}]}',
      )
      .action(async (name: string, file: string, options: RecordingOptions) =>
        withLedger(
          options,
          (ledger) => {
            const mapping: unknown = readJson(readText(file), file);
            const sent = typeof mapping === 'object' && mapping !== null ? { ...mapping, name } : mapping;
            return ledger.post('/api/mappings', sent, options);
          },
          done,
        ),
      ),
  );
  made.addCommand(
    command('list', 'The saved mappings').action(async (options: CommonOptions) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/mappings'),
        (answer) =>
          table(
            ['mapping', 'type', 'columns', 'label'],
            rowsOf(answer, 'mappings').map((row) => [
              row['name'],
              row['type'],
              rowsOf(row, 'columns').length,
              row['label'],
            ]),
          ),
      ),
    ),
  );
  made.addCommand(
    command('show', 'A saved mapping, or that of a template, to make your own of')
      .argument('<name>')
      .action(async (name: string, options: CommonOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get(`/api/mappings/${encodeURIComponent(name)}`),
          (answer) => JSON.stringify(answer, null, 2),
        ),
      ),
  );
  return made;
}

/** Commands about files: importing, trying it first, and what imports did. */
export function importingCommands(): readonly Command[] {
  return [
    proposable(
      writing(
        'import',
        'Record a file as one import, which can be reversed whole; try it first with --dry-run',
      ),
    )
      .argument(
        '<file>',
        'XLSX, ODS or CSV with --map; without, NDJSON or CSV of records; - for standard input',
      )
      .option('--map <name>', 'a saved mapping, or the type of a template such as SupportProvided')
      .option('--reason <code>', 'of a proposal; late-information if nothing is said')
      .option('--note <text>', 'of a proposal: kept in the vault, not in the log')
      .option('--label <text>', 'what the import is called')
      .option('--result <file>', 'also write a copy of the file (XLSX) with what each row comes to')
      .option('--comment <text>', 'accepts every warning; kept in the vault')
      .option('--set <cell=value>', 'reads a value in the place of a cell: Sheet!F33=Watford', cellSaid)
      .option('--leave <row>', 'leaves a row out: Sheet!69', repeated)
      .option('--take-hidden <row>', 'takes a row although it is hidden: Sheet!84', repeated)
      .option('--answers <file>', 'JSON: {"cells":{"Sheet!F33":"Watford"},"rows":{"Sheet!69":"leave"}}')
      .action(async (file: string, given: ImportOptions) => {
        const options = { ...given, reason: given.reason ?? 'late-information' };
        if (options.map !== undefined) return importing(file, options, options.map);
        if (/\.(xlsx|ods)$/i.test(file))
          throw new UnreadableFileError(`${file}: say how it is read, with --map and a mapping or a type.`);
        const records = readItems(readText(file), file);
        const sent = { label: options.label ?? 'Import', records };
        return withLedger(
          options,
          (ledger) => sendOrPropose(ledger, '/api/imports', sent, { do: 'import' }, options),
          done,
        );
      }),
    command('imports', 'List the imports, or open one with the records it wrote')
      .argument('[id]')
      .action(async (id: string | undefined, options: CommonOptions) =>
        withLedger(
          options,
          (ledger) =>
            ledger.get(id === undefined ? '/api/imports' : `/api/imports/${encodeURIComponent(id)}`),
          id === undefined ? listed : opened,
        ),
      ),
    mappingCommand(),
    command('template', 'Write the workbook to fill in for a kind of record')
      .argument('<type>', 'such as SupportProvided')
      .argument('<file>', 'where to write it: records.xlsx')
      .action(async (type: string, file: string, options: CommonOptions) =>
        withLedger(
          options,
          async (ledger) => {
            const bytes = await ledger.bytes(`/api/import-templates/${encodeURIComponent(type)}`);
            writeFileSync(calledFrom(file), bytes);
            return { file, bytes: bytes.length };
          },
          () =>
            `Written: ${file}. Fill in its first sheet, then try it: ledger import ${file} --map ${type} --dry-run`,
        ),
      ),
  ];
}
