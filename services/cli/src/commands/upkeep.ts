import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { parseFinancialYear } from '@ledger/calendar';
import {
  illustrativeInput,
  illustrativeYear,
  sampleImportIds,
  scheduledRegister,
} from '@ledger/demonstration';
import type { Command } from 'commander';
import { LedgerAccess } from '../access';
import { exitCodes } from '../exit-codes';
import { fileToWrite } from '../file-to-write';
import { eventsAre, memberOf, note, print, rowsOf, table, text, textsOf } from '../output';
import { showingProgress } from '../progress';
import { repeated } from '../repeated';
import { command, withLedger, type CommonOptions } from './context';

interface SampleOptions extends CommonOptions {
  readonly year: string;
  readonly seed: string;
  readonly load?: boolean;
}

/** Which year and seed; only 2016/17 is there to be made. */
function sampleOf({ year, seed }: SampleOptions): { year: 201617; seed: number } {
  if (parseFinancialYear(year) !== 201617)
    throw new Error(`There is no sample of ${year}; the one there is, is of 2016/17.`);
  if (!/^\d{1,9}$/.test(seed)) throw new Error(`A seed is a whole number, not “${seed}”.`);
  return { year: 201617, seed: Number(seed) };
}

async function sample(options: SampleOptions): Promise<void> {
  const { seed } = sampleOf(options);
  const records = illustrativeYear(illustrativeInput(scheduledRegister(), seed));
  const items = records.map(({ quarter, type, activity, data }) => ({
    quarter,
    type,
    id: activity,
    data,
    illustrative: true,
  }));
  if (options.load !== true) {
    process.stdout.write(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
    return;
  }
  const load = async (ledger: LedgerAccess): Promise<unknown> => {
    const imports: unknown[] = [];
    for (const quarter of [1, 2, 3, 4]) {
      // The year is long ago; the comment accepts the warning about that.
      const ofQuarter = items.flatMap(({ quarter: of, ...item }) =>
        of === quarter ? [{ ...item, comment: 'An illustrative sample' }] : [],
      );
      const answer = await ledger.post('/api/imports', {
        label: `Illustrative 2016/17, seed ${seed}, quarter ${quarter}`,
        records: ofQuarter,
      });
      imports.push(
        ...rowsOf(answer, 'records').flatMap((row) => (row['kind'] === 'import' ? [row['id']] : [])),
      );
    }
    return { imports };
  };
  await withLedger(options, load, (answer) => {
    const named = textsOf(answer, 'imports').join(',');
    return `Loaded as four imports. Reverse them together: npm run ledger -- reverse-import ${named} --reason other`;
  });
}

interface ExportOptions extends CommonOptions {
  readonly lines?: boolean;
  readonly bundle?: string;
  readonly year: readonly string[];
  readonly record?: string;
}

/** Writes an answer to a file: whole, or not at all. */
async function streamToFile(ledger: LedgerAccess, path: string, file: string): Promise<void> {
  const part = `${file}.part`;
  try {
    const into = createWriteStream(part);
    await once(into, 'open');
    await ledger.stream(path, into);
    await new Promise<void>((resolve, reject) => into.on('error', reject).end(resolve));
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** `claim:<id>`, as records are named elsewhere, is the stream `claim-<id>`. */
function streamNamed(record: string): string {
  return record.replace(':', '-');
}

async function exportBundle(options: ExportOptions, to: string): Promise<void> {
  const years = new URLSearchParams(options.year.length === 0 ? {} : { years: options.year.join(',') });
  const path =
    options.record === undefined
      ? `/api/bundle?${years.toString()}`
      : `/api/bundle/${encodeURIComponent(streamNamed(options.record))}`;
  const file = fileToWrite(to, { replacing: true });
  await withLedger(
    options,
    async (ledger) => {
      await streamToFile(ledger, path, file);
      return { bundle: file };
    },
    () =>
      `Written to ${file}. Whoever has the public key, seal.pub, and a checkpoint kept elsewhere verifies it with\n  npm run ledger -- verify ${to} --key seal.pub --checkpoint FILE`,
  );
}

async function exportEvents(options: ExportOptions): Promise<void> {
  if (options.bundle !== undefined) {
    await exportBundle(options, options.bundle);
    return;
  }
  const ledger = LedgerAccess.of(options);
  try {
    if (options.lines === true) {
      const said = await ledger.stream('/api/lines', process.stdout);
      const parked = Number(said.get('Ledger-Parked'));
      if (parked > 0)
        note(`INCOMPLETE: ${eventsAre(parked)} parked, and not in it; see them with: ledger parked`);
      if (said.has('Ledger-Importing'))
        note('INCOMPLETE: an import is only partly recorded; see it with: ledger imports');
      return;
    }
    for (let after: string | undefined; ;) {
      const page = await ledger.get('/api/events', { after, limit: '2000' });
      const events = rowsOf(page, 'events');
      process.stdout.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      if (events.length === 0) return;
      after = text(memberOf(page, 'next'));
    }
  } finally {
    await ledger.close();
  }
}

/** Shows how far the rebuilds of a ledger have come, while work is done. */
async function whileShowing<T>(ledger: LedgerAccess, work: () => Promise<T>): Promise<T> {
  return showingProgress(
    async () => {
      const [first] = rowsOf(await ledger.get('/api/rebuilds'), 'running');
      return (
        first && {
          done: Number(first['position']),
          total: Number(first['of']),
          doing: text(first['projection']),
        }
      );
    },
    1000,
    work,
  );
}

/** How a rebuilt read model compares with the one it replaces. */
function comparedInWords(same: unknown): string {
  if (same === null) return 'there was nothing of this version to compare with';
  return same === true ? 'the same as before' : 'NOT the same as before';
}

/** What a replay came to. */
function replayedInWords(answer: unknown): string {
  const rebuilt = rowsOf(answer, 'rebuilt');
  if (rebuilt.length === 0) return 'Nothing is parked; there was nothing to do.';
  const lines = rebuilt.map((one) => `${text(one['projection'])}: ${eventsAre(one['parked'])} parked still.`);
  if (rebuilt.some((one) => one['parked'] !== 0)) lines.push('See them with: ledger parked.');
  return ['Built anew.', ...lines].join('\n');
}

/** What is parked, event by event, and what to do. */
function parkedInWords(answer: unknown): string {
  const parked = rowsOf(answer, 'parked');
  if (parked.length === 0) return 'Nothing is parked.';
  const columns = ['position', 'projection', 'stream', 'reason'];
  return [
    table(
      columns,
      parked.map((one) => columns.map((column) => one[column])),
    ),
    '',
    'Nothing is lost: the events are in the log, and not in the figures. Start a release that can apply them, or restore',
    'what is damaged from a backup; then, unless they are applied by themselves: ledger replay.',
  ].join('\n');
}

/** How the seals stand, after a check or a look at them. */
export function sealsInWords(answer: unknown): string {
  const seals = memberOf(answer, 'seals') ?? answer;
  return `${text(memberOf(seals, 'sealed'))} events sealed under ${text(memberOf(seals, 'checkpoints'))} checkpoints, ${text(memberOf(seals, 'notSealed'))} not yet.`;
}

async function rebuildModels(projection: string | undefined, options: CommonOptions): Promise<void> {
  const wanted = projection === undefined ? ['figures', 'documents'] : [projection];
  const rebuild = async (ledger: LedgerAccess): Promise<unknown> => {
    const rebuilt: unknown[] = [];
    for (const one of wanted)
      rebuilt.push(await whileShowing(ledger, () => ledger.post('/api/rebuilds', { projection: one })));
    return { rebuilt };
  };
  await withLedger(options, rebuild, (answer) =>
    rowsOf(answer, 'rebuilt')
      .map(
        (one) =>
          `${text(one['projection'])}: built up to position ${text(one['position'])}, ${comparedInWords(one['same'])}; ${eventsAre(one['parked'])} parked.`,
      )
      .join('\n'),
  );
}

/** Commands that look after a ledger. */
export function upkeepCommands(): readonly Command[] {
  return [
    command('sample', 'Write an illustrative year as NDJSON, or load it')
      .requiredOption('--year <year>', '2016/17')
      .option('--seed <n>', 'the same seed gives the same records', '1')
      .option('--load', 'record it now, as four quarterly imports')
      .action(sample),
    command('reverse-sample', 'Reverse the illustrative year that the demonstration was loaded with')
      .requiredOption('--year <year>', '2016/17')
      .option('--seed <n>', 'the seed it was loaded with', '1')
      .action(async (options: SampleOptions) => {
        const { year, seed } = sampleOf(options);
        const ids = sampleImportIds(year, seed).join(',');
        await withLedger(
          options,
          (ledger) =>
            ledger.post(
              `/api/imports/${ids}/reversal`,
              { reason: 'other' },
              { key: `reverse-sample/${ids}` },
            ),
          (answer) => `Reversed up to position ${text(memberOf(answer, 'position'))}.`,
        );
      }),
    command(
      'check',
      'Read the whole log, count every line anew and compare; hold it against its seals',
    ).action(async (options: CommonOptions) => {
      const ledger = LedgerAccess.of(options);
      try {
        const answer = await ledger.get('/api/check');
        const list = textsOf(answer, 'findings');
        print(answer, { json: options.json === true }, () =>
          list.length === 0
            ? `All is well: ${text(memberOf(answer, 'events'))} events up to position ${text(memberOf(answer, 'position'))}, ${text(memberOf(answer, 'linesLive'))} lines counted anew and equal; ${sealsInWords(answer)}`
            : list.join('\n'),
        );
        if (list.length > 0) process.exitCode = exitCodes.refused;
      } finally {
        await ledger.close();
      }
    }),
    command('export', 'Write every event as NDJSON, with its position and revision')
      .option('--lines', 'instead, every line that figures are made of, as CSV')
      .option('--bundle <file>', 'instead, a bundle for ledger verify: everything with its seals and figures')
      .option(
        '--year <year>',
        'in the bundle: figures of this year as recorded now, besides those of closed years; may be repeated',
        repeated,
        [],
      )
      .option('--record <kind:id>', 'in the bundle: this record alone, with its proof')
      .action(exportEvents),
    command('rebuild', 'Build read models anew beside those in use, compare, and put them in their place')
      .argument('[projection]', 'figures or documents; both where left out')
      .action(rebuildModels),
    command('replay', 'Apply parked events after a fix').action(async (options: CommonOptions) =>
      withLedger(
        options,
        (ledger) => whileShowing(ledger, () => ledger.post('/api/replays', {})),
        (answer) => replayedInWords(answer),
      ),
    ),
    command('parked', 'The events that could not be applied, with why and what to do').action(
      async (options: CommonOptions) =>
        withLedger(options, (ledger) => ledger.get('/api/parked'), parkedInWords),
    ),
  ];
}
