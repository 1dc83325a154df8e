import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parse, serialize } from 'cookie';
import type { Request, Response } from 'express';
import type { Actor } from '@ledger/access';
import { ProblemError } from './problem';

const cookieName = 'ledger_form';

/** The cookies of a request. */
export function cookiesOf(request: Request): Readonly<Record<string, string | undefined>> {
  return parse(request.headers.cookie ?? '');
}

/** Sets a cookie that scripts cannot read and other sites do not send along. */
export function setCookie(
  response: Response,
  name: string,
  value: string,
  options: { readonly secure: boolean; readonly maxAge?: number },
): void {
  response.append(
    'Set-Cookie',
    serialize(name, value, { httpOnly: true, sameSite: 'lax', path: '/', ...options }),
  );
}

/**
 * Tokens in forms, so that a form of another site cannot act in a visitor's name: an HMAC over a random cookie and
 * the acting user. All services of a ledger have the same secret, so that a page of one may hold a form of another.
 */
export class FormTokens {
  constructor(
    readonly secure: boolean,
    /** Asked for when a token is made: the ledger that keeps it may be getting ready still. */
    readonly secret: () => string,
  ) {}

  #token(seed: string, actor: Actor): string {
    return createHmac('sha256', this.secret()).update(`${seed}/${actor.id}`).digest('base64url');
  }

  /** The token of a page's forms; gives the browser its cookie where it has none. */
  tokenFor(request: Request, response: Response, actor: Actor): string {
    const held = cookiesOf(request)[cookieName];
    if (held !== undefined && /^[\w-]{22}$/.test(held)) return this.#token(held, actor);
    const seed = randomBytes(16).toString('base64url');
    setCookie(response, cookieName, seed, { secure: this.secure });
    return this.#token(seed, actor);
  }

  /** @throws ProblemError 403 for a form that is not from a page of this ledger, or is another user’s */
  check(request: Request, actor: Actor, sent: string | undefined): void {
    const seed = cookiesOf(request)[cookieName];
    const right = seed === undefined ? undefined : Buffer.from(this.#token(seed, actor));
    const given = Buffer.from(sent ?? '');
    if (right !== undefined && right.length === given.length && timingSafeEqual(right, given)) return;
    throw new ProblemError(
      403,
      'FORM_EXPIRED',
      'This form is out of date; nothing was recorded. Go back, load the page again, and send it once more.',
    );
  }
}
