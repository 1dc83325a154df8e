import { driver, type DriverDatabase, type SqlValue, type Statement } from './driver';
import { asSqliteError } from './errors';
import { settleWriteAheadLog } from './settle';

export interface DatabaseOptions {
  /** FULL where a commit must outlive a power cut; NORMAL where what is lost can be made again. */
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly readOnly?: boolean;
  /** No other process writes the file: what a former one left unfinished in the write-ahead log is put in order first. */
  readonly soleWriter?: boolean;
  /** WAL unless said otherwise: readers and the writer do not wait for one another. */
  readonly journal?: 'WAL' | 'DELETE';
  /** How long to wait for another connection's lock before giving up. */
  readonly busyTimeoutMs?: number;
  /** How much of the file to keep in memory. */
  readonly cacheKilobytes?: number;
}

type Row = Readonly<Record<string, SqlValue>>;

/** A prepared statement whose errors carry SQLite's result code. */
export class PreparedStatement {
  constructor(readonly statement: Statement) {}

  run(...parameters: readonly SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number } {
    const { changes, lastInsertRowid } = attempt(() => this.statement.run(...parameters));
    return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
  }

  /** The first row, by column name. */
  get(...parameters: readonly SqlValue[]): Row | undefined {
    // A row is a plain object of SQL values by both drivers' contract.
    return attempt(() => this.statement.get(...parameters)) as Row | undefined;
  }

  all(...parameters: readonly SqlValue[]): Row[] {
    return attempt(() => this.statement.all(...parameters)) as Row[];
  }
}

/** A statement that returns rows as arrays: half the cost of objects in scans. */
export class ArrayStatement {
  constructor(readonly statement: Statement) {
    statement.setReturnArrays(true);
  }

  all(...parameters: readonly SqlValue[]): SqlValue[][] {
    return attempt(() => this.statement.all(...parameters)) as SqlValue[][];
  }

  get(...parameters: readonly SqlValue[]): SqlValue[] | undefined {
    return attempt(() => this.statement.get(...parameters)) as SqlValue[] | undefined;
  }
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asSqliteError(error);
  }
}

/** One connection to one SQLite file. */
export class Database {
  readonly #handle: DriverDatabase;

  constructor(
    readonly file: string,
    handle: DriverDatabase,
  ) {
    this.#handle = handle;
  }

  exec(sql: string): void {
    attempt(() => this.#handle.exec(sql));
  }

  prepare(sql: string): PreparedStatement {
    return attempt(() => new PreparedStatement(this.#handle.prepare(sql)));
  }

  prepareArrays(sql: string): ArrayStatement {
    return attempt(() => new ArrayStatement(this.#handle.prepare(sql)));
  }

  /** One value of one row, for pragmas and counts. */
  value(sql: string, ...parameters: readonly SqlValue[]): SqlValue {
    return this.prepareArrays(sql).get(...parameters)?.[0] ?? null;
  }

  /** Runs work in a transaction that takes the write lock at once, so that it cannot fail half-way for want of it. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    try {
      this.#handle.exec('ROLLBACK');
    } catch {
      // SQLite rolled back by itself (a full disk does that); the first error is the one to report.
    }
  }

  close(): void {
    attempt(() => this.#handle.close());
  }
}

/** Opens a file, making it where it is missing. @throws SqliteError where it cannot be opened or is no database */
export function openDatabase(file: string, options: DatabaseOptions): Database {
  const {
    synchronous,
    readOnly = false,
    soleWriter = false,
    journal = 'WAL',
    busyTimeoutMs = 5000,
    cacheKilobytes = 16_000,
  } = options;
  const { DatabaseSync } = driver();
  if (soleWriter) settleWriteAheadLog(file);
  const database = new Database(
    file,
    attempt(() => new DatabaseSync(file, { readOnly, timeout: busyTimeoutMs })),
  );
  try {
    if (!readOnly) {
      database.exec(`PRAGMA journal_mode = ${journal}`);
      database.exec(`PRAGMA synchronous = ${synchronous}`);
    }
    database.exec('PRAGMA foreign_keys = ON');
    database.exec(`PRAGMA cache_size = -${cacheKilobytes}`);
    // Reading the schema finds out at once whether the file is a database at all.
    database.value('SELECT count(*) FROM sqlite_schema');
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}
