import { randomUUID } from 'node:crypto';
import { PostgresDatabase } from '@ledger/postgres';
import { PostgresReadStore } from './postgres-read-store';

const address = process.env['POSTGRES_URL'] ?? '';

/** Stores in schemas of their own, which are dropped when a test is over. */
export class TestStores {
  readonly #open: PostgresReadStore[] = [];

  /** A store: one more on a schema, as another process would open it, or one on a schema of its own. */
  async open(schema = `test_${randomUUID().replaceAll('-', '')}`): Promise<PostgresReadStore> {
    const store = await PostgresReadStore.open(address, schema);
    this.#open.push(store);
    return store;
  }

  /** Which transaction wrote each row of a table, in the order of a column. */
  async transactionsOf(schema: string, table: string, by: string): Promise<readonly string[]> {
    const database = await PostgresDatabase.open(address, { schema, durable: 'LATER' });
    try {
      return (await database.rows(`SELECT xmin::text FROM ${table} ORDER BY ${by}`)).map(([id]) =>
        String(id),
      );
    } finally {
      await database.close();
    }
  }

  async drop(): Promise<void> {
    const schemas = new Set(this.#open.map(({ schema }) => schema));
    for (const store of this.#open.splice(0)) await store.close();
    for (const schema of schemas) await PostgresReadStore.drop(address, schema);
  }
}
