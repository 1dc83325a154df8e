import type { Migration } from '@ledger/sqlite';

/** The schema of the read models' file. It is disposable: a file of another version is rebuilt, not migrated. */
export const readStoreSchema: readonly Migration[] = [
  {
    version: 1,
    up: (database) =>
      database.exec(`
        CREATE TABLE checkpoint (partition INTEGER PRIMARY KEY, position INTEGER NOT NULL);
        CREATE TABLE sheet (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE member (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE body (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        CREATE TABLE person (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
        -- A rowid table: blobs of 2 kB in a WITHOUT ROWID table spill to overflow pages.
        CREATE TABLE segment (
          sheet INTEGER NOT NULL, partition INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
          postings INTEGER NOT NULL, lines_before INTEGER NOT NULL, quantity_before INTEGER NOT NULL,
          lines_after INTEGER NOT NULL, quantity_after INTEGER NOT NULL, bytes BLOB NOT NULL,
          UNIQUE (sheet, partition, first)
        );
        CREATE INDEX segment_last ON segment (partition, last);
        CREATE TABLE document (
          row INTEGER PRIMARY KEY,
          collection TEXT NOT NULL, ordinal INTEGER NOT NULL, position INTEGER NOT NULL,
          -- The position at which the next version begins.
          until INTEGER NOT NULL, id TEXT NOT NULL, search TEXT NOT NULL, body TEXT NOT NULL,
          UNIQUE (collection, ordinal, position)
        );
        CREATE INDEX document_id ON document (collection, id, position);
        CREATE TABLE document_key (
          collection TEXT NOT NULL, key TEXT NOT NULL, ordinal INTEGER NOT NULL, row INTEGER NOT NULL,
          PRIMARY KEY (collection, key, ordinal, row)
        ) WITHOUT ROWID;
        CREATE TABLE parked (
          partition INTEGER NOT NULL, position INTEGER NOT NULL, stream TEXT NOT NULL, reason TEXT NOT NULL,
          PRIMARY KEY (partition, position)
        ) WITHOUT ROWID;
      `),
  },
];
