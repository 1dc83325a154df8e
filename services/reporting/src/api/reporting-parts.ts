import type { LedgerQueries } from '@ledger/projections';
import type { Response } from 'express';

/** What every route that asks has. */
export const question = { method: 'get', tag: 'reporting' } as const;

/** What asking needs around it. */
export interface ReportingParts {
  readonly queries: LedgerQueries;
  readonly today: () => string;
  /** Waits until a cursor's position is applied. @throws ProblemError 503 with the position reached */
  readonly whenApplied: (cursor: string) => Promise<void>;
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
