import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Too many failed attempts; it says when to try again. */
export class TooManyAttemptsError extends Error {
  readonly code = 'TOO_MANY_ATTEMPTS';
  constructor(readonly retryAfterSeconds: number) {
    super(
      `Too many attempts to sign in failed. Try again in ${Math.ceil(retryAfterSeconds / 60)} minutes, or ask an administrator for a new password.`,
    );
    this.name = 'TooManyAttemptsError';
  }
}

const quarterHour = 15 * 60;

/**
 * Limits how often signing in may fail: for one address of a person, and from one network address. It counts in this
 * process, and anew after a restart. That is enough where one process signs people in: the one with the log's writer.
 */
export class SignInAttempts {
  readonly #perPerson = new RateLimiterMemory({ points: 5, duration: quarterHour });
  readonly #perNetwork = new RateLimiterMemory({ points: 50, duration: quarterHour });

  /** Counts an attempt before it is looked at. @throws TooManyAttemptsError */
  async begin(person: string, network: string): Promise<void> {
    try {
      await this.#perNetwork.consume(network);
      await this.#perPerson.consume(person);
    } catch (limited) {
      if (!(limited instanceof RateLimiterRes)) throw limited;
      throw new TooManyAttemptsError(Math.ceil(limited.msBeforeNext / 1000));
    }
  }

  /** After a success the attempts before it count no longer. */
  async succeeded(person: string, network: string): Promise<void> {
    await this.#perPerson.delete(person);
    await this.#perNetwork.reward(network);
  }
}
