import { randomUUID } from 'node:crypto';
import { PostgresDatabase } from '@ledger/postgres';
import type { BenchEngines } from '../../lines/context';

type Server = BenchEngines['server'];

async function onServer<T>(server: Server, work: (database: PostgresDatabase) => Promise<T>): Promise<T> {
  const database = await PostgresDatabase.open(server.address, { schema: 'public', durable: 'FULL' });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Does work with a database of its own, given its address, and removes it. */
export async function withDatabase<T>(server: Server, work: (address: string) => Promise<T>): Promise<T> {
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, async (database) =>
    database.change(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`),
  );
  const address = new URL(server.address);
  address.pathname = `/${name}`;
  try {
    return await work(address.href);
  } finally {
    await onServer(server, async (database) => database.change(`DROP DATABASE ${name} WITH (FORCE)`));
  }
}

/** Bytes of a database on disk. */
export async function bytesOf(address: string): Promise<number> {
  const database = await PostgresDatabase.open(address, { schema: 'public', durable: 'FULL' });
  const [row] = await database.rows('SELECT pg_database_size(current_database())');
  await database.close();
  return Number(row?.[0]);
}
