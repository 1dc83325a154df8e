import type { Database, Migration } from '@ledger/sqlite';

/** The schema of the index that a follower keeps. It can be deleted: it is made again from KurrentDB. */
export const indexSchema: readonly Migration[] = [
  {
    version: 1,
    up: (database: Database) =>
      database.exec(`
        CREATE TABLE followed (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL);
        CREATE TABLE event (
          position INTEGER PRIMARY KEY,
          stream INTEGER NOT NULL,
          revision INTEGER NOT NULL,
          commit_at INTEGER NOT NULL,
          prepare_at INTEGER NOT NULL,
          id BLOB,
          recorded_ms INTEGER NOT NULL,
          UNIQUE (stream, revision)
        );
        CREATE INDEX event_id ON event (id);
        CREATE TABLE command (
          digest BLOB PRIMARY KEY,
          hash TEXT NOT NULL,
          first INTEGER NOT NULL,
          events INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE finding (position INTEGER NOT NULL, problem TEXT NOT NULL);
      `),
  },
];
