import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { londonDateOf } from '@ledger/calendar';
import { bench, type BenchOutcome } from './bench';
import type { BenchContext, BenchSettings } from './lines/context';
import type { Measurement } from './lines/line';
import { machineInWords } from './measuring/machine';
import { readOptions, usageOf, type BenchOptions } from './options';
import { ProgressLine } from './progress-line';
import { chartSvg } from './report/chart';
import { jsonLine, resultOfJson, type BenchRun, type JsonLine } from './report/json';
import { withResults } from './report/markdown';
import { tableText } from './report/table';

/** A command that measures lines: which there are, and what it is called. */
export interface BenchCommand {
  /** As it is called: `npm run bench`. */
  readonly called: string;
  readonly measurements: (context: BenchContext) => readonly Measurement[];
  /** The script beside Emmett that runs it for these lines. */
  readonly emmett: string;
  readonly engines?: BenchSettings['engines'];
  /** What else is put into a page, from the lines. */
  readonly alsoReport?: (page: string, lines: readonly JsonLine[]) => string;
}

/** Emmett is installed apart from the project, beside its own script; the sources have it, what is built has not. */
const emmettFolder = join(__dirname, '..', '..', 'benchmarks', 'emmett');

function emmettScript({ emmett }: BenchOptions, script: string): string | undefined {
  if (!emmett) return undefined;
  if (existsSync(join(emmettFolder, 'node_modules'))) return join(emmettFolder, script);
  process.stderr.write('bench: Emmett is not installed; its column stays empty.\n');
  return undefined;
}

async function measure(command: BenchCommand, options: BenchOptions): Promise<BenchOutcome> {
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
      emmett: emmettScript(options, command.emmett),
      ...(command.engines !== undefined && { engines: command.engines }),
      say: progress.say.bind(progress),
    };
    return await bench(settings, only, command.measurements);
  } finally {
    progress.end();
    remove();
  }
}

/** Puts the results into a page, with the chart beside it. @throws NoPlaceForResultsError */
function writeReport({ alsoReport }: BenchCommand, page: string, lines: readonly JsonLine[]): void {
  const [run] = lines;
  if (run === undefined) return;
  const chart = page.replace(/(\.md)?$/, '.svg');
  const results = lines.map(resultOfJson);
  const text = withResults(readFileSync(page, 'utf8'), results, run, basename(chart));
  const { machine, date, events } = run;
  writeFileSync(chart, chartSvg(results, `${date}, ${events} events, ${machine}`));
  writeFileSync(page, alsoReport?.(text, lines) ?? text);
}

function writeJson(file: string, lines: readonly JsonLine[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(lines, null, 2)}\n`);
}

/** What an earlier run wrote. */
function reportOnEarlier(command: BenchCommand, file: string, page: string | undefined): void {
  // Written by writeJson.
  const lines = JSON.parse(readFileSync(file, 'utf8')) as readonly JsonLine[];
  if (lines.length === 0) throw new RangeError(`${file} holds no results`);
  process.stdout.write(`${tableText(lines.map(resultOfJson))}\n`);
  if (page !== undefined) writeReport(command, page, lines);
}

/** Measures, prints the table, and writes what was asked for; the exit code. */
async function run(command: BenchCommand): Promise<number> {
  const options = readOptions(process.argv.slice(2), command.called);
  if (options.help) {
    process.stdout.write(`${usageOf(command.called)}\n`);
    return 0;
  }
  // npm changes to the folder of package.json; a path that somebody gives means the folder in which npm was called.
  const at = (path: string): string => resolve(process.env['INIT_CWD'] ?? '.', path);
  if (options.from !== undefined) {
    reportOnEarlier(command, at(options.from), options.report === undefined ? undefined : at(options.report));
    return 0;
  }
  const folder = options.folder === undefined ? undefined : at(options.folder);
  const { results, broken, failedLines } = await measure(command, { ...options, folder });
  const made: BenchRun = {
    machine: machineInWords(),
    date: londonDateOf(Date.now()),
    events: options.events,
  };
  process.stdout.write(`${made.machine}\n${made.date}, ${made.events} events\n\n${tableText(results)}\n`);
  for (const { name, why } of broken) process.stdout.write(`\nBROKEN ${name}: ${why}\n`);
  const lines = results.map((result) => jsonLine(result, made));
  if (options.json !== undefined) writeJson(at(options.json), lines);
  if (options.report !== undefined) writeReport(command, at(options.report), lines);
  process.stdout.write(`\n${results.length} passed, ${failedLines} failed, 0 skipped\n`);
  return failedLines === 0 ? 0 : 1;
}

/** Runs a command that measures, to the end of the process. */
export function runBench(command: BenchCommand): void {
  run(command).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.stdout.write('0 passed, 1 failed, 0 skipped\n');
      process.exitCode = 1;
    },
  );
}
