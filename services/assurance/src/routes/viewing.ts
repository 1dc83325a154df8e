import { editorProgrammes, hasRole, may, programmesFor, type Actor } from '@ledger/access';
import { ProblemError } from '@ledger/http';
import type { AskedAt, Viewer } from '@ledger/projections';
import { z } from 'zod';

/** What an actor may see of claims: restricted offers only as their programme's editor, or as auditor (E9). */
export function viewerOf(actor: Actor): Viewer {
  return {
    records: may(actor, 'records:read') ? programmesFor(actor, 'records:read') : [],
    persons: may(actor, 'people:read'),
    restricted: hasRole(actor, 'auditor') ? 'all' : editorProgrammes(actor),
  };
}

export const AsRecordedBy = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2}|\d{1,15})$/, 'must be a date such as 2017-06-30, or a position')
  .optional()
  .describe('As the ledger knew it at the end of this London date, or at this position.');

/** @throws ProblemError for a day to come */
export function askedAt(text: string | undefined, today: string): AskedAt {
  if (text === undefined) return {};
  if (/^\d{1,15}$/.test(text)) return { position: BigInt(text) };
  if (text > today)
    throw new ProblemError(
      400,
      'NOT_RECORDED_YET',
      `${text} is in the future; the ledger knows what was recorded up to today, ${today}.`,
    );
  return { date: text };
}
