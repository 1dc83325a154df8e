import type { Grant } from '../roles/actor';

/** A user of a live ledger; the person's name and address are in the vault. */
export interface Account {
  readonly person: string;
  readonly grants: readonly Grant[];
  readonly active: boolean;
  /** True until the user has chosen a password of his or her own. */
  readonly mustChange: boolean;
  /** The text kept for the password, or null where the user signs in elsewhere. */
  readonly password: string | null;
  readonly oidcSubject: string | null;
}

/** What is to be different about an account; what is left out stays as it is. */
export type AccountChange = Partial<Omit<Account, 'person'>>;

/** How long a session lasts: at most a working day, and an hour and a half without a request. */
export const sessionLimits = { longestMs: 12 * 3_600_000, idleMs: 90 * 60_000 } as const;

/** Sessions are seen once a minute at most, so that reading pages does not become writing. */
export const seenEveryMs = 60_000;

/** Accounts and sessions of one ledger. Each method is one step: it is done whole or not at all. */
export interface AccountStore {
  /** Makes an account or replaces it whole. */
  put(account: Account): Promise<void>;
  /**
   * Changes what is named and nothing else, and ends every session of the person, which began under what has changed.
   * Two changes at once both count.
   * @returns the account as it is now; undefined where there is none
   */
  change(person: string, change: AccountChange): Promise<Account | undefined>;
  find(person: string): Promise<Account | undefined>;
  findByOidcSubject(subject: string): Promise<Account | undefined>;
  /** Every account, by person. */
  all(): Promise<readonly Account[]>;
  /** Takes an account away with its sessions: when the person is erased. */
  remove(person: string): Promise<void>;
  /** Begins a session of somebody who has an account; the token is known to its holder alone. */
  beginSession(person: string): Promise<string>;
  /** The account of a session that still lasts and whose user is active. */
  session(token: string): Promise<Account | undefined>;
  endSession(token: string): Promise<void>;
  /** Ends all sessions of a person. */
  endSessions(person: string): Promise<void>;
  close(): Promise<void>;
}
