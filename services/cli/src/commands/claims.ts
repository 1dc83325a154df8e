import type { Command } from 'commander';
import { memberOf, rowsOf, table, text } from '../output';
import { bridgeInWords } from './bridge-in-words';
import { claimPath } from './claim-path';
import { command, question, withLedger } from './context';
import { foot } from './foot';
import { oneClaim, pounds } from './one-claim';
import type { ProposingOptions } from './proposing';
import { savingsInWords } from './savings-in-words';
import { done, writing } from './writing';

interface ClaimOptions extends ProposingOptions {
  readonly assurance?: string;
  readonly cursor?: string;
  readonly year?: string;
  readonly top?: string;
  readonly units?: string;
  readonly seed?: string;
  readonly by?: string;
  readonly from?: string;
  readonly to?: string;
  readonly fromRecordedBy?: string;
  readonly toRecordedBy?: string;
}

function worklist(answer: unknown): string {
  const next = memberOf(answer, 'next');
  return [
    table(
      ['state', 'claims'],
      rowsOf(answer, 'states').map((row) => [row['assurance'], row['claims']]),
    ),
    '',
    table(
      ['claim', 'state', 'realisation', 'title'],
      rowsOf(answer, 'claims').map((row) => [row['id'], row['assurance'], row['realisation'], row['title']]),
    ),
    ...(typeof next === 'string' ? [`There are more: --cursor ${next}`] : []),
    foot(answer),
  ].join('\n');
}

/** Open questions with their days, and how many are how long overdue. */
function queriesInWords(answer: unknown): string {
  return [
    table(
      ['claim', 'asked', 'due', 'days open', 'days overdue', 'title'],
      rowsOf(answer, 'queries').map((row) => [
        memberOf(row['claim'], 'id'),
        row['asked'],
        row['due'],
        row['daysOpen'],
        row['daysOverdue'],
        memberOf(row['claim'], 'title'),
      ]),
    ),
    '',
    table(
      ['age', 'questions'],
      rowsOf(answer, 'ageing').map((row) => [row['age'], row['queries']]),
    ),
    foot(answer),
  ].join('\n');
}

function confirmationsInWords(answer: unknown): string {
  const rows = rowsOf(answer, 'confirmations').map((row) => [
    memberOf(row['claim'], 'id'),
    row['year'],
    row['due'],
    row['overdue'] === true ? 'overdue' : '',
    memberOf(row['claim'], 'title'),
  ]);
  return rows.length === 0
    ? `No recurring gain needs a confirmation.${foot(answer)}`
    : table(['claim', 'year', 'due', '', 'title'], rows) + foot(answer);
}

function sampleInWords(answer: unknown): string {
  if (memberOf(answer, 'populationClaims') === 0)
    return `No claim was delivered in ${text(memberOf(answer, 'year'))}, so there is none to draw.${foot(answer)}`;
  const projected = memberOf(answer, 'projectedMisstatementPence');
  return [
    table(
      ['claim', 'drawn', 'delivered', 'verified'],
      rowsOf(answer, 'drawn').map((row) => [
        memberOf(row['claim'], 'title'),
        row['drawn'],
        pounds(row['deliveredPence']),
        row['verifiedPence'] === null ? 'not looked at' : pounds(row['verifiedPence']),
      ]),
    ),
    '',
    `It covers ${pounds(memberOf(answer, 'sampledPence'))} of ${pounds(memberOf(answer, 'populationPence'))}, ${text(memberOf(answer, 'coveragePercent'))} %.`,
    typeof projected === 'number'
      ? `The misstatement that it projects: ${pounds(projected)}.`
      : 'No misstatement is projected until every claim of the sample has been looked at.',
    foot(answer),
  ].join('\n');
}

/** What finance asks beside the claim itself. */
function auditQuestions(): readonly Command[] {
  return [
    question('overlaps', 'Claims that may count the same gain as one')
      .argument('<id>', 'the id of the claim')
      .action(async (id: string, options: ClaimOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get(`${claimPath(id)}/overlaps`, { asRecordedBy: options.asRecordedBy }),
          (answer) =>
            table(
              ['claim', 'because', 'state', 'title'],
              rowsOf(answer, 'overlaps').map((row) => [
                memberOf(row['claim'], 'id'),
                rowsOf(row, 'because').map(text).join(', '),
                row['resolved'] ?? (row['blocking'] === true ? 'to be decided' : 'shown only'),
                memberOf(row['claim'], 'title'),
              ]),
            ) + foot(answer),
        ),
      ),
    question('claim-sample', 'A sample of the claims delivered in a year, which can be drawn again')
      .requiredOption('--year <year>', 'for example 2019/20')
      .option('--top <n>', 'so many of the largest', '6')
      .option('--units <n>', 'so many monetary units of the others', '9')
      .option('--seed <n>', 'decides where the first unit lies', '1')
      .action(async ({ year, top, units, seed, ...options }: ClaimOptions) =>
        withLedger(
          options,
          (ledger) =>
            ledger.get('/api/claim-sample', { year, top, units, seed, asRecordedBy: options.asRecordedBy }),
          sampleInWords,
        ),
      ),
    command('claim-queries', 'Questions of finance that nobody has answered, those due first').action(
      async (options: ClaimOptions) =>
        withLedger(options, (ledger) => ledger.get('/api/claim-queries', {}), queriesInWords),
    ),
    command('confirmations', 'Recurring gains that need a confirmation, those due first').action(
      async (options: ClaimOptions) =>
        withLedger(options, (ledger) => ledger.get('/api/claim-confirmations', {}), confirmationsInWords),
    ),
  ];
}

/** Commands about savings claims. */
export function claimCommands(): readonly Command[] {
  return [
    question('claims', 'Savings claims, by how far they are assured')
      .option('--assurance <state>', 'only claims in this state, such as submitted or "under review"')
      .option('--cursor <cursor>', 'the next page')
      .action(async ({ assurance, cursor, ...options }: ClaimOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get('/api/claims', { assurance, cursor, asRecordedBy: options.asRecordedBy }),
          worklist,
        ),
      ),
    question(
      'claim',
      'One savings claim: amounts, what comes next and what blocks it, evidence, and how it came to this',
    )
      .argument('<id>', 'the id of the claim')
      .action(async (id: string, options: ClaimOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get(claimPath(id), { asRecordedBy: options.asRecordedBy }),
          oneClaim,
        ),
      ),
    ...auditQuestions(),
    question(
      'savings-table',
      'Savings of a year by area, programme or body: estimate, delivered, verified, target',
    )
      .requiredOption('--year <year>', 'for example 2016/17')
      .option('--by <what>', 'area, programme or body', 'area')
      .action(async ({ year, by, ...options }: ClaimOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get('/api/savings-table', { year, by, asRecordedBy: options.asRecordedBy }),
          savingsInWords,
        ),
      ),
    command('savings-bridge', 'What lies between the gains of two years, or of one as recorded by two days')
      .requiredOption('--from <year>', 'for example 2018/19')
      .option('--to <year>', 'another year; left out, the same')
      .option('--from-recorded-by <day or position>')
      .option('--to-recorded-by <day or position>')
      .action(async ({ from, to, fromRecordedBy, toRecordedBy, ...options }: ClaimOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get('/api/savings-bridge', { from, to, fromRecordedBy, toRecordedBy }),
          bridgeInWords,
        ),
      ),
    writing('lapse-overdue', 'Let recurring gains lapse that were not confirmed in time').action(
      async (options: ClaimOptions) =>
        withLedger(
          options,
          (ledger) =>
            ledger.post(
              '/api/claim-lapses',
              options.note === undefined ? {} : { note: options.note },
              options,
            ),
          done,
        ),
    ),
    question('figure-checks', 'Published amounts that are made of parts, or are said of two things').action(
      async (options: ClaimOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get('/api/figure-checks', { asRecordedBy: options.asRecordedBy }),
          (answer) =>
            table(
              ['year', 'finding', 'what'],
              rowsOf(answer, 'findings').map((row) => [row['year'], row['finding'], row['sentence']]),
            ) + foot(answer),
        ),
    ),
  ];
}
