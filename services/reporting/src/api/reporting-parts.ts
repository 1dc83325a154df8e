import type { Actor } from '@ledger/access';
import type { NoteRef } from '@ledger/events';
import type { LedgerQueries, ParkedEvent } from '@ledger/projections';
import type { Response } from 'express';

/** What every route that asks has. */
export const question = { method: 'get', tag: 'reporting', permission: 'figures:read' } as const;

/** What asking needs around it. */
export interface ReportingParts {
  readonly queries: LedgerQueries;
  /** Every event that is parked, with why. */
  readonly parkedEvents: () => Promise<readonly ParkedEvent[]>;
  readonly today: () => string;
  /** Waits until a cursor's position is applied. @throws ProblemError 503 with the position reached */
  readonly whenApplied: (cursor: string) => Promise<void>;
  /** The text of a note in the vault, or undefined where it was erased. */
  readonly note: (reference: NoteRef) => Promise<string | undefined>;
  /** What people call an actor or person: a name, or words in its place. */
  readonly nameOf: (id: string) => Promise<string>;
  /** Writes to the audit file that records of people, or files, were given to somebody. */
  readonly audited: (
    actor: Actor,
    what: 'person-read' | 'records-exported',
    about: readonly string[],
  ) => void;
}

export function sendCsv(response: Response, name: string, text: string): void {
  response
    .type('text/csv; charset=utf-8')
    .setHeader('Content-Disposition', `attachment; filename="${name}.csv"`);
  response.send(text);
}

export function wantsCsv(format: string | undefined, response: Response): boolean {
  return (
    format === 'csv' ||
    (format === undefined && response.req.accepts(['application/json', 'text/csv']) === 'text/csv')
  );
}

/** The parts, once a cursor's position is applied. */
export async function waited(
  parts: () => ReportingParts,
  after: string | undefined,
): Promise<ReportingParts> {
  const found = parts();
  if (after !== undefined) await found.whenApplied(after);
  return found;
}
