import { randomUUID } from 'node:crypto';
import { programmesFor, type Actor } from '@ledger/access';
import { idempotencyKeyOf, ProblemError } from '@ledger/http';
import type { Request, Response } from 'express';
import type { Command } from '../application/command';

/** The key of a request: as sent, or made here and told to the caller. */
export function keyOf(request: Request, response: Response): string {
  const key = idempotencyKeyOf(request) ?? randomUUID();
  response.setHeader('Idempotency-Key', key);
  return key;
}

/** A command as a request puts it: the acting user, the key, and the body as received. */
export function commandOf(request: Request, response: Response, actor: Actor, dryRun: boolean): Command {
  return {
    actor: actor.id,
    programmes: programmesFor(actor, 'records:write'),
    key: keyOf(request, response),
    request: request.body,
    dryRun,
  };
}

/** The revision that a change was decided on, from If-Match: `"3"`. */
export function ifMatchOf(request: Request): string | undefined {
  const sent = request.get('If-Match');
  if (sent === undefined) return undefined;
  const revision = /^"(\d{1,15})"$/.exec(sent)?.[1];
  if (revision === undefined)
    throw new ProblemError(
      400,
      'INVALID_IF_MATCH',
      'If-Match holds the ETag of the record, a revision in quotes such as "3".',
    );
  return revision;
}
