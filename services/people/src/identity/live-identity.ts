import { timingSafeEqual } from 'node:crypto';
import type { Account, AccountStore, Actor, OidcSignIn } from '@ledger/access';
import { bearerTokenOf, cookiesOf, ProblemError, type Identify } from '@ledger/http';

/** The id under which whoever keeps the files of a ledger acts with the `ledger` command on that machine. */
export const operatorId = '0f0a5c1e-00ff-5000-8000-0000000000ff';

/** The cookie of a session; the prefix makes browsers refuse it over plain HTTP or from a subdomain. */
export function sessionCookie(secure: boolean): string {
  return secure ? '__Host-ledger_session' : 'ledger_session';
}

export interface LiveIdentityParts {
  readonly accounts: () => AccountStore;
  readonly oidc: () => OidcSignIn | undefined;
  /** In the server file, which only the operator's own user can read. */
  readonly operatorToken: string;
  readonly secure: boolean;
}

function actorOf(account: Account, by: Actor['by']): Actor {
  // Until a password of one's own is chosen, there is nothing to do but that.
  return { id: account.person, grants: account.mustChange && by === 'session' ? [] : account.grants, by };
}

function isOperator(token: string, operatorToken: string): boolean {
  const [a, b] = [Buffer.from(token), Buffer.from(operatorToken)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Who makes a request to a live ledger: by bearer token, else by session cookie. */
export function identifyLive({ accounts, oidc, operatorToken, secure }: LiveIdentityParts): Identify {
  const ofBearer = async (token: string): Promise<Actor | undefined> => {
    if (isOperator(token, operatorToken))
      return { id: operatorId, grants: [{ role: 'administrator', programmes: 'all' }], by: 'operator' };
    const session = await accounts().session(token);
    if (session !== undefined) return actorOf(session, 'session');
    const provider = oidc();
    if (provider === undefined || token.split('.').length !== 3) return undefined;
    const account = await accounts().findByOidcSubject(await provider.bearer.subjectOf(token));
    return account?.active === true ? actorOf(account, 'bearer') : undefined;
  };
  return async (request) => {
    if (request.headers.authorization !== undefined) {
      const token = bearerTokenOf(request);
      const actor = token === undefined ? undefined : await ofBearer(token);
      if (actor === undefined)
        throw new ProblemError(
          401,
          'INVALID_TOKEN',
          'The bearer token is not accepted: it has ended, or is no token of this ledger. Sign in again.',
          { headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } },
        );
      return actor;
    }
    const token = cookiesOf(request)[sessionCookie(secure)];
    const account = token === undefined ? undefined : await accounts().session(token);
    return account && actorOf(account, 'session');
  };
}
