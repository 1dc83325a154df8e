import { isFull, migrate, openDatabase, type Database, type Migration } from '@ledger/sqlite';
import { seenEveryMs, type Account, type AccountChange, type AccountStore } from '../account-store';
import { digestOf, grantsOf, newToken, oldestAt, textOf } from '../kept-account';

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

/** A session as its row says it. */
interface Session {
  readonly began: number;
  readonly seen: number;
  readonly account: Account;
}

/** How many sessions are remembered before all are forgotten. */
const mostRemembered = 1000;

/** Accounts and sessions in a SQLite file that this process alone writes. */
export class SqliteAccountStore implements AccountStore {
  readonly #database: Database;
  /** Sessions that were asked for since the last change of any: each request asks for its own. By digest of the token. */
  readonly #remembered = new Map<string, Session>();

  private constructor(
    database: Database,
    readonly now: () => number,
  ) {
    this.#database = database;
  }

  /** Opens a file, making it where it is missing. @param now milliseconds since 1970 @throws SqliteError, NewerSchemaError */
  static open(file: string, now: () => number): SqliteAccountStore {
    const database = openDatabase(file, { synchronous: 'FULL', soleWriter: true });
    try {
      migrate(database, schema);
      database.exec('PRAGMA secure_delete = ON');
      return new SqliteAccountStore(database, now);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  async put(account: Account): Promise<void> {
    this.#put(account);
  }

  #put({ person, password, oidcSubject, grants, active, mustChange }: Account): void {
    this.#remembered.clear();
    this.#database
      .prepare(
        `INSERT INTO account VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET
           password = excluded.password, oidc_subject = excluded.oidc_subject, grants = excluded.grants,
           active = excluded.active, must_change = excluded.must_change`,
      )
      .run(person, password, oidcSubject, JSON.stringify(grants), Number(active), Number(mustChange));
  }

  async change(person: string, change: AccountChange): Promise<Account | undefined> {
    return this.#database.transaction(() => {
      const account = this.#find(person);
      if (account === undefined) return undefined;
      const changed = { ...account, ...change };
      this.#put(changed);
      this.#endSessions(person);
      return changed;
    });
  }

  async find(person: string): Promise<Account | undefined> {
    return this.#find(person);
  }

  #find(person: string): Account | undefined {
    const row = this.#database.prepare('SELECT * FROM account WHERE person = ?').get(person);
    return row && accountOf(row);
  }

  async findByOidcSubject(subject: string): Promise<Account | undefined> {
    const row = this.#database.prepare('SELECT * FROM account WHERE oidc_subject = ?').get(subject);
    return row && accountOf(row);
  }

  async all(): Promise<readonly Account[]> {
    return this.#database.prepare('SELECT * FROM account ORDER BY person').all().map(accountOf);
  }

  async remove(person: string): Promise<void> {
    this.#remembered.clear();
    this.#database.prepare('DELETE FROM account WHERE person = ?').run(person);
  }

  async beginSession(person: string): Promise<string> {
    const token = newToken();
    const now = this.now();
    const oldest = oldestAt(now);
    this.#database.transaction(() => {
      this.#database
        .prepare('INSERT INTO session VALUES (?, ?, ?, ?)')
        .run(digestOf(token), person, now, now);
      this.#database
        .prepare('DELETE FROM session WHERE began < ? OR seen < ?')
        .run(oldest.began, oldest.seen);
    });
    return token;
  }

  async session(token: string): Promise<Account | undefined> {
    const now = this.now();
    const oldest = oldestAt(now);
    const key = digestOf(token);
    const session = this.#session(key);
    if (session === undefined || !session.account.active) return undefined;
    if (session.began < oldest.began || session.seen < oldest.seen) return undefined;
    if (now - session.seen > seenEveryMs) this.#see(key, now);
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

  async endSession(token: string): Promise<void> {
    this.#remembered.clear();
    this.#database.prepare('DELETE FROM session WHERE token = ?').run(digestOf(token));
  }

  async endSessions(person: string): Promise<void> {
    this.#endSessions(person);
  }

  #endSessions(person: string): void {
    this.#remembered.clear();
    this.#database.prepare('DELETE FROM session WHERE person = ?').run(person);
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}

function accountOf(row: Readonly<Record<string, unknown>>): Account {
  return {
    person: textOf(row['person']) ?? '',
    password: textOf(row['password']),
    oidcSubject: textOf(row['oidc_subject']),
    grants: grantsOf(textOf(row['grants']) ?? '[]'),
    active: row['active'] === 1,
    mustChange: row['must_change'] === 1,
  };
}
