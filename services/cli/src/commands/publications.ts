import type { Command } from 'commander';
import { valueInWords } from '@ledger/pages';
import { memberOf, rowsOf, table, text, textsOf } from '../output';
import { command, question, withLedger, type CommonOptions } from './context';
import { foot } from './foot';
import { done, writing } from './writing';

type Options = CommonOptions & Readonly<Record<string, string | boolean | undefined>>;

/** What names a question, and a row of its table. */
const parameters = [
  ['year', '--year <year>', 'for example 2019/20'],
  ['measure', '--measure <id>', 'of annual totals the row; of take-up what it is of'],
  ['asAt', '--as-at <day>', 'of annual totals: up to this day of the year'],
  ['quarter', '--quarter <quarter>', 'of annual totals: 1 to 4, or not-known'],
  ['offer', '--offer <id>', 'of take-up: what it is of'],
  ['programme', '--programme <id>', 'of take-up: what it is of'],
  [
    'by',
    '--by <grouping>',
    'of take-up region, type, control or party; of the savings table area, programme or body',
  ],
  ['group', '--group <group>', 'of take-up: the row'],
  ['referenceDate', '--reference-date <day>', 'of take-up: a day of the year'],
  ['area', '--area <id>', 'of savings: the row'],
  ['realisation', '--realisation <words>', 'of savings: with gain type and basis a row'],
  ['gainType', '--gain-type <words>', 'of savings: with realisation and basis a row'],
  ['amountBasis', '--amount-basis <words>', 'of savings: with realisation and gain type a row'],
  ['row', '--row <id>', 'of the savings table: an area, programme or body, none, or all'],
  ['column', '--column <column>', 'of the savings table: estimate, delivered, delivered-net or verified'],
] as const;

function publishCommand(): Command {
  const made = writing('publish', 'Publish a figure, or those of a table, as citations')
    .argument('<question>', 'annual-total, take-up, savings or savings-table')
    .requiredOption('--in <title>', 'where it is printed: a report, a chapter, an annex')
    .option('--table', 'every figure of the table, not one')
    .option('--as-recorded-by <day or position>', 'as the ledger knew it then');
  for (const [, flags, description] of parameters) made.option(flags, description);
  return made.action(async (ask: string, options: Options & { readonly in: string }) => {
    const named = parameters.flatMap(([name]) => {
      const value = options[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    await withLedger(
      options,
      (ledger) =>
        ledger.post(
          '/api/publications',
          {
            publication: options.in,
            ask,
            parameters: Object.fromEntries(named),
            ...(options['table'] === true && { table: true }),
            ...(options.asRecordedBy !== undefined && { asRecordedBy: options.asRecordedBy }),
          },
          {
            ...(typeof options['key'] === 'string' && { key: options['key'] }),
            dryRun: options['dryRun'] === true,
          },
        ),
      published,
    );
  });
}

function published(answer: unknown): string {
  const figures = rowsOf(answer, 'events').length;
  const leftOut = rowsOf(answer, 'warnings').map((warning) => `  ${text(warning['message'])}`);
  return [done(answer), `${figures} ${figures === 1 ? 'figure is' : 'figures are'} in it.`, ...leftOut].join(
    '\n',
  );
}

function list(answer: unknown): string {
  const next = memberOf(answer, 'next');
  return [
    table(
      ['publication', 'printed in', 'published', 'by', 'figures', 'as recorded by'],
      rowsOf(answer, 'publications').map((row) => [
        row['id'],
        row['title'],
        row['recordedAt'],
        row['by'],
        row['figures'],
        row['asRecordedBy'],
      ]),
    ),
    ...(typeof next === 'string' ? [`There are more: --cursor ${next}`] : []),
    foot(answer),
  ].join('\n');
}

function by(figure: Readonly<Record<string, unknown>>): string {
  const difference = figure['difference'];
  if (typeof difference !== 'number' || difference === 0) return '';
  const size = Math.abs(difference);
  return `${difference > 0 ? '+' : '−'}${figure['unit'] === 'pence' ? valueInWords('pence', size) : size}`;
}

/** What it says now, with its base where that is what has changed. */
function shownNow({ now, said }: Readonly<Record<string, unknown>>): string {
  const [shown, base] = [text(memberOf(now, 'shown') ?? '–'), memberOf(now, 'base')];
  return typeof base === 'number' && shown === memberOf(said, 'shown') ? `${shown} (base ${base})` : shown;
}

/** The checkpoint that a publication is under, as it is printed in a report (C3). */
function sealInWords(seal: unknown): readonly string[] {
  const said = (name: string): string => text(memberOf(seal, name));
  if (typeof seal !== 'object' || seal === null)
    return [
      'Not yet sealed: no checkpoint is over it yet. One is made in the background; seal makes one now.',
    ];
  return [
    `Sealed by checkpoint ${said('number')} of ${said('origin')}, of ${said('time')}:`,
    `  over ${said('size')} events, with the root ${said('root')}`,
    ...textsOf(seal, 'signedBy').map((key) => `  signed by ${key}`),
  ];
}

function oneInWords(answer: unknown): string {
  const publication = memberOf(answer, 'publication');
  const figures = rowsOf(answer, 'figures').map((figure) => {
    const recounted = figure['agrees'] === true ? 'the same' : 'DIFFERS';
    const now = figure['changed'] === true ? shownNow(figure) : 'unchanged';
    return [figure['label'], memberOf(figure['said'], 'shown'), recounted, now, by(figure)];
  });
  const changes = rowsOf(answer, 'changes').flatMap((change) =>
    rowsOf(change, 'effect').map((effect) => [
      change['to'],
      change['cause'],
      rowsOf(change, 'events')
        .map((event) => `${text(event['count'])} × ${text(event['type'])}`)
        .join(', '),
      effect['label'],
      effect['before'],
      effect['now'],
    ]),
  );
  const next = memberOf(answer, 'next');
  return [
    `${text(memberOf(publication, 'title'))}: published ${text(memberOf(publication, 'recordedAt'))} by ${text(memberOf(publication, 'by'))}, as recorded by position ${text(memberOf(publication, 'asRecordedBy'))}.`,
    table(['figure', 'published', 'counted again', 'now', 'difference'], figures),
    ...(changes.length === 0
      ? ['Nothing recorded since makes a difference to them.']
      : [table(['position', 'by', 'events', 'figure', 'before', 'after'], changes)]),
    ...(typeof next === 'string' ? [`There are more changes: --cursor ${next}`] : []),
    ...sealInWords(memberOf(answer, 'seal')),
    foot(answer),
  ].join('\n');
}

/** Commands about what was published. */
export function publicationCommands(): readonly Command[] {
  return [
    publishCommand(),
    question('publications', 'What was published, the newest first')
      .option('--cursor <cursor>', 'the next page')
      .action(async (options: Options) =>
        withLedger(
          options,
          (ledger) =>
            ledger.get('/api/publications', {
              asRecordedBy: options.asRecordedBy,
              cursor: typeof options['cursor'] === 'string' ? options['cursor'] : undefined,
            }),
          list,
        ),
      ),
    command('publication', 'A publication: what it said, counted again, what it says now, and why')
      .argument('<id>', 'the id of the publication')
      .option('--as-recorded-by <day or position>', 'compared with what the ledger knew then')
      .option('--cursor <cursor>', 'the next page of changes')
      .action(async (id: string, options: Options) =>
        withLedger(
          options,
          async (ledger) => {
            const path = `/api/publications/${encodeURIComponent(id)}`;
            const asked = { asRecordedBy: options.asRecordedBy };
            const answer = await ledger.get(path, asked);
            const changed = await ledger.get(`${path}/changes`, {
              ...asked,
              cursor: typeof options['cursor'] === 'string' ? options['cursor'] : undefined,
            });
            const [changes, next] = [memberOf(changed, 'changes'), memberOf(changed, 'next')];
            return { ...Object(answer), changes, next };
          },
          oneInWords,
        ),
      ),
  ];
}
