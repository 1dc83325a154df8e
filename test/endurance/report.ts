import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a long run finds out. One column a key, one row an entry. */
export type ReportRow = Readonly<Record<string, string | number>>;

/** The parts of the page. */
export type ReportSection =
  | 'kills'
  | 'wal-cuts'
  | 'power-cuts'
  | 'faults'
  | 'process-kills'
  | 'delay'
  | 'requests'
  | 'mutations'
  | 'untouched'
  | 'files'
  | 'soak'
  | 'memory'
  | 'growth';
export type Report = Readonly<Record<ReportSection, readonly ReportRow[]>>;

/** What is found out where nothing was run. */
export const nothingFound: Report = {
  kills: [],
  'wal-cuts': [],
  'power-cuts': [],
  faults: [],
  'process-kills': [],
  delay: [],
  requests: [],
  mutations: [],
  untouched: [],
  files: [],
  soak: [],
  memory: [],
  growth: [],
};

/** Where and when a part of the long runs was made, and how it ended. */
export interface PartRun {
  readonly part: string;
  readonly date: string;
  readonly machine: string;
  readonly commit: string;
  readonly minutes: number;
  readonly passed: number;
  readonly failed: number;
  /** What else the reader must know of it; for example that other work went on beside. */
  readonly note: string;
}

/** Hands rows to whoever writes the page, where somebody does (LEDGER_REPORT names a folder). */
export function report(section: ReportSection, rows: readonly ReportRow[]): void {
  const folder = process.env['LEDGER_REPORT'];
  if (folder === undefined) return;
  writeFileSync(join(folder, `${section}.json`), JSON.stringify(rows));
}

/** What was handed over; no rows where a part did not come to its end. */
export function readReport(folder: string): Report {
  const rowsOf = (section: ReportSection): readonly ReportRow[] => {
    const file = join(folder, `${section}.json`);
    // Written by `report` only.
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly ReportRow[]) : [];
  };
  // Object.keys forgets the names of its keys.
  const sections = Object.keys(nothingFound) as readonly ReportSection[];
  const found = sections.map((section) => [section, rowsOf(section)] as const);
  return { ...nothingFound, ...Object.fromEntries(found) };
}

/** The parts that were run, in the order of their names. */
export function readParts(folder: string): readonly PartRun[] {
  const names = readdirSync(folder).filter((name) => /^part-[a-z]+\.json$/.test(name));
  // Written by `npm run test:endurance` only.
  return names.sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as PartRun);
}
