import type { Pool, PoolClient } from 'pg';
import { asPostgresError, PostgresAddressError, PostgresEncodingError } from './errors';

/** What a statement is given. A list is an array in SQL; bytes are one `bytea`. */
export type SqlParameter = string | number | null | Uint8Array | readonly string[];
/** A row, column by column: numbers of 64 bits are strings, `bytea` is a Buffer. */
export type SqlRow = readonly unknown[];

/** Whatever statements can be given to. */
export interface Queryable {
  /** Runs one statement, prepared once a connection, and gives its rows. @throws PostgresError */
  rows(text: string, parameters?: readonly SqlParameter[]): Promise<readonly SqlRow[]>;
  /** The same, and how many rows it changed. @throws PostgresError */
  change(text: string, parameters?: readonly SqlParameter[]): Promise<number>;
}

export interface PostgresOptions {
  /** The schema that statements work in: lower-case letters, digits and underscores. */
  readonly schema: string;
  /** FULL where a commit must outlive a crash of the server; LATER where what is lost can be made again. */
  readonly durable: 'FULL' | 'LATER';
  /** Connections at the same time, at most. */
  readonly connections?: number;
}

const usualConnections = 5;
const connectTimeoutMs = 10_000;
/** No statement of the ledger takes so long unless something is wrong. */
const statementTimeoutMs = 300_000;
/** Between two statements of one transaction nothing is waited for. */
const idleInTransactionMs = 30_000;

/** The names under which statements are prepared: one for each text. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `ledger_${names.size + 1}`;
    names.set(text, name);
  }
  return name;
}

async function run(
  on: Pool | PoolClient,
  text: string,
  parameters: readonly SqlParameter[],
): Promise<{ readonly rows: readonly SqlRow[]; readonly changed: number }> {
  try {
    const { rows, rowCount } = await on.query<unknown[]>({
      name: nameOf(text),
      text,
      values: [...parameters],
      rowMode: 'array',
    });
    return { rows, changed: rowCount ?? 0 };
  } catch (error) {
    throw asPostgresError(error);
  }
}

function queryable(on: Pool | PoolClient): Queryable {
  return {
    rows: async (text, parameters = []) => (await run(on, text, parameters)).rows,
    change: async (text, parameters = []) => (await run(on, text, parameters)).changed,
  };
}

/** A few connections to one schema of one PostgreSQL database. */
export class PostgresDatabase implements Queryable {
  readonly #pool: Pool;
  readonly #queryable: Queryable;
  #closed: Promise<void> | undefined;

  private constructor(
    pool: Pool,
    readonly schema: string,
  ) {
    this.#pool = pool;
    this.#queryable = queryable(pool);
  }

  /**
   * Connects, loading the driver first where nothing has yet.
   * @throws PostgresAddressError, PostgresEncodingError, PostgresError
   */
  static async open(address: string, options: PostgresOptions): Promise<PostgresDatabase> {
    const { schema } = options;
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema))
      throw new RangeError(`${schema} is no schema name of the ledger: a to z, 0 to 9 and _ only`);
    const pool = await poolOf(address, options);
    const database = new PostgresDatabase(pool, schema);
    try {
      const [row] = await database.rows('SHOW server_encoding');
      if (row?.[0] !== 'UTF8') throw new PostgresEncodingError(String(row?.[0]));
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  async rows(text: string, parameters?: readonly SqlParameter[]): Promise<readonly SqlRow[]> {
    return this.#queryable.rows(text, parameters);
  }

  async change(text: string, parameters?: readonly SqlParameter[]): Promise<number> {
    return this.#queryable.change(text, parameters);
  }

  /**
   * Runs `work` in one transaction (READ COMMITTED) and commits it; takes it back whole where anything fails.
   * @throws PostgresError, and whatever `work` throws
   */
  async transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let broken = false;
    try {
      await run(client, 'BEGIN', []);
      const result = await work(queryable(client));
      await run(client, 'COMMIT', []);
      return result;
    } catch (error) {
      broken = !(await rolledBack(client));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw asPostgresError(error);
    }
  }

  /** Ends every connection. Closing twice does nothing more. */
  async close(): Promise<void> {
    this.#closed ??= this.#pool.end();
    await this.#closed;
  }
}

async function poolOf(address: string, { schema, durable, connections }: PostgresOptions): Promise<Pool> {
  if (!/^postgres(ql)?:\/\//.test(address)) throw new PostgresAddressError('has another beginning');
  if (!URL.canParse(address)) throw new PostgresAddressError('cannot be read');
  const { Pool: DriverPool } = await import('pg');
  const pool = new DriverPool({
    connectionString: address,
    max: connections ?? usualConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: `ledger ${schema}`,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + connectTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    options: `-c search_path=${schema} -c synchronous_commit=${durable === 'FULL' ? 'on' : 'off'}`,
    // A process that has nothing else to do may end.
    allowExitOnIdle: true,
  });
  // A connection that breaks while nobody uses it is let go of; the next statement gets another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Whether the connection can be used again. */
async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await run(client, 'ROLLBACK', []);
    return true;
  } catch {
    // The connection is over, and with it the transaction; the first error is the one to report.
    return false;
  }
}
