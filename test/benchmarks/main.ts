import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { londonDateOf } from '@ledger/calendar';
import { bench, type BenchOutcome } from './bench';
import type { Result } from './lines/result';
import { machineInWords } from './measuring/machine';
import { readOptions, usage, type BenchOptions } from './options';
import { ProgressLine } from './progress-line';
import { chartSvg } from './report/chart';
import { jsonLine, resultOfJson, type BenchRun, type JsonLine } from './report/json';
import { withResults } from './report/markdown';
import { tableText } from './report/table';

/* `npm run bench`: measures, prints the table, and writes what was asked for. */

/** Emmett is installed apart from the project, beside its own script; the sources have it, what is built has not. */
const emmettFolder = join(__dirname, '..', '..', 'benchmarks', 'emmett');

function emmettScript({ emmett }: BenchOptions): string | undefined {
  if (!emmett) return undefined;
  if (existsSync(join(emmettFolder, 'node_modules'))) return join(emmettFolder, 'run.mjs');
  process.stderr.write('bench: Emmett is not installed; its column stays empty.\n');
  return undefined;
}

async function measure(options: BenchOptions): Promise<BenchOutcome> {
  const kept = options.folder !== undefined;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'ledger-bench-'));
  mkdirSync(folder, { recursive: true });
  const remove = (): void => {
    if (!kept) rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const progress = new ProgressLine(process.stderr);
  try {
    const { events, quick, only } = options;
    const settings = {
      folder,
      events,
      quick,
      emmett: emmettScript(options),
      say: progress.say.bind(progress),
    };
    return await bench(settings, only);
  } finally {
    progress.end();
    remove();
  }
}

/** Puts the results into a page, with the chart beside it. @throws NoPlaceForResultsError */
function writeReport(page: string, results: readonly Result[], run: BenchRun): void {
  const chart = page.replace(/(\.md)?$/, '.svg');
  const text = withResults(readFileSync(page, 'utf8'), results, run, basename(chart));
  const { machine, date, events } = run;
  writeFileSync(chart, chartSvg(results, `${date}, ${events} events, ${machine}`));
  writeFileSync(page, text);
}

function writeJson(file: string, lines: readonly JsonLine[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(lines, null, 2)}\n`);
}

/** What an earlier run wrote. */
function reportOnEarlier(file: string, page: string | undefined): void {
  // Written by writeJson.
  const lines = JSON.parse(readFileSync(file, 'utf8')) as readonly JsonLine[];
  const [first] = lines;
  if (first === undefined) throw new RangeError(`${file} holds no results`);
  const results = lines.map(resultOfJson);
  process.stdout.write(`${tableText(results)}\n`);
  if (page !== undefined) writeReport(page, results, first);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  // npm changes to the folder of package.json; a path that somebody gives means the folder in which npm was called.
  const at = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);
  if (options.from !== undefined) {
    reportOnEarlier(at(options.from), options.report === undefined ? undefined : at(options.report));
    return 0;
  }
  const folder = options.folder === undefined ? undefined : at(options.folder);
  const { results, broken, failedLines } = await measure({ ...options, folder });
  const run: BenchRun = {
    machine: machineInWords(),
    date: londonDateOf(Date.now()),
    events: options.events,
  };
  process.stdout.write(`${run.machine}\n${run.date}, ${run.events} events\n\n${tableText(results)}\n`);
  for (const { name, why } of broken) process.stdout.write(`\nBROKEN ${name}: ${why}\n`);
  if (options.json !== undefined)
    writeJson(
      at(options.json),
      results.map((result) => jsonLine(result, run)),
    );
  if (options.report !== undefined) writeReport(at(options.report), results, run);
  process.stdout.write(`\n${results.length} passed, ${failedLines} failed, 0 skipped\n`);
  return failedLines === 0 ? 0 : 1;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.stdout.write('0 passed, 1 failed, 0 skipped\n');
    process.exitCode = 1;
  },
);
