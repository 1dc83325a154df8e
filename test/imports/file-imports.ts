import type { RunningLedger } from '../running/running-ledger';

export interface ReportedRow {
  readonly row: number;
  readonly outcome: string;
  readonly record?: { readonly kind: string; readonly id: string };
  readonly fields?: readonly string[];
  readonly closed?: true;
  readonly faults: readonly {
    readonly column: string | null;
    readonly code: string;
    readonly message: string;
    readonly suggestion?: string;
    readonly alternative?: string;
    readonly holds?: string;
  }[];
}

export interface Report {
  readonly status: number;
  readonly recorded: boolean;
  readonly import: string | null;
  readonly proposed: string | null;
  readonly position: string | null;
  readonly found: readonly string[];
  readonly answered: { readonly cells: readonly unknown[]; readonly rows: readonly unknown[] };
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

/** What is answered to what a dry run asked. */
export interface SentAnswers {
  readonly cells?: Readonly<Record<string, string>>;
  readonly rows?: Readonly<Record<string, string>>;
}

/** Imports files into a running ledger, as the command does. */
export async function importFile(
  ledger: Pick<RunningLedger, 'url'>,
  file: string | Uint8Array,
  map: string,
  options: Readonly<Record<string, string>> = {},
  answers?: SentAnswers,
): Promise<Report> {
  const url = new URL('/api/import-files', ledger.url);
  url.search = new URLSearchParams({ map, name: 'tracker.csv', ...options }).toString();
  const bytes = typeof file === 'string' ? Buffer.from(file) : Buffer.from(file);
  const response = await fetch(
    url,
    answers === undefined
      ? { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: bytes }
      : { method: 'POST', body: formOf(bytes, answers) },
  );
  // Every answer is a report, or a problem that holds one.
  return { ...((await response.json()) as Report), status: response.status };
}

/** Asks for the copy of a file in which each row says what it comes to. */
export async function copyWithResults(
  ledger: Pick<RunningLedger, 'url'>,
  file: Uint8Array,
  map: string,
): Promise<{ readonly status: number; readonly bytes: Uint8Array }> {
  const url = new URL('/api/import-results', ledger.url);
  url.search = new URLSearchParams({ map, name: 'tracker.xlsx' }).toString();
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await fetch(url, { method: 'POST', headers, body: Buffer.from(file) });
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
}

function formOf(bytes: Uint8Array<ArrayBuffer>, answers: SentAnswers): FormData {
  const form = new FormData();
  form.append('answers', JSON.stringify(answers));
  form.append('file', new Blob([bytes]), 'file');
  return form;
}

/** CSV of rows, quoted where need be. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
}
