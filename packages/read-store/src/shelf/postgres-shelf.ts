import { migratePostgres, PostgresDatabase, type PostgresMigration } from '@ledger/postgres';
import { PostgresReadStore } from '../postgres/postgres-read-store';
import type { Draft, Shelf } from './shelf';

const shelfTables: readonly PostgresMigration[] = [
  { version: 1, up: ['CREATE TABLE in_use (name text PRIMARY KEY, number integer NOT NULL)'] },
];

/** A draft that several processes build. */
export interface SharedDraft {
  readonly store: PostgresReadStore;
  /** The number that the version has once it is in use. */
  readonly number: number;
}

/**
 * Read models as schemas of one PostgreSQL database: `ledger_figures_3`, and in `ledger_shelf` a list of those in use.
 * The version before the one in use is kept too: processes that answer from it may not have noticed yet.
 */
export class PostgresShelf implements Shelf {
  readonly #open = new Map<string, PostgresReadStore>();

  private constructor(
    readonly address: string,
    readonly prefix: string,
    readonly list: PostgresDatabase,
  ) {}

  /**
   * Opens the shelf of a database, making it where it is missing. Several ledgers may share a database under prefixes of
   * their own: lower-case letters and digits.
   * @throws PostgresError, and what `PostgresDatabase.open` and `migratePostgres` throw
   */
  static async open(address: string, prefix = 'ledger'): Promise<PostgresShelf> {
    const list = await PostgresDatabase.open(address, {
      schema: `${prefix}_shelf`,
      durable: 'FULL',
      // One more for whoever holds the lock.
      connections: 2,
    });
    try {
      await migratePostgres(list, shelfTables);
    } catch (error) {
      await list.close();
      throw error;
    }
    return new PostgresShelf(address, prefix, list);
  }

  async inUse(name: string): Promise<number> {
    const [row] = await this.list.rows('SELECT number FROM in_use WHERE name = $1', [name]);
    return Number(row?.[0] ?? 0);
  }

  async current(name: string): Promise<PostgresReadStore | undefined> {
    const number = await this.inUse(name);
    const schema = this.#schema(name, number);
    if (number === 0 || !(await this.#exists(schema))) return undefined;
    return this.#store(schema);
  }

  async draft(name: string, label: string): Promise<Draft> {
    const begun = await this.reopen(name);
    const found = await begun.label();
    if (found === label) return { store: begun, file: null };
    // One that was begun under another label, or has not been given one.
    await this.discard(name);
    const store = await this.reopen(name);
    await store.setLabel(label);
    return { store, file: null };
  }

  async reopen(name: string): Promise<PostgresReadStore> {
    await this.#open.get(name)?.close();
    const store = await this.#store(await this.#draftSchema(name));
    this.#open.set(name, store);
    return store;
  }

  async promote(name: string): Promise<void> {
    await this.list.change(
      'INSERT INTO in_use VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET number = in_use.number + 1',
      [name],
    );
    this.#open.delete(name);
  }

  async discard(name: string): Promise<void> {
    await this.#open.get(name)?.close();
    this.#open.delete(name);
    await this.#drop(await this.#draftSchema(name));
  }

  async tidy(): Promise<void> {
    const versions = await this.list.rows('SELECT name, number FROM in_use');
    for (const [name, number] of versions)
      for (let older = Number(number) - 2; older > 0; older--) {
        const schema = this.#schema(String(name), older);
        if (!(await this.#exists(schema))) break;
        await this.#drop(schema);
      }
  }

  /**
   * Opens the draft of a name with a label for one of several processes that build it together: whoever comes first makes
   * it. One that has another label, or does not fit, is thrown away first.
   */
  async sharedDraft(
    name: string,
    label: string,
    fits: (store: PostgresReadStore) => Promise<boolean>,
  ): Promise<SharedDraft> {
    return this.list.transaction(async (transaction) => {
      await transaction.rows("SELECT pg_advisory_xact_lock(hashtextextended('ledger draft ' || $1, 0))", [
        this.#schema(name, 0),
      ]);
      const number = (await this.inUse(name)) + 1;
      const schema = this.#schema(name, number);
      const begun = await this.#store(schema);
      const found = await begun.label();
      if (found === label && (await fits(begun))) return { store: begun, number };
      if (found === null) {
        await begun.setLabel(label);
        return { store: begun, number };
      }
      await begun.close();
      await this.#drop(schema);
      const store = await this.#store(schema);
      await store.setLabel(label);
      return { store, number };
    });
  }

  /** Puts the version of a number into use; nothing happens where another process has done so. */
  async putIntoUse(name: string, number: number): Promise<void> {
    await this.list.change(
      `INSERT INTO in_use VALUES ($1, $2::integer)
       ON CONFLICT (name) DO UPDATE SET number = excluded.number WHERE in_use.number < excluded.number`,
      [name, number],
    );
  }

  /** Lets go of the list; the stores are closed by whoever holds them. */
  async close(): Promise<void> {
    await this.list.close();
  }

  #schema(name: string, number: number): string {
    return `${this.prefix}_${name}_${number}`;
  }

  async #draftSchema(name: string): Promise<string> {
    return this.#schema(name, (await this.inUse(name)) + 1);
  }

  async #store(schema: string): Promise<PostgresReadStore> {
    return PostgresReadStore.open(this.address, schema);
  }

  async #exists(schema: string): Promise<boolean> {
    const [row] = await this.list.rows('SELECT to_regnamespace($1) IS NOT NULL', [schema]);
    return row?.[0] === true;
  }

  async #drop(schema: string): Promise<void> {
    await PostgresReadStore.drop(this.address, schema);
  }
}
