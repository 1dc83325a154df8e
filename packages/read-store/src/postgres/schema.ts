import type { PostgresMigration } from '@ledger/postgres';

/** The names of the dictionaries, which are those of their tables. */
const dictionaries = ['sheet', 'body', 'person', 'manner'] as const;

/**
 * The tables of one version of a read model, in a schema of their own. They are disposable: a schema of another version
 * is made anew from the log, not migrated.
 */
export const readStoreTables: readonly PostgresMigration[] = [
  {
    version: 1,
    up: [
      'CREATE TABLE checkpoint (partition integer PRIMARY KEY, position bigint NOT NULL)',
      // How many keys each dictionary has. Whoever adds keys locks the row, so that numbers are given without gaps and in
      // the order in which they can be seen: a reader that knows the first n keys knows all of them.
      'CREATE TABLE dictionary (name text PRIMARY KEY, keys integer NOT NULL)',
      ...dictionaries.flatMap((name) => [
        `INSERT INTO dictionary VALUES ('${name}', 0)`,
        `CREATE TABLE ${name} (number integer PRIMARY KEY, key text COLLATE "C" NOT NULL UNIQUE)`,
      ]),
      // A segment is one row of up to 2 kB, and now and then of more: kept in the row up to 8 kB, since it is always read
      // with it, and never compressed, since packed numbers do not shrink.
      `CREATE TABLE segment (
         sheet integer NOT NULL, partition integer NOT NULL, first bigint NOT NULL, last bigint NOT NULL,
         postings integer NOT NULL, lines_before bigint NOT NULL, quantity_before bigint NOT NULL,
         lines_after bigint NOT NULL, quantity_after bigint NOT NULL, bytes bytea NOT NULL,
         PRIMARY KEY (sheet, partition, first)
       ) WITH (toast_tuple_target = 8160)`,
      'ALTER TABLE segment ALTER COLUMN bytes SET STORAGE EXTERNAL',
      // What changed since a position: readers in other processes ask for it before every answer.
      'CREATE INDEX segment_end ON segment (partition, last)',
      `CREATE TABLE fact (
         collection text COLLATE "C" NOT NULL, position bigint NOT NULL, id text NOT NULL, body text NOT NULL,
         PRIMARY KEY (collection, position)
       )`,
      'CREATE TABLE label (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), text text NOT NULL)',
      `CREATE TABLE parked (
         partition integer NOT NULL, position bigint NOT NULL, stream text NOT NULL, reason text NOT NULL,
         PRIMARY KEY (partition, position)
       )`,
    ],
  },
  {
    // Of stores that are kept from a topic.
    version: 2,
    up: [
      'ALTER TABLE checkpoint ADD COLUMN next_offset bigint NOT NULL DEFAULT 0',
      `CREATE TABLE source (
         only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
         topic text NOT NULL, partitions integer NOT NULL, group_name text NOT NULL
       )`,
      `CREATE TABLE event (
         stream text COLLATE "C" NOT NULL, revision integer NOT NULL, position bigint NOT NULL, bytes bytea NOT NULL,
         PRIMARY KEY (stream, revision)
       )`,
    ],
  },
];
