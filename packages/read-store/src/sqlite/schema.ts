import type { Migration } from '@ledger/sqlite';

/** The schema of the read models' file. It is disposable: a file of another version is rebuilt, not migrated. */
export const readStoreSchema: readonly Migration[] = [
  {
    version: 4,
    up: (database) =>
      database.exec(`
        CREATE TABLE checkpoint (partition INTEGER PRIMARY KEY, position INTEGER NOT NULL);
        CREATE TABLE sheet (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE body (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE manner (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE person (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        -- What the last steps wrote is remembered, so that no index has to be written to where a segment ends elsewhere.
        -- A rowid table: blobs of 2 kB in a WITHOUT ROWID table spill to overflow pages.
        CREATE TABLE segment (
          sheet INTEGER NOT NULL, partition INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
          postings INTEGER NOT NULL, lines_before INTEGER NOT NULL, quantity_before INTEGER NOT NULL,
          lines_after INTEGER NOT NULL, quantity_after INTEGER NOT NULL, bytes BLOB NOT NULL,
          UNIQUE (sheet, partition, first)
        );
        CREATE TABLE fact (
          collection TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
          PRIMARY KEY (collection, position)
        ) WITHOUT ROWID;
        CREATE TABLE label (only INTEGER PRIMARY KEY CHECK (only = 1), text TEXT NOT NULL);
        CREATE TABLE parked (
          partition INTEGER NOT NULL, position INTEGER NOT NULL, stream TEXT NOT NULL, reason TEXT NOT NULL,
          PRIMARY KEY (partition, position)
        ) WITHOUT ROWID;
      `),
  },
];
