import { migratePostgres, PostgresDatabase } from '@ledger/postgres';
import type { VaultRows } from '../copying/vault-rows';
import { valueOf, type VaultRow, type VaultTable } from '../copying/vault-table';
import { vaultTables } from './schema';

/** The rows of a vault in PostgreSQL. */
export class PostgresVaultRows implements VaultRows {
  private constructor(readonly database: PostgresDatabase) {}

  /** Opens a vault, making it where it is missing. @throws PostgresError, and what `PostgresDatabase.open` throws */
  static async open(address: string, schema = 'vault'): Promise<PostgresVaultRows> {
    const database = await PostgresDatabase.open(address, { schema, durable: 'FULL' });
    try {
      await migratePostgres(database, vaultTables);
      return new PostgresVaultRows(database);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async keys({ name, columns, key }: VaultTable): Promise<readonly VaultRow[]> {
    const of = Object.entries(columns).slice(0, key);
    const rows = await this.database.rows(`SELECT ${of.map(([column]) => column).join(', ')} FROM ${name}`);
    return rows.map((row) => of.map(([, column], at) => valueOf(column, row[at])));
  }

  async rows({ name, columns, key }: VaultTable, keys: readonly VaultRow[]): Promise<readonly VaultRow[]> {
    const of = Object.entries(columns);
    const keyColumns = of.slice(0, key);
    // One list for each column of the key; unnested side by side, they are the keys again.
    const lists = keyColumns.map(
      ([, column], at) => `$${at + 1}::${column === 'number' ? 'bigint' : 'text'}[]`,
    );
    const names = keyColumns.map(([column]) => column).join(', ');
    const rows = await this.database.rows(
      `SELECT ${of.map(([column]) => column).join(', ')} FROM ${name}
       WHERE (${names}) IN (SELECT * FROM unnest(${lists.join(', ')}))`,
      keyColumns.map((_, at) => keys.map((values) => String(values[at]))),
    );
    return rows.map((row) => of.map(([, column], at) => valueOf(column, row[at])));
  }

  async add({ name, columns }: VaultTable, rows: readonly VaultRow[]): Promise<void> {
    const of = Object.keys(columns);
    const insert = `INSERT INTO ${name} (${of.join(', ')}) OVERRIDING SYSTEM VALUE
      VALUES (${of.map((_, at) => `$${at + 1}`).join(', ')})`;
    await this.database.transaction(async (transaction) => {
      for (const row of rows) await transaction.change(insert, row);
      // Keys that are made later are numbered after those that came with their numbers.
      if (name === 'subject_key')
        await transaction.rows(
          "SELECT setval(pg_get_serial_sequence('subject_key', 'id'), (SELECT max(id) FROM subject_key))",
        );
    });
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}
