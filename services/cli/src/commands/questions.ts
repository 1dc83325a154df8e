import type { Command } from 'commander';
import { memberOf, rowsOf, table, text } from '../output';
import { command, question, withLedger, type CommonOptions } from './context';
import { foot } from './foot';

type Options = CommonOptions & Readonly<Record<string, string | undefined>>;

function published(row: unknown): string {
  const [first] = rowsOf(row, 'published');
  return first === undefined ? '' : `${text(first['value'])}: ${text(first['reason'])}`;
}

/** A figure with its mark: [p] provisional, [r] restated with what it was when the year was finally closed. */
function marked(row: unknown): string {
  const standing = memberOf(row, 'standing');
  const shown = text(memberOf(row, 'shown'));
  switch (memberOf(standing, 'status')) {
    case 'provisional':
      return `${shown} [p]`;
    case 'restated':
      return `${shown} [r, final: ${text(memberOf(memberOf(standing, 'final'), 'shown')) || 'not asked'}]`;
    default:
      return shown;
  }
}

/** The parameters of an address, from options; the options of the program itself are not among them. */
function parameters(options: Options): Record<string, string | undefined> {
  const { data: _, user: __, json: ___, ...asked } = options;
  return asked;
}

/** What an answer as at a day leaves out. */
function datedOnlyToYear(answer: unknown): string {
  const count = memberOf(answer, 'datedOnlyToYear');
  return typeof count === 'number' && count > 0
    ? `\nRecords dated only to the year: ${count}. In which part of it they lie is not known.`
    : '';
}

function quarterlyTotals(): Command {
  return question('quarterly-totals', 'Every measure by the quarters of one financial year')
    .requiredOption('--year <year>', 'for example 2016/17')
    .action(async (options: Options) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/quarterly-totals', parameters(options)),
        (answer) =>
          table(
            ['measure', 'Q1', 'Q2', 'Q3', 'Q4', 'quarter not known', 'year'],
            rowsOf(answer, 'rows').map((row) => [
              row['label'],
              ...[1, 2, 3, 4, 'not-known', 'year'].map((period) => {
                const one = rowsOf(row, 'periods').find((other) => other['period'] === period);
                // What is not asked so has nothing to be provisional.
                return one?.['explain'] === null ? one['shown'] : one && marked(one);
              }),
            ]),
          ) +
          datedOnlyToYear(answer) +
          foot(answer),
      ),
    );
}

function annualTotals(): Command {
  return question('annual-totals', 'Every measure for one financial year')
    .requiredOption('--year <year>', 'for example 2016/17')
    .option('--as-at <day>', 'only up to this day of the year, for example 2016-09-30')
    .action(async (options: Options) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/annual-totals', parameters(options)),
        (answer) =>
          table(
            ['measure', 'value', 'change', 'published'],
            rowsOf(answer, 'rows').map((row) => [
              row['label'],
              marked(row),
              text(memberOf(row['change'], 'shown')),
              published(row),
            ]),
          ) +
          (memberOf(answer, 'asAt') === null ? '' : datedOnlyToYear(answer)) +
          foot(answer),
      ),
    );
}

function savings(): Command {
  return question('savings', 'The savings annex of one financial year')
    .requiredOption('--year <year>', 'for example 2016/17')
    .action(async (options: Options) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/savings', parameters(options)),
        (answer) => {
          const total = memberOf(answer, 'total');
          const rows = rowsOf(answer, 'rows').map((row) => [
            row['label'],
            marked(row),
            row['claims'],
            published(row),
          ]);
          const split = rowsOf(answer, 'split').map((row) => [row['label'], row['shown'], row['claims']]);
          return [
            table(['savings area', 'gain', 'claims', 'published'], rows),
            `\n${text(memberOf(total, 'label'))}: ${marked(total)}`,
            `\n${table(['gain type, realisation, basis', 'gain', 'claims'], split)}`,
            `\nNot apportioned: ${text(memberOf(memberOf(answer, 'notApportioned'), 'shown'))}`,
            foot(answer),
          ].join('\n');
        },
      ),
    );
}

function deliverables(): Command {
  return question('deliverables', 'The deliverables of a year: how they were rated as at a day')
    .requiredOption('--year <year>', 'for example 2019/20')
    .option('--as-at <day>', 'a day of the year, for example 2019-09-30; its last day if left out')
    .action(async (options: Options) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/deliverables', parameters(options)),
        (answer) => {
          const counted = ['asAt', 'total', 'green', 'amber', 'red', 'notRated'];
          const all = [...rowsOf(answer, 'quarters'), ...rowsOf({ asAsked: [answer] }, 'asAsked')];
          return [
            table(
              ['deliverable', 'rating', 'as at', 'reached', 'target'],
              rowsOf(answer, 'rows').map((row) => [
                row['title'],
                row['rag'] ?? 'not rated',
                row['ratedAsAt'],
                reached(row['progress']),
                row['target'],
              ]),
            ),
            table(
              ['as at', 'total', 'green', 'amber', 'red', 'not rated'],
              all.map((row) => counted.map((name) => row[name])),
            ),
            ...rowsOf(answer, 'definitions').map(
              (one) =>
                `Of ${text(one['deliverables'])} ratings: green is “${text(one['green'])}”, amber “${text(one['amber'])}”, red “${text(one['red'])}”.`,
            ),
            foot(answer),
          ].join('\n\n');
        },
      ),
    );
}

/** "68 of 75 (91%)", or nothing where the target has no number. */
function reached(progress: unknown): string {
  const [numerator, base] = [memberOf(progress, 'numerator'), memberOf(progress, 'base')];
  if (base === undefined) return '';
  const percentage = memberOf(progress, 'percentage');
  return `${text(numerator)} of ${text(base)}${typeof percentage === 'number' ? ` (${percentage}%)` : ''}`;
}

function takeUp(): Command {
  return question('take-up', 'Take-up by region, type, control or party')
    .option('--measure <id>')
    .option('--offer <id>')
    .option('--programme <id>')
    .requiredOption('--year <year>', 'for example 2016/17')
    .requiredOption('--by <grouping>', 'region, type, control or party')
    .option('--reference-date <day>', 'reached up to this day of the year, of the councils of that day')
    .action(async (options: Options) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/take-up', parameters(options)),
        (answer) =>
          [
            `${text(memberOf(answer, 'of'))}, ${text(memberOf(answer, 'year'))}, as at ${text(memberOf(answer, 'referenceDate'))}`,
            table(
              [text(memberOf(answer, 'by')), 'reached', 'base', 'share', 'published'],
              [...rowsOf(answer, 'rows'), ...rowsOf({ total: [memberOf(answer, 'total')] }, 'total')].map(
                (row) => [row['group'], row['numerator'] ?? '[c]', row['base'], marked(row), published(row)],
              ),
            ),
            `\n${text(memberOf(memberOf(answer, 'rule'), 'words'))}`,
            ...rowsOf(answer, 'excluded').map(
              (row) => `Not in it: ${text(row['label'])}: ${text(row['count'])}`,
            ),
            foot(answer),
          ].join('\n'),
      ),
    );
}

function figure(): Command {
  return question('figure', 'A published figure beside what the ledger computes')
    .argument('<id>', 'for example 2016-17.peer-challenges.delivered')
    .action(async (id: string, options: Options) =>
      withLedger(
        options,
        (ledger) => ledger.get(`/api/figures/${encodeURIComponent(id)}`, parameters(options)),
        (answer) => {
          const [printed, computed] = [memberOf(answer, 'published'), memberOf(answer, 'computed')];
          return [
            `Published: ${text(memberOf(printed, 'value'))} ${text(memberOf(printed, 'unit'))} (${text(memberOf(printed, 'qualifier'))}), ${text(memberOf(printed, 'source'))}`,
            computed === undefined ? 'Computed: no query yet' : `Computed: ${marked(computed)}`,
            text(memberOf(answer, 'reason')),
            foot(answer),
          ].join('\n');
        },
      ),
    );
}

function explain(): Command {
  return question('explain', 'Which events a figure is made of')
    .requiredOption('--ask <question>', 'annual-total, take-up, savings or savings-table')
    .requiredOption('--year <year>')
    .option('--measure <id>')
    .option('--offer <id>')
    .option('--programme <id>')
    .option('--by <grouping>')
    .option('--group <name>')
    .option('--roles <roles>')
    .option('--as-at <day>')
    .option('--quarter <quarter>', '1 to 4, or not-known')
    .option('--area <id>')
    .option('--realisation <state>')
    .option('--gain-type <type>')
    .option('--amount-basis <basis>')
    .option('--row <id>', 'of the savings table: an area, programme or body, none, or all')
    .option('--column <column>', 'of the savings table: estimate, delivered, verified …')
    .option('--limit <n>')
    .option('--cursor <cursor>')
    .action(async (options: Options) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/explain', parameters(options)),
        (answer) =>
          [
            `${text(memberOf(answer, 'question'))}: ${marked(answer)}`,
            text(memberOf(memberOf(answer, 'rule'), 'words')),
            table(
              ['position', 'event', 'body', 'from', 'to', 'quantity'],
              rowsOf(answer, 'lines').map((line) => [
                line['position'],
                line['type'],
                text(memberOf(line['body'], 'name')),
                line['from'],
                line['to'],
                line['quantity'],
              ]),
            ),
            `${text(memberOf(answer, 'lineCount'))} lines in all.`,
            foot(answer),
          ].join('\n'),
      ),
    );
}

function list(
  name: string,
  description: string,
  path: string,
  member: string,
  columns: readonly string[],
): Command {
  return question(name, description).action(async (options: Options) =>
    withLedger(
      options,
      (ledger) => ledger.get(path, parameters(options)),
      (answer) =>
        table(
          columns,
          rowsOf(answer, member).map((row) => columns.map((column) => row[column])),
        ) + foot(answer),
    ),
  );
}

function records(): Command {
  return question('records', 'Records, from the newest')
    .option('--kind <kind>', 'activity, claim, observation or deliverable')
    .option('--search <words>')
    .option('--offer <id>')
    .option('--body <id>')
    .option('--year <year>')
    .option('--waiting', 'only those that wait for approval')
    .option('--limit <n>')
    .option('--cursor <cursor>')
    .action(async (options: Options) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/records', parameters(options)),
        (answer) =>
          table(
            ['id', 'type', 'title', 'offer', 'from', 'to', 'state'],
            rowsOf(answer, 'records').map((row) => [
              row['id'],
              row['type'],
              row['title'],
              row['offer'],
              row['from'],
              row['to'],
              row['state'],
            ]),
          ) +
          `\n${text(memberOf(answer, 'total'))} in all${nextPage(memberOf(answer, 'next'))}.` +
          foot(answer),
      ),
    );
}

function nextPage(next: unknown): string {
  return typeof next === 'string' ? `; next page: --cursor ${next}` : '';
}

function duplicates(): Command {
  return command('duplicates', 'Pairs of activities that may be one thing recorded twice')
    .option('--days <n>', 'at most so many days apart (14)')
    .option('--overlap-percent <n>', 'words of the titles alike (80)')
    .action(async (options: Options) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/duplicates', parameters(options)),
        (answer) =>
          table(
            ['one', 'other', 'title', 'days apart', 'why'],
            rowsOf(answer, 'pairs').map((pair) => [
              text(memberOf(pair['one'], 'id')),
              text(memberOf(pair['other'], 'id')),
              text(memberOf(pair['one'], 'title')),
              pair['daysApart'],
              pair['why'],
            ]),
          ) +
          `\n${text(memberOf(answer, 'total'))} pairs in all; merge with: ledger merge OTHER ONE --reason duplicate` +
          foot(answer),
      ),
    );
}

/** Commands that ask. */
export function questionCommands(): readonly Command[] {
  return [
    annualTotals(),
    quarterlyTotals(),
    savings(),
    deliverables(),
    takeUp(),
    figure(),
    explain(),
    list('measures', 'The measures in force', '/api/measures', 'measures', ['id', 'label', 'unit', 'kind']),
    list('offers', 'The catalogue of offers', '/api/offers', 'offers', ['id', 'label']),
    records(),
    duplicates(),
  ];
}
