import { SignInFailedError, TooManyAttemptsError, WeakPasswordError, type OidcAttempt } from '@ledger/access';
import { cookiesOf, ProblemError, safeNext, setCookie, type Page } from '@ledger/http';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { demonstrationUsers } from '../demonstration-users';
import { visitorCookie } from '../identity/demonstration-identity';
import { sessionCookie } from '../identity/live-identity';
import { usersOf, type PeopleParts } from '../parts';

const attemptCookie = 'ledger_sign_in';
const Attempt = z.object({ verifier: z.string(), state: z.string(), nonce: z.string(), next: z.string() });

function keepSession(parts: PeopleParts, response: Response, token: string): void {
  setCookie(response, sessionCookie(parts.secure), token, { secure: parts.secure });
}

/** What went wrong with a password, in words for the page; anything else is not for the page. */
function said(error: unknown): string {
  if (
    error instanceof SignInFailedError ||
    error instanceof TooManyAttemptsError ||
    error instanceof WeakPasswordError
  )
    return error.message;
  throw error;
}

function attemptOf(request: Request): (OidcAttempt & { next: string }) | undefined {
  try {
    const kept = Buffer.from(cookiesOf(request)[attemptCookie] ?? '', 'base64url').toString('utf8');
    return Attempt.parse(JSON.parse(kept));
  } catch {
    // No cookie, or one that is not ours: there is no attempt under way in this browser.
    return undefined;
  }
}

/** Signing in and out, one's own password, and the visitor's choice in a demonstration. */
export function signInPages(parts: () => PeopleParts): readonly Page[] {
  return [
    {
      method: 'get',
      path: '/sign-in',
      permission: 'public',
      show: ({ query }) => {
        usersOf(parts());
        return {
          view: 'sign-in',
          context: { next: safeNext(query['next']), provider: parts().oidc !== undefined },
        };
      },
    },
    {
      method: 'post',
      path: '/sign-in',
      permission: 'public',
      show: async ({ form, request, response }) => {
        const { email = '', password = '' } = form;
        const next = safeNext(form['next']);
        try {
          const { token, account } = await usersOf(parts()).signIn(email, password, request.ip ?? '');
          keepSession(parts(), response, token);
          return { redirect: account.mustChange ? '/account' : next };
        } catch (error) {
          const text = said(error);
          const status = error instanceof TooManyAttemptsError ? 429 : 401;
          const errors = [{ text, field: 'email' }];
          return {
            view: 'sign-in',
            context: { next, email, errors, provider: parts().oidc !== undefined },
            status,
          };
        }
      },
    },
    {
      method: 'get',
      path: '/sign-in/provider',
      permission: 'public',
      show: async ({ query, response }) => {
        const { oidc, secure } = parts();
        if (oidc === undefined)
          throw new ProblemError(
            404,
            'NOT_FOUND',
            'This ledger has no identity provider; sign in with a password.',
          );
        const { url, attempt } = await oidc.begin();
        const kept = JSON.stringify({ ...attempt, next: safeNext(query['next']) });
        setCookie(response, attemptCookie, Buffer.from(kept).toString('base64url'), { secure, maxAge: 600 });
        return { redirect: url };
      },
    },
    {
      method: 'get',
      path: '/sign-in/callback',
      permission: 'public',
      show: async ({ request, response }) => {
        const { oidc, secure } = parts();
        const attempt = attemptOf(request);
        if (oidc === undefined || attempt === undefined)
          throw new ProblemError(
            400,
            'SIGN_IN_FAILED',
            'No sign-in is under way in this browser. Begin again at /sign-in.',
          );
        const address = new URL(request.originalUrl, oidc.settings.redirectUri);
        const { subject, verifiedEmail } = await oidc.finish(address, attempt);
        setCookie(response, attemptCookie, '', { secure, maxAge: 0 });
        keepSession(parts(), response, await usersOf(parts()).signInFromProvider(subject, verifiedEmail));
        return { redirect: safeNext(attempt.next) };
      },
    },
    {
      method: 'post',
      path: '/sign-out',
      permission: 'signed-in',
      show: async ({ actor, request, response }) => {
        const { secure } = parts();
        const name = sessionCookie(secure);
        await usersOf(parts()).signOut(cookiesOf(request)[name] ?? '', actor.id);
        setCookie(response, name, '', { secure, maxAge: 0 });
        return { redirect: '/sign-in' };
      },
    },
    {
      method: 'get',
      path: '/account',
      permission: 'signed-in',
      show: ({ actor }) => {
        usersOf(parts());
        return { view: 'account', context: { grants: actor.grants } };
      },
    },
    {
      method: 'post',
      path: '/account',
      permission: 'signed-in',
      show: async ({ form, actor, request, response }) => {
        const { current = '', wanted = '' } = form;
        const users = usersOf(parts());
        try {
          keepSession(
            parts(),
            response,
            await users.changePassword(actor.id, current, wanted, request.ip ?? ''),
          );
          return { redirect: '/' };
        } catch (error) {
          const field = error instanceof WeakPasswordError ? 'wanted' : 'current';
          const errors = [{ text: said(error), field }];
          return { view: 'account', context: { grants: actor.grants, errors }, status: 422 };
        }
      },
    },
    {
      method: 'get',
      path: '/visitor',
      permission: 'public',
      show: ({ actor }) => {
        mustBeDemonstration(parts());
        return { view: 'visitor', context: { users: demonstrationUsers, chosen: actor.label } };
      },
    },
    {
      method: 'post',
      path: '/visitor',
      permission: 'public',
      show: ({ form, response }) => {
        mustBeDemonstration(parts());
        const user = demonstrationUsers.find(({ name }) => name === form['visitor']);
        if (user === undefined)
          throw new ProblemError(422, 'UNKNOWN_USER', 'Choose one of the demonstration users.');
        setCookie(response, visitorCookie, user.name, { secure: parts().secure });
        return { redirect: '/' };
      },
    },
  ];
}

function mustBeDemonstration({ users }: PeopleParts): void {
  if (users !== undefined)
    throw new ProblemError(404, 'NOT_FOUND', 'Only visitors of a demonstration ledger choose who they are.');
}
