import { randomUUID } from 'node:crypto';
import { PostgresDatabase } from '@ledger/postgres';
import { postgresAddress } from '../running/read-stores';

/** Runs a statement that is of no one database. */
export async function onServer(statement: string, server = postgresAddress()): Promise<void> {
  const database = await PostgresDatabase.open(server, { schema: 'public', durable: 'FULL' });
  try {
    await database.change(statement);
  } finally {
    await database.close();
  }
}

/** A database of a test's own on the server there is, or on another. */
export class OwnDatabase {
  private constructor(
    readonly name: string,
    readonly server: string,
  ) {}

  /** @param tablespace where its tables lie; where those of the server do, unless said */
  static async make(server = postgresAddress(), tablespace = 'pg_default'): Promise<OwnDatabase> {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await onServer(
      `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0 TABLESPACE ${tablespace}`,
      server,
    );
    return new OwnDatabase(name, server);
  }

  get address(): string {
    return this.addressBy(new URL(this.server).port);
  }

  /** Its address by way of another port than the server's. */
  addressBy(port: string | number): string {
    const address = new URL(this.server);
    address.port = String(port);
    address.pathname = `/${this.name}`;
    return address.href;
  }

  async drop(): Promise<void> {
    await onServer(`DROP DATABASE ${this.name} WITH (FORCE)`, this.server);
  }
}
