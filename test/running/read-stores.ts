import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  MemoryReadStore,
  MemoryShelf,
  MemoryTopicStore,
  PostgresReadStore,
  PostgresShelf,
  SqliteReadStore,
  SqliteShelf,
  type ReadStore,
  type Shelf,
  type TopicReadStore,
} from '@ledger/read-store';
import { PostgresDatabase } from '@ledger/postgres';

type Engine = 'memory' | 'sqlite' | 'postgres';

/** The engine that every suite of the projections keeps its read models in; where it is not set, the usual one of each. */
const chosen = process.env['LEDGER_READ_STORE'];

function engineOf(usual: Engine): Engine {
  if (chosen === undefined) return usual;
  if (chosen === 'memory' || chosen === 'sqlite' || chosen === 'postgres') return chosen;
  throw new RangeError(`LEDGER_READ_STORE is ${chosen}; it can be memory, sqlite or postgres`);
}

/** Where the server is that `npm run test:postgres` starts or POSTGRES_URL names. */
export function postgresAddress(): string {
  const address = process.env['POSTGRES_URL'];
  if (address === undefined)
    throw new RangeError('There is no PostgreSQL: run npm run test:postgres, or name one with POSTGRES_URL');
  return address;
}

/** Read stores and shelves of one test, on the engine chosen, gone when the test is over. */
export class ReadStores {
  readonly #open = new Set<ReadStore>();
  readonly #kept = new Map<string, MemoryReadStore>();
  readonly #shelves: PostgresShelf[] = [];
  #memoryShelf = new MemoryShelf();
  readonly #prefix = `t${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  #folder: string | undefined;
  #count = 0;

  /** A store that nothing is in yet. */
  async open(usual: Engine = 'memory'): Promise<ReadStore> {
    return this.kept(`store_${++this.#count}`, usual);
  }

  /** A store that is kept from a topic, with nothing in it yet; in memory, unless PostgreSQL is chosen. */
  async openTopic(): Promise<TopicReadStore> {
    const name = `${this.#prefix}_topic_${++this.#count}`;
    const store =
      chosen === 'postgres' ? await PostgresReadStore.open(postgresAddress(), name) : new MemoryTopicStore();
    this.#open.add(store);
    return store;
  }

  /** The store of a name: closed and opened again, it holds what it held. */
  async kept(name: string, usual: Engine = 'sqlite'): Promise<ReadStore> {
    const store = await this.#store(name, engineOf(usual));
    this.#open.add(store);
    return store;
  }

  async #store(name: string, engine: Engine): Promise<ReadStore> {
    if (engine === 'sqlite') return SqliteReadStore.open(join(this.folder, `${name}.db`));
    if (engine === 'postgres') return PostgresReadStore.open(postgresAddress(), `${this.#prefix}_${name}`);
    const known = this.#kept.get(name) ?? new MemoryReadStore();
    this.#kept.set(name, known);
    return known;
  }

  /** The test's shelf, the same each time: opened again, it holds what it held. */
  async shelf(usual: Engine = 'sqlite'): Promise<Shelf> {
    const engine = engineOf(usual);
    if (engine === 'memory') return this.#memoryShelf;
    if (engine === 'sqlite') return new SqliteShelf(join(this.folder, 'shelf'));
    const shelf = await PostgresShelf.open(postgresAddress(), this.#prefix);
    this.#shelves.push(shelf);
    return shelf;
  }

  /** A folder for this test's files. */
  get folder(): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'read-stores-'));
    return this.#folder;
  }

  async close(): Promise<void> {
    for (const store of this.#open) await store.close();
    this.#open.clear();
    this.#kept.clear();
    this.#memoryShelf = new MemoryShelf();
    for (const shelf of this.#shelves.splice(0)) await shelf.close();
    if (chosen === 'postgres') await dropSchemas(this.#prefix);
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true });
    this.#folder = undefined;
  }
}

/** Removes every schema whose name begins so. */
async function dropSchemas(prefix: string): Promise<void> {
  const database = await PostgresDatabase.open(postgresAddress(), { schema: 'public', durable: 'LATER' });
  try {
    const schemas = await database.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE $1 || '%'", [
      prefix,
    ]);
    for (const [schema] of schemas) await database.change(`DROP SCHEMA ${String(schema)} CASCADE`);
  } finally {
    await database.close();
  }
}
