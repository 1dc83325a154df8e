import type { Request } from 'express';
import { ProblemError } from './problem';

/** The Idempotency-Key as it was sent; undefined where none was. @throws ProblemError for one that is none */
export function idempotencyKeyOf(request: Request): string | undefined {
  const sent = request.get('Idempotency-Key');
  if (sent === undefined || /^[\x21-\x7e]{1,200}$/.test(sent)) return sent;
  throw new ProblemError(
    400,
    'INVALID_KEY',
    'The Idempotency-Key has 1 to 200 visible characters without spaces.',
  );
}

/** The token of an Authorization header; undefined where there is none that could be one. */
export function bearerTokenOf(request: Request): string | undefined {
  return /^Bearer ([\x21-\x7e]{1,8000})$/i.exec(request.headers.authorization ?? '')?.[1];
}
