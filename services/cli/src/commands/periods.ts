import type { Command } from 'commander';
import { memberOf, rowsOf, table, text, textsOf } from '../output';
import { readJson } from '../read-items';
import { question, withLedger, type CommonOptions } from './context';
import { foot } from './foot';
import { done, readText, withReason, writing } from './writing';

interface PeriodOptions extends CommonOptions {
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly quarter?: string;
  readonly programme?: string;
  readonly final?: boolean;
  readonly reason?: string;
  readonly note?: string;
}

function partOf({ quarter, programme, note }: PeriodOptions): Record<string, unknown> {
  return {
    ...(quarter !== undefined && { quarter: Number(quarter) }),
    ...(programme !== undefined && { programme }),
    ...(note !== undefined && { note }),
  };
}

/** `2019/20` in an address. */
function periodPath(year: string): string {
  return `/api/periods/${encodeURIComponent(year.replace('/', '-'))}`;
}

function ofPart(made: Command): Command {
  return made
    .argument('<year>', 'for example 2019/20')
    .option('--quarter <1 to 4>', 'a quarter of it; 1 is April to June')
    .option('--programme <id>', 'of one programme; left out, of all');
}

function closedInWords(row: Readonly<Record<string, unknown>>): string {
  const closed = rowsOf(row, 'closed').map((part) => {
    const when = part['quarter'] === null ? 'year' : `quarter ${text(part['quarter'])}`;
    const whose = part['programme'] === null ? '' : ` of ${text(part['programme'])}`;
    return `${when}${whose}: ${text(part['state'])} (position ${text(part['position'])})`;
  });
  return closed.length === 0 ? 'open' : closed.join('; ');
}

function partOfAnswer(answer: unknown): string {
  const [quarter, programme] = [memberOf(answer, 'quarter'), memberOf(answer, 'programme')];
  const when = `${typeof quarter === 'number' ? `Quarter ${quarter} of ` : ''}${text(memberOf(answer, 'year'))}`;
  return typeof programme === 'string' ? `${when} of the programme ${programme}` : when;
}

/** The figures brought forward that a change bears on, and the publications that told what was changed. */
function bearsOn(effect: Readonly<Record<string, unknown>>): string {
  const told = rowsOf(effect, 'toldIn').map(({ title, shown }) => `${text(title)} (${text(shown)})`);
  return [...textsOf(effect, 'figures'), ...told].join(', ');
}

function changesInWords(answer: unknown): string {
  const rows = rowsOf(answer, 'changes').flatMap((change) => {
    const head = [change['to'], change['cause']];
    const effect = rowsOf(change, 'effect');
    if (effect.length === 0) return [[...head, 'no figure', '', '', '', '']];
    return effect.map((one) => [
      ...head,
      one['label'],
      one['before'],
      one['now'],
      one['difference'],
      bearsOn(one),
    ]);
  });
  const next = memberOf(answer, 'next');
  return [
    table(['position', 'by', 'figure', 'before', 'after', 'difference', 'bears on'], rows),
    `\n${partOfAnswer(answer)} was closed at position ${text(memberOf(answer, 'closedAt'))}.`,
    ...(typeof next === 'string' ? [`There are more: --cursor ${next}`] : []),
    foot(answer),
  ].join('\n');
}

function deciding(name: string, description: string, path: string): Command {
  return writing(name, description)
    .argument('<id>', 'the id of the adjustment')
    .option('--note <text>', 'kept in the vault, not in the log')
    .action(async (id: string, options: PeriodOptions) =>
      withLedger(
        options,
        (ledger) =>
          ledger.post(
            `/api/adjustments/${encodeURIComponent(id)}/${path}`,
            options.note === undefined ? {} : { note: options.note },
            options,
          ),
        done,
      ),
    );
}

/** Commands about closed quarters and years, and adjustments to them. */
export function periodCommands(): readonly Command[] {
  return [
    question('periods', 'Which quarters and years are closed').action(async (options: CommonOptions) =>
      withLedger(
        options,
        (ledger) => ledger.get('/api/periods', { asRecordedBy: options.asRecordedBy }),
        (answer) =>
          table(
            ['year', 'closed'],
            rowsOf(answer, 'periods').map((row) => [row['year'], closedInWords(row)]),
          ) + foot(answer),
      ),
    ),
    ofPart(writing('close-period', 'Close a quarter or a year: provisionally, then finally'))
      .option('--final', 'finally: it is never reopened')
      .option('--note <text>', 'kept in the vault, not in the log')
      .action(async (year: string, options: PeriodOptions) =>
        withLedger(
          options,
          (ledger) =>
            ledger.post(
              `${periodPath(year)}/closings`,
              { level: options.final === true ? 'final' : 'provisional', ...partOf(options) },
              options,
            ),
          done,
        ),
      ),
    withReason(ofPart(writing('reopen-period', 'Reopen what is provisionally closed'))).action(
      async (year: string, options: PeriodOptions) =>
        withLedger(
          options,
          (ledger) =>
            ledger.post(
              `${periodPath(year)}/reopenings`,
              { reason: options.reason, ...partOf(options) },
              options,
            ),
          done,
        ),
    ),
    ofPart(question('changes-after-close', 'What changed a year after it was closed, and by how much'))
      .option('--cursor <cursor>', 'the next page')
      .action(async (year: string, options: PeriodOptions & { readonly cursor?: string }) =>
        withLedger(
          options,
          (ledger) =>
            ledger.get(`${periodPath(year)}/changes`, {
              asRecordedBy: options.asRecordedBy,
              cursor: options.cursor,
              quarter: options.quarter,
              programme: options.programme,
            }),
          changesInWords,
        ),
      ),
    question('adjustments', 'What was proposed to be changed in closed time').action(
      async (options: CommonOptions) =>
        withLedger(
          options,
          (ledger) => ledger.get('/api/adjustments', { asRecordedBy: options.asRecordedBy }),
          (answer) =>
            table(
              ['adjustment', 'state', 'reason', 'records', 'proposed by'],
              rowsOf(answer, 'adjustments').map((row) => [
                row['id'],
                row['state'],
                row['reason'],
                row['recordCount'],
                row['proposer'],
              ]),
            ) + foot(answer),
        ),
    ),
    writing('propose-adjustment', 'Propose a change to closed time, which a second person approves')
      .argument(
        '<file>',
        'JSON {"change":{"do":"withdraw","record":"activity:<id>",…},"reason"}; - for standard input',
      )
      .action(async (file: string, options: PeriodOptions) =>
        withLedger(
          options,
          (ledger) => ledger.post('/api/adjustments', readJson(readText(file), file), options),
          done,
        ),
      ),
    deciding('approve-adjustment', 'Approve what somebody else proposed: it is recorded', 'approval'),
    deciding('decline-adjustment', 'Decline an adjustment: it is never recorded', 'refusal'),
  ];
}
