import { createHash, randomBytes } from 'node:crypto';
import { isFull, migrate, openDatabase, type Database, type Migration } from '@ledger/sqlite';
import type { Grant } from '../roles/actor';
import { isUserRole } from '../roles/user-roles';

const schema: readonly Migration[] = [
  {
    version: 1,
    up: (database) =>
      database.exec(`
        -- No name and no address: those are in the vault under the person's id.
        CREATE TABLE account (
          person TEXT PRIMARY KEY, password TEXT, oidc_subject TEXT UNIQUE, grants TEXT NOT NULL,
          active INTEGER NOT NULL, must_change INTEGER NOT NULL
        ) WITHOUT ROWID;
        -- Only the SHA-256 of a session's token: who reads this file cannot use the sessions in it.
        CREATE TABLE session (
          token BLOB PRIMARY KEY, person TEXT NOT NULL REFERENCES account (person) ON DELETE CASCADE,
          began INTEGER NOT NULL, seen INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX session_person ON session (person);
      `),
  },
];

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

/** How long a session lasts: at most a working day, and an hour and a half without a request. */
export const sessionLimits = { longestMs: 12 * 3_600_000, idleMs: 90 * 60_000 } as const;

/** A session as its row says it. */
interface Session {
  readonly began: number;
  readonly seen: number;
  readonly account: Account;
}

/** How many sessions are remembered before all are forgotten. */
const mostRemembered = 1000;

/** Accounts and sessions of one ledger, in a SQLite file that this process alone writes. */
export class AccountStore {
  readonly #database: Database;
  /** Sessions that were asked for since the last change of any: each request asks for its own. By digest of the token. */
  readonly #remembered = new Map<string, Session>();

  private constructor(
    database: Database,
    readonly now: () => number,
  ) {
    this.#database = database;
  }

  static open(file: string, now: () => number): AccountStore {
    const database = openDatabase(file, { synchronous: 'FULL', soleWriter: true });
    try {
      migrate(database, schema);
      database.exec('PRAGMA secure_delete = ON');
      return new AccountStore(database, now);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Makes an account or replaces it whole. */
  put({ person, password, oidcSubject, grants, active, mustChange }: Account): void {
    this.#remembered.clear();
    this.#database
      .prepare(
        `INSERT INTO account VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET
           password = excluded.password, oidc_subject = excluded.oidc_subject, grants = excluded.grants,
           active = excluded.active, must_change = excluded.must_change`,
      )
      .run(person, password, oidcSubject, JSON.stringify(grants), Number(active), Number(mustChange));
  }

  find(person: string): Account | undefined {
    const row = this.#database.prepare('SELECT * FROM account WHERE person = ?').get(person);
    return row && accountOf(row);
  }

  findByOidcSubject(subject: string): Account | undefined {
    const row = this.#database.prepare('SELECT * FROM account WHERE oidc_subject = ?').get(subject);
    return row && accountOf(row);
  }

  all(): Account[] {
    return this.#database.prepare('SELECT * FROM account ORDER BY person').all().map(accountOf);
  }

  /** Takes an account away with its sessions: when the person is erased. */
  remove(person: string): void {
    this.#remembered.clear();
    this.#database.prepare('DELETE FROM account WHERE person = ?').run(person);
  }

  /** Begins a session; the token is known to its holder alone. */
  beginSession(person: string): string {
    const token = randomBytes(32).toString('base64url');
    const now = this.now();
    this.#database.prepare('INSERT INTO session VALUES (?, ?, ?, ?)').run(digest(token), person, now, now);
    this.#database
      .prepare('DELETE FROM session WHERE began < ? OR seen < ?')
      .run(now - sessionLimits.longestMs, now - sessionLimits.idleMs);
    return token;
  }

  /** The account of a session that still lasts and whose user is active. */
  session(token: string): Account | undefined {
    const now = this.now();
    const key = digest(token);
    const session = this.#session(key);
    if (session === undefined || !session.account.active) return undefined;
    if (session.began < now - sessionLimits.longestMs || session.seen < now - sessionLimits.idleMs)
      return undefined;
    // Written once a minute at most, so that reading pages does not become writing.
    if (now - session.seen > 60_000) this.#see(key, now);
    return session.account;
  }

  #session(key: Buffer): Session | undefined {
    const name = key.toString('latin1');
    const known = this.#remembered.get(name);
    if (known !== undefined) return known;
    const row = this.#database
      .prepare(
        `SELECT a.*, s.began AS began, s.seen AS seen FROM session s JOIN account a ON a.person = s.person
         WHERE s.token = ?`,
      )
      .get(key);
    if (row === undefined) return undefined;
    const session = { began: Number(row['began']), seen: Number(row['seen']), account: accountOf(row) };
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
    this.#remembered.set(name, session);
    return session;
  }

  #see(key: Buffer, now: number): void {
    this.#remembered.delete(key.toString('latin1'));
    try {
      this.#database.prepare('UPDATE session SET seen = ? WHERE token = ?').run(now, key);
    } catch (error) {
      // Whoever is signed in may go on reading on a full disk; a session that is not seen ends sooner.
      if (!isFull(error)) throw error;
    }
  }

  endSession(token: string): void {
    this.#remembered.clear();
    this.#database.prepare('DELETE FROM session WHERE token = ?').run(digest(token));
  }

  /** Ends all sessions of a person: after a change of password or roles. */
  endSessions(person: string): void {
    this.#remembered.clear();
    this.#database.prepare('DELETE FROM session WHERE person = ?').run(person);
  }

  close(): void {
    this.#database.close();
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function accountOf(row: Readonly<Record<string, unknown>>): Account {
  return {
    person: text(row['person']) ?? '',
    password: text(row['password']),
    oidcSubject: text(row['oidc_subject']),
    grants: grantsOf(text(row['grants']) ?? '[]'),
    active: row['active'] === 1,
    mustChange: row['must_change'] === 1,
  };
}

/** Grants as they were kept; a role that this release does not know grants nothing. */
function grantsOf(json: string): Grant[] {
  // Only ever written by `put`.
  const kept = JSON.parse(json) as readonly Grant[];
  return kept.filter(({ role }) => isUserRole(role));
}
