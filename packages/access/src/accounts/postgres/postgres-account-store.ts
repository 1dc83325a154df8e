import { isDiskFull, migratePostgres, PostgresDatabase, type Queryable, type SqlRow } from '@ledger/postgres';
import { seenEveryMs, type Account, type AccountChange, type AccountStore } from '../account-store';
import { digestOf, grantsOf, newToken, oldestAt, textOf } from '../kept-account';
import { accountTables } from './schema';

export interface PostgresAccountOptions {
  /** Milliseconds since 1970. The services of a ledger are on machines whose clocks agree within seconds. */
  readonly now?: () => number;
  /** The schema that the accounts are in. */
  readonly schema?: string;
}

const columns = 'a.person, a.password, a.oidc_subject, a.grants, a.active, a.must_change';

/**
 * Accounts and sessions in a PostgreSQL database, for any number of processes. Nothing is remembered between requests:
 * a session that one process ends has ended for all.
 */
export class PostgresAccountStore implements AccountStore {
  readonly #database: PostgresDatabase;

  private constructor(
    database: PostgresDatabase,
    readonly now: () => number,
  ) {
    this.#database = database;
  }

  /**
   * Opens the accounts of a database, making their tables where they are missing.
   * @throws PostgresError, and what `PostgresDatabase.open` throws
   */
  static async open(
    address: string,
    { now = Date.now, schema = 'access' }: PostgresAccountOptions = {},
  ): Promise<PostgresAccountStore> {
    const database = await PostgresDatabase.open(address, { schema, durable: 'FULL' });
    try {
      await migratePostgres(database, accountTables);
      return new PostgresAccountStore(database, now);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async put(account: Account): Promise<void> {
    await put(this.#database, account);
  }

  async change(person: string, change: AccountChange): Promise<Account | undefined> {
    return this.#database.transaction(async (transaction) => {
      const account = await one(transaction, 'a.person = $1 FOR UPDATE', person);
      if (account === undefined) return undefined;
      const changed = { ...account, ...change };
      await put(transaction, changed);
      await transaction.change('DELETE FROM session WHERE person = $1', [person]);
      return changed;
    });
  }

  async find(person: string): Promise<Account | undefined> {
    return one(this.#database, 'a.person = $1', person);
  }

  async findByOidcSubject(subject: string): Promise<Account | undefined> {
    return one(this.#database, 'a.oidc_subject = $1', subject);
  }

  async all(): Promise<readonly Account[]> {
    const rows = await this.#database.rows(`SELECT ${columns} FROM account a ORDER BY a.person`);
    return rows.map(accountOf);
  }

  async remove(person: string): Promise<void> {
    await this.#database.change('DELETE FROM account WHERE person = $1', [person]);
  }

  async beginSession(person: string): Promise<string> {
    const token = newToken();
    const now = this.now();
    const oldest = oldestAt(now);
    await this.#database.transaction(async (transaction) => {
      await transaction.change('INSERT INTO session VALUES ($1, $2, $3, $3)', [digestOf(token), person, now]);
      // What another process is taking away at this moment is left to it, so that neither waits for the other.
      await transaction.change(
        `DELETE FROM session WHERE token IN (
           SELECT token FROM session WHERE began < $1 OR seen < $2 FOR UPDATE SKIP LOCKED
         )`,
        [oldest.began, oldest.seen],
      );
    });
    return token;
  }

  async session(token: string): Promise<Account | undefined> {
    const now = this.now();
    const oldest = oldestAt(now);
    const key = digestOf(token);
    const [row] = await this.#database.rows(
      `SELECT ${columns}, s.seen FROM session s JOIN account a ON a.person = s.person
       WHERE s.token = $1 AND a.active AND s.began >= $2 AND s.seen >= $3`,
      [key, oldest.began, oldest.seen],
    );
    if (row === undefined) return undefined;
    if (now - Number(row[6]) > seenEveryMs) await this.#see(key, now);
    return accountOf(row);
  }

  async #see(key: Uint8Array, now: number): Promise<void> {
    try {
      // Of two services whose clocks differ, the later word stands.
      await this.#database.change('UPDATE session SET seen = greatest(seen, $2) WHERE token = $1', [
        key,
        now,
      ]);
    } catch (error) {
      // Whoever is signed in may go on reading on a full disk; a session that is not seen ends sooner.
      if (!isDiskFull(error)) throw error;
    }
  }

  async endSession(token: string): Promise<void> {
    await this.#database.change('DELETE FROM session WHERE token = $1', [digestOf(token)]);
  }

  async endSessions(person: string): Promise<void> {
    await this.#database.change('DELETE FROM session WHERE person = $1', [person]);
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}

async function put(on: Queryable, account: Account): Promise<void> {
  const { person, password, oidcSubject, grants, active, mustChange } = account;
  await on.change(
    `INSERT INTO account VALUES ($1, $2, $3, $4, $5::boolean, $6::boolean) ON CONFLICT (person) DO UPDATE SET
       password = excluded.password, oidc_subject = excluded.oidc_subject, grants = excluded.grants,
       active = excluded.active, must_change = excluded.must_change`,
    [person, password, oidcSubject, JSON.stringify(grants), String(active), String(mustChange)],
  );
}

/** The account that a condition on one value finds. */
async function one(on: Queryable, condition: string, value: string): Promise<Account | undefined> {
  const [row] = await on.rows(`SELECT ${columns} FROM account a WHERE ${condition}`, [value]);
  return row && accountOf(row);
}

function accountOf([person, password, subject, grants, active, mustChange]: SqlRow): Account {
  return {
    person: String(person),
    password: textOf(password),
    oidcSubject: textOf(subject),
    grants: grantsOf(String(grants)),
    active: active === true,
    mustChange: mustChange === true,
  };
}
