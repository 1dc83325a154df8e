import type { Database, Migration } from '@ledger/sqlite';

/**
 * The schema of the log's file. Why it is as it is stands in this package's README. A released version is never
 * edited: a change is a new one.
 */
export const logSchema: readonly Migration[] = [
  {
    version: 1,
    up: (database: Database) =>
      database.exec(`
        CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE event (
          position INTEGER PRIMARY KEY AUTOINCREMENT,
          stream INTEGER NOT NULL REFERENCES stream (id),
          revision INTEGER NOT NULL,
          id BLOB NOT NULL UNIQUE,
          bytes BLOB NOT NULL,
          UNIQUE (stream, revision)
        );
        CREATE TABLE command (
          digest BLOB PRIMARY KEY,
          hash BLOB NOT NULL,
          first INTEGER NOT NULL,
          events INTEGER NOT NULL
        ) WITHOUT ROWID;
      `),
  },
];
