import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { BearerTokens } from './bearer';

/** An OpenID Connect provider and this ledger's registration with it. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For whom bearer tokens must be meant; the client id unless said otherwise. */
  readonly audience: string;
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string;
}

/** What is kept while somebody signs in at the provider; tied to the browser by a cookie. */
export interface OidcAttempt {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** A provider's answer that does not sign anybody in. */
export class SignInFailedError extends Error {
  readonly code = 'SIGN_IN_FAILED';
}

/** Signing in with an OpenID Connect provider: authorisation code flow with PKCE. */
export class OidcSignIn {
  private constructor(
    readonly settings: OidcSettings,
    readonly configuration: Configuration,
    readonly bearer: BearerTokens,
  ) {}

  /** Reads the provider's description. @throws SignInFailedError where it cannot be had */
  static async discover(settings: OidcSettings): Promise<OidcSignIn> {
    const issuer = new URL(settings.issuer);
    // A provider on this very machine may speak plain HTTP: for trying it out, and for tests.
    const local = issuer.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(issuer.hostname);
    try {
      const configuration = await discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
        ...(local && { execute: [allowInsecureRequests] }),
      });
      const { jwks_uri: keys, issuer: named } = configuration.serverMetadata();
      const bearer = new BearerTokens(
        { issuer: named, audience: settings.audience },
        new URL(keys ?? 'jwks', issuer),
      );
      return new OidcSignIn(settings, configuration, bearer);
    } catch (error) {
      throw new SignInFailedError(
        `The identity provider ${settings.issuer} does not answer as one (${error instanceof Error ? error.message : String(error)}).`,
      );
    }
  }

  /** Where to send the browser, and what to remember until it is back. */
  async begin(): Promise<{ readonly url: string; readonly attempt: OidcAttempt }> {
    const attempt = { verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce() };
    const url = buildAuthorizationUrl(this.configuration, {
      redirect_uri: this.settings.redirectUri,
      scope: 'openid email',
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      state: attempt.state,
      nonce: attempt.nonce,
    });
    return { url: url.href, attempt };
  }

  /** Who came back. @throws SignInFailedError */
  async finish(
    address: URL,
    attempt: OidcAttempt,
  ): Promise<{ readonly subject: string; readonly verifiedEmail: string | undefined }> {
    try {
      const tokens = await authorizationCodeGrant(this.configuration, address, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new SignInFailedError('The provider sent no identity.');
      // Providers that keep to the letter tell the address at their user info endpoint alone.
      const told =
        'email' in claims || this.configuration.serverMetadata().userinfo_endpoint === undefined
          ? claims
          : await fetchUserInfo(this.configuration, tokens.access_token, claims.sub);
      const { email, email_verified: verified } = told;
      return {
        subject: claims.sub,
        verifiedEmail: verified === true && typeof email === 'string' ? email : undefined,
      };
    } catch (error) {
      if (error instanceof SignInFailedError) throw error;
      throw new SignInFailedError('Signing in at the identity provider did not succeed. Try again.');
    }
  }
}
