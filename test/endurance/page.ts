import { nothingFound, type PartRun, type Report, type ReportRow } from './report';

/** What a page said of parts that were run on another day. */
export interface EarlierPage {
  /** By part: when it was run, and how it ended. */
  readonly rows: ReadonlyMap<string, ReportRow>;
  readonly machines: readonly string[];
  /** By part: what was said of it, from its first heading on. */
  readonly texts: ReadonlyMap<string, string>;
}

const numbers = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 });
const counts = new Intl.NumberFormat('en-GB');

/** Measurements in four digits, counts in all of them, and seeds as they are to be given again. */
function cell(column: string, value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  if (column === 'seed' || column === 'first seed') return String(value);
  return Number.isInteger(value) ? counts.format(value) : numbers.format(value);
}

function tableOf(rows: readonly ReportRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return '_This part did not come to its end._\n';
  const isNumber = (column: string): boolean => rows.every((row) => typeof row[column] !== 'string');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return (
    line(columns) +
    line(columns.map((column) => (isNumber(column) ? '---:' : '---'))) +
    rows.map((row) => line(columns.map((column) => cell(column, row[column])))).join('')
  );
}

function sumOf(rows: readonly ReportRow[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0);
}

/** The seeds of rows, from the first to the last. */
function seedsOf(rows: readonly ReportRow[]): string {
  const seeds = rows.map(({ seed }) => Number(seed));
  return rows.length === 0 ? '' : `${Math.min(...seeds)} to ${Math.max(...seeds)}`;
}

/** Rows that share a column's value, as one row each: their seeds, how many they are, and sums of columns. */
function summed(rows: readonly ReportRow[], by: string, columns: readonly string[]): ReportRow[] {
  return [...new Set(rows.map((row) => row[by]))].map((value) => {
    const own = rows.filter((row) => row[by] === value);
    const sums = columns.map((column): [string, number] => [column, sumOf(own, column)]);
    return { [by]: value ?? '', seeds: seedsOf(own), rounds: own.length, ...Object.fromEntries(sums) };
  });
}

/** How an operation took at the two sizes. */
function compared(rows: readonly ReportRow[]): ReportRow[] {
  const sizes = [...new Set(rows.map(({ events }) => Number(events)))];
  const small = Math.min(...sizes);
  const large = Math.max(...sizes);
  return [...new Set(rows.map(({ operation }) => operation))].map((operation) => {
    const at = (events: number): ReportRow =>
      rows.find((row) => row['operation'] === operation && row['events'] === events) ?? {};
    const [before, after] = [Number(at(small)['p99 ms']), Number(at(large)['p99 ms'])];
    return {
      operation: operation ?? '',
      [`times at ${counts.format(small)}`]: Number(at(small)['times']),
      [`median ms at ${counts.format(small)}`]: Number(at(small)['median ms']),
      [`median ms at ${counts.format(large)}`]: Number(at(large)['median ms']),
      [`p99 ms at ${counts.format(small)}`]: before,
      [`p99 ms at ${counts.format(large)}`]: after,
      'p99 grows by': `${Math.round((after / before - 1) * 100)} %`,
    };
  });
}

const growing = [
  'log MB',
  'read models MB',
  'start s',
  'start and build all s',
  'resident after start MB',
  'most while building MB',
];

/** What each further million events costs, from the first size to the last. */
function perMillion(rows: readonly ReportRow[]): ReportRow[] {
  const [first, last] = [rows.at(0), rows.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const millions = (Number(last['events']) - Number(first['events'])) / 1_000_000;
  return [
    Object.fromEntries(
      growing.map((column) => [
        column,
        Number(((Number(last[column]) - Number(first[column])) / millions).toPrecision(3)),
      ]),
    ),
  ];
}

/** When a part was run, and how it ended. */
function partRow({ part, date, commit, minutes, passed, failed, note }: PartRun): ReportRow {
  return { part, 'run on': date, 'at commit': commit, minutes, passed, failed, remark: note };
}

/** A part of the long runs, and what the page says of it, under headings of the second level. */
interface PartSections {
  readonly part: string;
  readonly text: (found: Report) => string;
}

/** In the order of the page. */
const sections: readonly PartSections[] = [
  {
    part: 'kills',
    text: (found) => `## Kills

SIGKILL at points that a seed chooses. After each the ledger is opened again: nothing that was acknowledged may be lost,
nothing half there, everything counted anew must be equal, and a restart must go on. ${sumOf(found.kills, 'kills')} kills in all.

${tableOf(summed(found.kills, 'during', ['kills', 'findings']))}
## Write-ahead logs that are cut

Cut at a random byte, a log must open to the first of the appends that were acknowledged, each whole.

${tableOf(found['wal-cuts'])}
## Power cuts

Played back on a disk that keeps what was synchronised, and any parts of the rest.

${tableOf(found['power-cuts'])}
## Disks that fail

One write or synchronising fails, or all from then on. “Surely not” were refused as not recorded, and a restart must not
find them; of those “not known” nobody is told more than that. Seeds ${seedsOf(found.faults)}.

${tableOf(summed(found.faults, 'what', ['acknowledged', 'surely not', 'not known', 'findings']))}`,
  },
  {
    part: 'faults',
    text: (found) => `## Processes killed, scaled out

Who records, publishes to Kafka and projects into PostgreSQL are killed under load of a thousand events a second, where a
seed says, and started again at once. After each round everything that was acknowledged must be in the log and in the topic,
the read models must be what a recount from the log gives, and a seal over it must verify. Done again by
\`npm run test:faults -- --seed N\`.

${tableOf(summed(found['process-kills'], 'process', ['kills', 'findings']))}`,
  },
  {
    part: 'delay',
    text: (found) => `## From append to answer

Scaled out, with a broker and a server of its own on the same machine: a thousand events a second are recorded, each by an
append of its own, published to Kafka and projected into PostgreSQL. How long it takes from the call of an append until
questions are answered with its event. Every event must be.

${tableOf(found.delay)}`,
  },
  {
    part: 'requests',
    text: (found) => `## Requests that are wrong

${tableOf(found.requests)}`,
  },
  {
    part: 'mutations',
    text: (found) => `## Bundles that were altered

Each is a bundle of a sealed log of which something was altered by a seed's choice, and a checkpoint that was kept apart:
the alteration must be found, named by its code, and placed at the first event it touches.

${tableOf(found.mutations)}
A log that nobody touched must raise no alarm:

${tableOf(found.untouched)}`,
  },
  {
    part: 'files',
    text: (found) => `## Files

Broken files, bombs (files that are small and made to be large or slow as they are read, each tried and copied with what
was found), and files as large as are taken, each lot sent to a server of its own. None may crash it or hang, what is
recorded is recorded whole, and it may have at most 700 MB resident: 400 MB for files of up to 10,000 rows,
which are recorded within 60 seconds, as bombs are answered.

${tableOf(found.files)}`,
  },
  {
    part: 'soak',
    text: (found) => `## Half an hour of load

A steady mixed load over HTTP on the server that \`npm start\` runs, as its clients see it: half of the time with the smaller
number of events, half with the larger.

${tableOf(compared(found.soak))}
${tableOf(found.memory)}
## Growth

The log grows by the data sets of the benchmarks, of one seed after another, through its own append while no server has
it. At each size the ledger is started without read models, which builds all of them, and then with them; and single
events are appended one at a time.

${tableOf(found.growth)}
Each further million events costs:

${tableOf(perMillion(found.growth))}`,
  },
];

/** The names of all parts, in the order of the page. */
export const partNames: readonly string[] = sections.map(({ part }) => part);

/** The headings under which a page tells of a part. */
export function headingsOf(part: string): readonly string[] {
  const own = sections.find((section) => section.part === part);
  return own === undefined ? [] : (own.text(nothingFound).match(/^## .*$/gm) ?? []);
}

/**
 * The page that says what the long runs came to.
 * @param before the page as it stands: of parts that were not run now, it goes on saying what it says
 */
export function pageOf(found: Report, parts: readonly PartRun[], before?: EarlierPage): string {
  const run = (name: string): PartRun | undefined => parts.find(({ part }) => part === name);
  const rows = [...partNames].sort().flatMap((name) => {
    const now = run(name);
    const row = now === undefined ? before?.rows.get(name) : partRow(now);
    return row === undefined ? [] : [row];
  });
  const machines = new Set([...parts.map(({ machine }) => machine), ...(before?.machines ?? [])]);
  const texts = sections.map(({ part, text }) =>
    run(part) === undefined ? (before?.texts.get(part) ?? text(found)) : text(found),
  );
  return `# Endurance

What the parts of \`npm run test:endurance\` came to. It is made by that command, not by hand; the continuous run does the same
with fewer rounds. Whatever has a seed is done again by \`npm run test:kills -- --seed N\`.

${tableOf(rows)}
${[...machines].join('\n')}

${texts.join('\n')}`;
}
