import { randomUUID } from 'node:crypto';
import { PostgresDatabase } from '@ledger/postgres';
import { postgresAddress } from '../running/read-stores';

async function onServer(statement: string): Promise<void> {
  const database = await PostgresDatabase.open(postgresAddress(), { schema: 'public', durable: 'FULL' });
  try {
    await database.change(statement);
  } finally {
    await database.close();
  }
}

/** A database of a test's own on the server there is. */
export class OwnDatabase {
  private constructor(
    readonly name: string,
    readonly address: string,
  ) {}

  static async make(): Promise<OwnDatabase> {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await onServer(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
    const address = new URL(postgresAddress());
    address.pathname = `/${name}`;
    return new OwnDatabase(name, address.href);
  }

  async drop(): Promise<void> {
    await onServer(`DROP DATABASE ${this.name} WITH (FORCE)`);
  }
}
