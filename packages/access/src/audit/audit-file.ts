import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { appendLine } from './append-line';

/** What is written to the audit file: who did what to whom, by ids alone. */
export interface AuditEntry {
  /** UTC, ISO 8601. */
  readonly at: string;
  /** The acting user's id, or null for somebody who is not signed in. */
  readonly actor: string | null;
  readonly what:
    | 'person-read'
    | 'people-searched'
    | 'person-exported'
    | 'person-erased'
    | 'person-held'
    | 'retention-run'
    | 'records-exported'
    | 'events-read'
    | 'evidence-read'
    | 'signed-in'
    | 'signed-out'
    | 'sign-in-failed'
    | 'denied'
    | 'user-changed'
    | 'audit-read'
    | 'backup-made';
  /** The ids it was about. */
  readonly about?: readonly string[];
  /** Of a failed sign-in: the keyed hash of the address that was tried. Never the address. */
  readonly tried?: string;
  /** Of a denial: the route. */
  readonly route?: string;
}

/**
 * The audit file: one JSON object a line, only ever added to, beside the ledger's other files. A read of a person
 * that cannot be written down is not given (A14: there is no way past it).
 */
export class AuditFile {
  constructor(
    readonly file: string,
    readonly now: () => number,
  ) {}

  /** Adds an entry before what it is about is answered. @throws LineNotAddedError where the disk is full */
  add(entry: Omit<AuditEntry, 'at'>): void {
    appendLine(this.file, JSON.stringify({ at: new Date(this.now()).toISOString(), ...entry }));
  }

  /** Entries from the newest to the oldest, at most `limit`. */
  async newest(limit: number): Promise<readonly AuditEntry[]> {
    if (!existsSync(this.file)) return [];
    const last: string[] = [];
    for await (const line of createInterface({ input: createReadStream(this.file, 'utf8') })) {
      last.push(line);
      if (last.length > limit) last.shift();
    }
    // A line torn by a power cut is left out.
    return last.reverse().flatMap((line) => parsed(line));
  }
}

function parsed(line: string): AuditEntry[] {
  try {
    // Only ever written by `add`.
    return [JSON.parse(line) as AuditEntry];
  } catch {
    return [];
  }
}
