import type { Tile } from '@ledger/seal';
import {
  migrate,
  openDatabase,
  type ArrayStatement,
  type Database,
  type Migration,
  type PreparedStatement,
} from '@ledger/sqlite';

const schema: readonly Migration[] = [
  {
    version: 1,
    up: (database) =>
      database.exec(`
        -- Hashes of the tree. The log can give them again; checkpoints it cannot.
        CREATE TABLE tile (
          level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)
        );
        CREATE TABLE tree (size INTEGER NOT NULL);
        INSERT INTO tree VALUES (0);
        CREATE TABLE checkpoint (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          size INTEGER NOT NULL, time TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL
        );
        -- Public keys that sealed, or may.
        CREATE TABLE key (number INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE);
      `),
  },
];

/** Why a checkpoint was made. */
export type SealReason = 'asked' | 'interval' | 'period' | 'publication' | 'key';

/** A checkpoint as it is kept. */
export interface KeptCheckpoint {
  /** From 1, in the order in which they were made. */
  readonly number: number;
  /** Events under it. */
  readonly size: number;
  /** UTC, fixed width. */
  readonly time: string;
  readonly reason: SealReason;
  /** The signed note, as it was made. */
  readonly note: string;
}

function checkpointOf(row: Readonly<Record<string, unknown>>): KeptCheckpoint {
  return {
    number: Number(row['number']),
    size: Number(row['size']),
    time: String(row['time']),
    // Written by this store alone.
    reason: String(row['reason']) as SealReason,
    note: String(row['note']),
  };
}

/** The state of the notary, in a SQLite file of its own: the tree, the checkpoints, and public keys. No private key is in it. */
export class SealStore {
  readonly #database: Database;
  // Prepared once: they are asked every second for as long as the ledger runs.
  readonly #tile: ArrayStatement;
  readonly #size: ArrayStatement;
  readonly #newest: PreparedStatement;
  readonly #after: PreparedStatement;
  readonly #over: PreparedStatement;
  readonly #count: ArrayStatement;
  readonly #putTile: PreparedStatement;
  readonly #setSize: PreparedStatement;

  private constructor(database: Database) {
    this.#database = database;
    this.#tile = database.prepareArrays('SELECT hashes FROM tile WHERE level = ? AND number = ?');
    this.#size = database.prepareArrays('SELECT size FROM tree');
    this.#newest = database.prepare('SELECT * FROM checkpoint ORDER BY number DESC LIMIT ?');
    this.#after = database.prepare('SELECT * FROM checkpoint WHERE number > ? ORDER BY number LIMIT ?');
    this.#over = database.prepare('SELECT * FROM checkpoint WHERE size >= ? ORDER BY number LIMIT 1');
    this.#count = database.prepareArrays('SELECT count(*) FROM checkpoint');
    this.#putTile = database.prepare(
      'INSERT INTO tile VALUES (?, ?, ?) ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes',
    );
    this.#setSize = database.prepare('UPDATE tree SET size = ?');
  }

  /** @throws SqliteError, NewerSchemaError */
  static open(file: string): SealStore {
    const database = openDatabase(file, { synchronous: 'FULL', soleWriter: true, cacheKilobytes: 4000 });
    try {
      migrate(database, schema);
      return new SealStore(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Opens one to look at it, also beside the notary that keeps it. */
  static openToRead(file: string): SealStore {
    return new SealStore(openDatabase(file, { synchronous: 'FULL', readOnly: true, cacheKilobytes: 4000 }));
  }

  /** Leaves whose hashes are kept. */
  get size(): number {
    return Number(this.#size.get()?.[0]);
  }

  readonly readTile = (level: number, number: number): Uint8Array | undefined => {
    const hashes = this.#tile.get(level, number)?.[0];
    return ArrayBuffer.isView(hashes)
      ? new Uint8Array(hashes.buffer, hashes.byteOffset, hashes.byteLength)
      : undefined;
  };

  /** Keeps what a tree of a size gave to be kept: all of it or nothing. */
  keep(tiles: readonly Tile[], size: number): void {
    this.#database.transaction(() => {
      for (const { level, number, hashes } of tiles) this.#putTile.run(level, number, hashes);
      this.#setSize.run(size);
    });
  }

  /** Keeps a checkpoint that was just signed. */
  addCheckpoint({ size, time, reason, note }: Omit<KeptCheckpoint, 'number'>): KeptCheckpoint {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO checkpoint (size, time, reason, note) VALUES (?, ?, ?, ?)')
      .run(size, time, reason, note);
    return { number: lastInsertRowid, size, time, reason, note };
  }

  last(): KeptCheckpoint | undefined {
    return this.newest(1)[0];
  }

  /** The newest checkpoints first. */
  newest(limit: number): KeptCheckpoint[] {
    return this.#newest.all(limit).map(checkpointOf);
  }

  /** Checkpoints after a number, in the order in which they were made. */
  after(number: number, limit: number): KeptCheckpoint[] {
    return this.#after.all(number, limit).map(checkpointOf);
  }

  /** The first checkpoint that is over so many events. */
  over(size: number): KeptCheckpoint | undefined {
    return this.#over.all(size).map(checkpointOf)[0];
  }

  /** How many checkpoints there are. */
  get checkpoints(): number {
    return Number(this.#count.get()?.[0]);
  }

  /** Remembers a public key; once is enough. */
  addKey(text: string): void {
    this.#database.prepare('INSERT INTO key (text) VALUES (?) ON CONFLICT DO NOTHING').run(text);
  }

  /** Public keys, the newest last. */
  keys(): string[] {
    return this.#database
      .prepare('SELECT text FROM key ORDER BY number')
      .all()
      .map(({ text }) => String(text));
  }

  close(): void {
    this.#database.close();
  }
}
