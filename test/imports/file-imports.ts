import type { RunningLedger } from '../running/running-ledger';

export interface ReportedRow {
  readonly row: number;
  readonly outcome: string;
  readonly record?: { readonly kind: string; readonly id: string };
  readonly fields?: readonly string[];
  readonly faults: readonly {
    readonly column: string | null;
    readonly code: string;
    readonly suggestion?: string;
  }[];
}

export interface Report {
  readonly status: number;
  readonly recorded: boolean;
  readonly import: string | null;
  readonly position: string | null;
  readonly found: readonly string[];
  readonly sheets: readonly {
    readonly name: string;
    readonly rows: readonly ReportedRow[];
    readonly leftOut: readonly { readonly row: number; readonly why: string }[];
    readonly faults: readonly { readonly message: string }[];
    readonly notes: readonly string[];
  }[];
  readonly duplicates: readonly {
    readonly row: number;
    readonly why: string;
    readonly like: readonly { readonly row?: number; readonly record?: { readonly id: string } }[];
  }[];
  readonly gone: readonly { readonly title: string; readonly record: { readonly id: string } }[];
  readonly totals: Readonly<Record<string, number>>;
  readonly detail?: string;
}

/** Imports files into a running ledger, as the command does. */
export async function importFile(
  ledger: Pick<RunningLedger, 'url'>,
  file: string | Uint8Array,
  map: string,
  options: Readonly<Record<string, string>> = {},
): Promise<Report> {
  const url = new URL('/api/import-files', ledger.url);
  url.search = new URLSearchParams({ map, name: 'tracker.csv', ...options }).toString();
  const body = typeof file === 'string' ? Buffer.from(file) : Buffer.from(file);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  });
  // Every answer is a report, or a problem that holds one.
  return { ...((await response.json()) as Report), status: response.status };
}

/** CSV of rows, quoted where need be. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
}
