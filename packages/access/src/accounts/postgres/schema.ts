import type { PostgresMigration } from '@ledger/postgres';

export const accountTables: readonly PostgresMigration[] = [
  {
    version: 1,
    up: [
      // No name and no address: those are in the vault under the person's id.
      `CREATE TABLE account (
         person text COLLATE "C" PRIMARY KEY, password text, oidc_subject text UNIQUE, grants text NOT NULL,
         active boolean NOT NULL, must_change boolean NOT NULL
       )`,
      // Only the SHA-256 of a session's token. Instants are milliseconds since 1970.
      `CREATE TABLE session (
         token bytea PRIMARY KEY, person text NOT NULL REFERENCES account (person) ON DELETE CASCADE,
         began bigint NOT NULL, seen bigint NOT NULL
       )`,
      'CREATE INDEX session_person ON session (person)',
    ],
  },
];
