import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';

/** Whose tokens are taken, and for whom they must be meant. */
export interface BearerSettings {
  readonly issuer: string;
  readonly audience: string;
}

/** A token that is not good: out of date, of another issuer, for another audience, or wrongly signed. */
export class InvalidTokenError extends Error {
  readonly code = 'INVALID_TOKEN';
}

/** Checks bearer JWTs of one OpenID Connect provider by its published keys. */
export class BearerTokens {
  readonly #keys: JWTVerifyGetKey;

  constructor(
    readonly settings: BearerSettings,
    keysAt: URL,
  ) {
    this.#keys = createRemoteJWKSet(keysAt);
  }

  /** The subject of a good token. Symmetric and unsigned tokens are never taken. @throws InvalidTokenError */
  async subjectOf(token: string): Promise<string> {
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        ...this.settings,
        algorithms: [
          'RS256',
          'RS384',
          'RS512',
          'PS256',
          'PS384',
          'PS512',
          'ES256',
          'ES384',
          'ES512',
          'EdDSA',
        ],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 5,
      });
      return payload.sub ?? '';
    } catch (error) {
      if (error instanceof errors.JOSEError)
        throw new InvalidTokenError(`The bearer token is not accepted: ${error.message}. Sign in again.`);
      throw error;
    }
  }
}
