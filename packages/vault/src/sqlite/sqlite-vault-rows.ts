import { migrate, openDatabase, type Database } from '@ledger/sqlite';
import type { VaultRows } from '../copying/vault-rows';
import { valueOf, type VaultRow, type VaultTable } from '../copying/vault-table';
import { vaultSchema } from './schema';

/** The rows of a vault in a file. */
export class SqliteVaultRows implements VaultRows {
  private constructor(readonly database: Database) {}

  /** Opens a vault, making it where it is missing. The file is this process's alone. @throws SqliteError */
  static open(file: string): SqliteVaultRows {
    const database = openDatabase(file, { synchronous: 'FULL', soleWriter: true });
    try {
      migrate(database, vaultSchema);
      return new SqliteVaultRows(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  async keys({ name, columns, key }: VaultTable): Promise<readonly VaultRow[]> {
    const of = Object.entries(columns).slice(0, key);
    return this.database
      .prepareArrays(`SELECT ${of.map(([column]) => column).join(', ')} FROM ${name}`)
      .all()
      .map((row) => of.map(([, column], at) => valueOf(column, row[at])));
  }

  async rows({ name, columns, key }: VaultTable, keys: readonly VaultRow[]): Promise<readonly VaultRow[]> {
    const of = Object.entries(columns);
    const where = of.slice(0, key).map(([column]) => `${column} = ?`);
    const one = this.database.prepareArrays(
      `SELECT ${of.map(([column]) => column).join(', ')} FROM ${name} WHERE ${where.join(' AND ')}`,
    );
    return keys
      .flatMap((values) => one.all(...values))
      .map((row) => of.map(([, column], at) => valueOf(column, row[at])));
  }

  async add({ name, columns }: VaultTable, rows: readonly VaultRow[]): Promise<void> {
    const of = Object.keys(columns);
    const insert = this.database.prepare(
      `INSERT INTO ${name} (${of.join(', ')}) VALUES (${of.map(() => '?').join(', ')})`,
    );
    this.database.transaction(() => {
      for (const row of rows) insert.run(...row);
    });
  }

  async close(): Promise<void> {
    this.database.close();
  }
}
