import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a long run finds out. One column a key, one row an entry. */
export type ReportRows = readonly Readonly<Record<string, string | number>>[];

/** The parts of the page. */
export type ReportSection = 'kills' | 'wal-cuts' | 'power-cuts' | 'faults';

/** Hands rows to whoever writes the page, where somebody does (LEDGER_REPORT names a folder). */
export function report(section: ReportSection, rows: ReportRows): void {
  const folder = process.env['LEDGER_REPORT'];
  if (folder === undefined) return;
  writeFileSync(join(folder, `${section}.json`), JSON.stringify(rows));
}
